"""What a room, a microphone, other people and a call do to a voice, for batches on the GPU.

Shapes: B batch, N samples, K spectrum bins.
"""

import torch
from torch import Generator, Tensor

from pipeline.rates import SAMPLE_RATE_HZ
from training.codecs import Codecs
from training.noises import Noises, fast_size, unit

_POINTS_HZ = (60.0, 150.0, 300.0, 600.0, 1200.0, 2400.0, 4800.0, 9600.0)
# half of the microphones hear everything; the others sample at 8 or 16 kHz
_LOW_PASS_HZ = (3400.0, 3800.0, 7000.0, 7600.0, 20000.0, 20000.0, 20000.0, 20000.0)
_ROOM_S = 0.6
_UNHEARD_DB = -100.0


class Augment:
    """Draws a different room, microphone, noise, call and gain for every sound of a batch."""

    def __init__(self, device: torch.device | str, generator: Generator):
        self._device, self._generator = device, generator
        self._noises, self._codecs = Noises(device, generator), Codecs(device, generator)

    def _uniform(self, shape, low: float, high: float) -> Tensor:
        draw = torch.rand(shape, generator=self._generator, device=self._device)
        return low + (high - low) * draw

    def _chance(self, batch: int, probability: float) -> Tensor:
        return (self._uniform((batch, 1), 0, 1) < probability).float()

    def __call__(self, speech_BN: Tensor) -> tuple[Tensor, Tensor]:
        """Speech of any level -> the sound of a microphone in a call, and the noise's level (B,)
        in dB relative to the voice (-100 where there is none)."""
        assert speech_BN.ndim == 2
        level_B1 = voice_level(speech_BN)
        voice_BN = self._in_room(speech_BN)
        voice_BN = voice_BN * (level_B1 / voice_level(voice_BN).clamp_min(1e-5))
        reference_B1 = torch.where(level_B1 > 1e-4, level_B1, torch.full_like(level_B1, 0.05))
        noise_BN, noise_db = self._noise(speech_BN)
        heard_BN = voice_BN / reference_B1 + noise_BN
        heard_BN = self._codecs(0.12 * self._through_microphone(heard_BN))
        return self._recorded(heard_BN), noise_db[:, 0]

    def _in_room(self, speech_BN: Tensor) -> Tensor:
        """A decaying tail behind the direct sound; in far corners the tail is the louder one."""
        batch, count = speech_BN.shape
        length = int(_ROOM_S * SAMPLE_RATE_HZ)
        tail = torch.randn((batch, length), generator=self._generator, device=self._device)
        time_s = torch.arange(length, device=self._device) / SAMPLE_RATE_HZ
        decay_s = self._uniform((batch, 1), 0.08, 0.6)
        tail = tail * torch.exp(-6.9 * time_s / decay_s) * (time_s > 0.002)
        tail = tail / tail.norm(dim=1, keepdim=True)
        ratio_db = self._uniform((batch, 1), -22.0, 0.0) + 4.0 * self._chance(batch, 0.15)
        tail = tail * 10 ** (ratio_db / 20) * self._chance(batch, 0.6)
        tail[:, 0] = 1.0
        size = fast_size(count + length)
        spectrum_BK = torch.fft.rfft(speech_BN, size) * torch.fft.rfft(tail, size)
        return torch.fft.irfft(spectrum_BK, size)[:, :count]

    def _noise(self, speech_BN: Tensor) -> tuple[Tensor, Tensor]:
        """(B, N) noise for a voice of level 1, and its level (B, 1) in dB."""
        batch, count = speech_BN.shape
        noises = self._noises
        crowd = self._chance(batch, 0.45)
        noise_BN = noises.steady(batch, count) * self._uniform((batch, 1), 0.0, 1.0)
        noise_BN = noise_BN + 3.0 * crowd * noises.babble(speech_BN)
        noise_BN = noise_BN + 2.0 * self._chance(batch, 0.15) * noises.music(batch, count)
        noise_BN = noise_BN + 2.0 * self._chance(batch, 0.15) * noises.knocks(batch, count)
        # one in eight has no noise; crowds are at most 5 dB under the voice
        snr_db = self._uniform((batch, 1), 3.0, 45.0)
        snr_db = torch.where(crowd > 0, self._uniform((batch, 1), 5.0, 22.0), snr_db)
        present = self._chance(batch, 0.88)
        level_db = torch.where(present > 0, -snr_db, torch.full_like(snr_db, _UNHEARD_DB))
        return unit(noise_BN) * 10 ** (level_db / 20), level_db

    def _through_microphone(self, heard_BN: Tensor) -> Tensor:
        """A smooth curve of gain over frequency, with the band limits of calls."""
        batch, count = heard_BN.shape
        hz = torch.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ).to(self._device)
        octave = torch.log2(hz.clamp_min(20.0))
        points = torch.log2(torch.tensor(_POINTS_HZ, device=self._device))
        gains_db = 5.0 * torch.randn(
            (batch, len(_POINTS_HZ)), generator=self._generator, device=self._device
        )
        gains_db = gains_db * self._chance(batch, 0.8)
        place = ((octave - points[0]) / (points[-1] - points[0])).clamp(0, 1) * (len(points) - 1)
        low = place.floor().long().clamp_max(len(points) - 2)
        weight = place - low
        curve_db = gains_db[:, low] * (1 - weight) + gains_db[:, low + 1] * weight
        choice = torch.randint(
            len(_LOW_PASS_HZ), (batch, 1), generator=self._generator, device=self._device
        )
        low_pass = torch.tensor(_LOW_PASS_HZ, device=self._device)[choice]
        curve_db = curve_db - 60.0 * ((hz - low_pass) / 400.0).clamp(0, 1)
        high_pass = self._uniform((batch, 1), 60.0, 320.0) * self._chance(batch, 0.4)
        curve_db = curve_db - 30.0 * ((high_pass - hz) / 60.0).clamp(0, 1)
        return torch.fft.irfft(torch.fft.rfft(heard_BN) * 10 ** (curve_db / 20), count)

    def _recorded(self, heard_BN: Tensor) -> Tensor:
        """Gain of -32..+6 dB, unsteady in some, clipping, the hiss of the amplifier."""
        batch, count = heard_BN.shape
        gain_db = self._uniform((batch, 1), -32.0, 6.0)
        rate_hz, phase = self._uniform((batch, 1), 0.05, 0.6), self._uniform((batch, 1), 0, 6.3)
        time_s = torch.arange(count, device=self._device) / SAMPLE_RATE_HZ
        depth_db = self._uniform((batch, 1), 0.0, 7.0) * self._chance(batch, 0.2)
        gain_db = gain_db + depth_db * torch.sin(6.28 * rate_hz * time_s + phase)
        driven = 1 + self._chance(batch, 0.06) * self._uniform((batch, 1), 2.0, 10.0)
        sound_BN = (heard_BN * 10 ** (gain_db / 20) * driven).clamp(-1.0, 1.0)
        floor = 10 ** (self._uniform((batch, 1), -90.0, -66.0) / 20) * self._chance(batch, 0.8)
        hiss = torch.randn(sound_BN.shape, generator=self._generator, device=self._device)
        return sound_BN + floor * hiss


def voice_level(sound_BN: Tensor) -> Tensor:
    """(B, 1) RMS of the louder half of 50 ms blocks."""
    block = SAMPLE_RATE_HZ // 20
    usable = sound_BN.shape[1] // block * block
    power = sound_BN[:, :usable].unflatten(1, (-1, block)).square().mean(2)
    loud = power.topk(max(1, power.shape[1] // 2), dim=1).values
    return loud.mean(1, keepdim=True).sqrt()
