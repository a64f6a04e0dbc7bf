"""What a room, a microphone and other people do to a voice, for batches on the GPU.

Shapes: B batch, N samples, K spectrum bins.
"""

import math

import torch
from torch import Generator, Tensor

from pipeline.rates import SAMPLE_RATE_HZ

_POINTS_HZ = (60.0, 150.0, 300.0, 600.0, 1200.0, 2400.0, 4800.0, 9600.0)
_LOW_PASS_HZ = (3400.0, 4000.0, 7000.0, 7600.0, 20000.0, 20000.0, 20000.0)


class Augment:
    """Draws a different room, microphone, noise and gain for every sound of a batch."""

    def __init__(self, device: torch.device | str, generator: Generator):
        self._device, self._generator = device, generator

    def _uniform(self, shape, low: float, high: float) -> Tensor:
        draw = torch.rand(shape, generator=self._generator, device=self._device)
        return low + (high - low) * draw

    def _chance(self, batch: int, probability: float) -> Tensor:
        return (self._uniform((batch, 1), 0, 1) < probability).float()

    def __call__(self, speech_BN: Tensor) -> tuple[Tensor, Tensor]:
        """Speech of any level -> the sound of a microphone, and the noise's level (B,) in dB
        relative to the voice (-100 where there is none)."""
        batch, count = speech_BN.shape
        level_B1 = _voice_level(speech_BN)
        size = 2 * count
        spectrum_BK = torch.fft.rfft(speech_BN, size) * self._room(batch, size)
        voice_BN = torch.fft.irfft(spectrum_BK * self._colour(batch, size), size)[:, :count]
        voice_BN = voice_BN * (level_B1 / _voice_level(voice_BN).clamp_min(1e-5))
        noise_BN = self._noise(batch, count, speech_BN)
        snr_db = self._uniform((batch, 1), 3.0, 45.0)
        quiet = self._chance(batch, 0.12)
        reference_B1 = torch.where(level_B1 > 1e-4, level_B1, torch.full_like(level_B1, 0.05))
        noise_BN = noise_BN * (1 - quiet) * reference_B1 * 10 ** (-snr_db / 20)
        gain_db = self._uniform((batch, 1), -32.0, 6.0)
        sound_BN = (voice_BN + noise_BN) / reference_B1 * 0.12 * 10 ** (gain_db / 20)
        driven = 1 + self._chance(batch, 0.06) * self._uniform((batch, 1), 2.0, 10.0)
        sound_BN = (sound_BN * driven).clamp(-1.0, 1.0)
        floor = 10 ** (self._uniform((batch, 1), -90.0, -66.0) / 20)
        hiss = torch.randn(sound_BN.shape, generator=self._generator, device=self._device)
        noise_db = torch.where(quiet > 0, torch.full_like(snr_db, -100.0), -snr_db)
        return sound_BN + floor * hiss * self._chance(batch, 0.8), noise_db[:, 0]

    def _room(self, batch: int, size: int) -> Tensor:
        """(B, K) transfer of a decaying noise tail behind the direct sound."""
        length = int(0.5 * SAMPLE_RATE_HZ)
        tail = torch.randn((batch, length), generator=self._generator, device=self._device)
        time_s = torch.arange(length, device=self._device) / SAMPLE_RATE_HZ
        decay_s = self._uniform((batch, 1), 0.08, 0.5)
        tail = tail * torch.exp(-6.9 * time_s / decay_s) * (time_s > 0.002)
        tail = tail / tail.norm(dim=1, keepdim=True)
        ratio_db = self._uniform((batch, 1), -22.0, 0.0)
        tail = tail * 10 ** (ratio_db / 20) * self._chance(batch, 0.6)
        tail[:, 0] = 1.0
        return torch.fft.rfft(tail, size)

    def _colour(self, batch: int, size: int) -> Tensor:
        """(B, K) smooth gain of a microphone, with the band limits of calls."""
        hz = torch.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ).to(self._device)
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
        return 10 ** (curve_db / 20)

    def _noise(self, batch: int, count: int, speech_BN: Tensor) -> Tensor:
        """(B, N) of unit power: steady noise, with babble, music or knocks in some."""
        noise = _unit(self._steady(batch, count))
        babble = sum(torch.roll(speech_BN, k, 0).roll(7919 * k, 1) for k in (1, 2, 3, 4))
        # other people only behind a voice: alone they would be speech that is called noise
        behind = (speech_BN.abs().amax(1, keepdim=True) > 1e-3).float()
        noise = noise + behind * self._chance(batch, 0.2) * _unit(babble)
        noise = noise + 2.0 * self._chance(batch, 0.15) * _unit(self._music(batch, count))
        noise = noise + 2.0 * self._chance(batch, 0.15) * _unit(self._knocks(batch, count))
        return _unit(noise)

    def _steady(self, batch: int, count: int) -> Tensor:
        """Noise of a random slope, white to brown, with a hum and a slow swell."""
        white = torch.randn((batch, count), generator=self._generator, device=self._device)
        hz = torch.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ).to(self._device).clamp_min(40.0)
        slope = self._uniform((batch, 1), -1.1, 0.1)
        coloured = torch.fft.irfft(torch.fft.rfft(white) * hz**slope, count)
        time_s = torch.arange(count, device=self._device) / SAMPLE_RATE_HZ
        hum_hz = torch.where(self._chance(batch, 0.5) > 0, 50.0, 60.0)
        hum = sum(torch.sin(2 * math.pi * k * hum_hz * time_s) / k for k in (1, 2, 3))
        swell = 1 + 0.6 * torch.sin(2 * math.pi * self._uniform((batch, 1), 0.1, 1.5) * time_s)
        return _unit(coloured) * swell + 0.5 * self._chance(batch, 0.2) * hum

    def _music(self, batch: int, count: int) -> Tensor:
        """Four voices of harmonic tones that change note about three times a second."""
        note_count = 32
        time_s = torch.arange(count, device=self._device) / SAMPLE_RATE_HZ
        place = time_s * self._uniform((batch, 1), 1.5, 5.0)
        index = place.long().clamp_max(note_count - 1)
        envelope = torch.exp(-2.5 * (place - place.floor()))
        total = torch.zeros((batch, count), device=self._device)
        for _ in range(4):
            semitones = torch.randint(
                0, 36, (batch, note_count), generator=self._generator, device=self._device
            )
            hz = 110.0 * 2 ** (semitones.gather(1, index) / 12)
            phase = 2 * math.pi * torch.cumsum(hz / SAMPLE_RATE_HZ, dim=1)
            total += envelope * sum(torch.sin(k * phase) / k**1.3 for k in (1, 2, 3))
        return total

    def _knocks(self, batch: int, count: int) -> Tensor:
        """Key presses and knocks: short bursts, about two a second."""
        hits = (self._uniform((batch, count), 0, 1) < 2.0 / SAMPLE_RATE_HZ).float()
        length = 1200
        decay = torch.exp(-torch.arange(length, device=self._device) / 150.0)
        burst = torch.randn(length, generator=self._generator, device=self._device) * decay
        size = count + length
        return torch.fft.irfft(torch.fft.rfft(hits, size) * torch.fft.rfft(burst, size), size)[
            :, :count
        ]


def _unit(sound_BN: Tensor) -> Tensor:
    return sound_BN / sound_BN.square().mean(1, keepdim=True).sqrt().clamp_min(1e-5)


def _voice_level(sound_BN: Tensor) -> Tensor:
    """(B, 1) RMS of the louder half of 50 ms blocks."""
    block = SAMPLE_RATE_HZ // 20
    usable = sound_BN.shape[1] // block * block
    power = sound_BN[:, :usable].unflatten(1, (-1, block)).square().mean(2)
    loud = power.topk(max(1, power.shape[1] // 2), dim=1).values
    return loud.mean(1, keepdim=True).sqrt()
