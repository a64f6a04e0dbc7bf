"""What is heard beside a voice: steady noise, music, knocks and other people, for batches.

Shapes: B batch, N samples. Every result has unit power.
"""

import math

import torch
from torch import Generator, Tensor

from pipeline.rates import SAMPLE_RATE_HZ

_VOICES = 12
# weights of voices are drawn from [0.1, 1] to a power of up to this: a crowd of equals, or one near
_NEAREST = 4.0


class Noises:
    """Draws sounds on a device."""

    def __init__(self, device: torch.device | str, generator: Generator):
        self._device, self._generator = device, generator

    def _uniform(self, shape, low: float, high: float) -> Tensor:
        draw = torch.rand(shape, generator=self._generator, device=self._device)
        return low + (high - low) * draw

    def _chance(self, batch: int, probability: float) -> Tensor:
        return (self._uniform((batch, 1), 0, 1) < probability).float()

    def steady(self, batch: int, count: int) -> Tensor:
        """Noise of a random slope, white to brown, with a hum and a slow swell."""
        white = torch.randn((batch, count), generator=self._generator, device=self._device)
        hz = torch.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ).to(self._device).clamp_min(40.0)
        slope = self._uniform((batch, 1), -1.1, 0.1)
        coloured = torch.fft.irfft(torch.fft.rfft(white) * hz**slope, count)
        time_s = torch.arange(count, device=self._device) / SAMPLE_RATE_HZ
        hum_hz = torch.where(self._chance(batch, 0.5) > 0, 50.0, 60.0)
        hum = sum(torch.sin(2 * math.pi * k * hum_hz * time_s) / k for k in (1, 2, 3))
        swell = 1 + 0.6 * torch.sin(2 * math.pi * self._uniform((batch, 1), 0.1, 1.5) * time_s)
        return unit(unit(coloured) * swell + 0.5 * self._chance(batch, 0.2) * hum)

    def babble(self, speech_BN: Tensor) -> Tensor:
        """The other voices of the batch at once, from a crowd that leaves no gaps, in which one
        hears no closure of the lips, to one near talker; no voice where a sound has none itself:
        alone, other people would be speech that is called noise."""
        batch, voices_BN = len(speech_BN), unit(speech_BN)
        total_BN = torch.zeros_like(speech_BN)
        nearness = self._uniform((batch, 1), 0.0, _NEAREST)
        for k in range(1, _VOICES + 1):
            near = self._uniform((batch, 1), 0.1, 1.0) ** nearness
            other = 1 + (k - 1) % max(1, batch - 1)
            total_BN += near * torch.roll(voices_BN.roll(other, 0), 7919 * k, 1)
        return unit(total_BN) * (speech_BN.abs().amax(1, keepdim=True) > 1e-3)

    def music(self, batch: int, count: int) -> Tensor:
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
        return unit(total)

    def knocks(self, batch: int, count: int) -> Tensor:
        """Key presses and knocks: short bursts, about two a second."""
        hits = (self._uniform((batch, count), 0, 1) < 2.0 / SAMPLE_RATE_HZ).float()
        length = 1200
        decay = torch.exp(-torch.arange(length, device=self._device) / 150.0)
        burst = torch.randn(length, generator=self._generator, device=self._device) * decay
        size = fast_size(count + length)
        made = torch.fft.irfft(torch.fft.rfft(hits, size) * torch.fft.rfft(burst, size), size)
        return unit(made[:, :count])


def unit(sound_BN: Tensor) -> Tensor:
    """The same at a mean power of 1."""
    return sound_BN / sound_BN.square().mean(1, keepdim=True).sqrt().clamp_min(1e-5)


def fast_size(count: int) -> int:
    """The next length with small prime factors."""
    step = 2 ** max(0, (count // 16).bit_length() - 1)
    return -(-count // step) * step
