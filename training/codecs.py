"""What calls do to sound, approximately, for batches on the GPU.

None of these is a real codec: each does what codecs of its kind are heard to do. Shapes: B batch,
N samples, K spectrum bins, T short-time frames.
"""

import torch
from torch import Generator, Tensor
from torch.nn import functional

from pipeline.rates import SAMPLE_RATE_HZ

_FFT, _HOP = 512, 256
_BANDWIDTH_BINS = 17
_PACKET = SAMPLE_RATE_HZ // 50
_CALL_BAND_HZ = (3300.0, 4000.0)


class Codecs:
    """Draws a coding for the first sounds of a batch, whose order means nothing."""

    def __init__(self, device: torch.device | str, generator: Generator):
        self._device, self._generator = device, generator
        self._window = torch.hann_window(_FFT, device=device)

    def _uniform(self, shape, low: float, high: float) -> Tensor:
        draw = torch.rand(shape, generator=self._generator, device=self._device)
        return low + (high - low) * draw

    def _chance(self, batch: int, probability: float) -> Tensor:
        return (self._uniform((batch, 1), 0, 1) < probability).float()

    def __call__(self, sound_BN: Tensor) -> Tensor:
        """Sounds of a batch in [-1, 1], about half of them coded in one way or another."""
        batch = len(sound_BN)
        spectral, narrow, companded = batch * 3 // 10, batch // 10, batch // 10
        parts = torch.split(
            sound_BN, [spectral, narrow, companded, batch - spectral - narrow - companded]
        )
        first = self.transform_coded(parts[0]) if spectral else parts[0]
        second = self.held(parts[1]) if narrow else parts[1]
        third = self.companded(parts[2]) if companded else parts[2]
        return self.lossy(torch.cat([first, second, third, parts[3]]))

    def transform_coded(self, sound_BN: Tensor) -> Tensor:
        """Like MP3, Opus, AMR: bins far below their neighbours vanish, the others are rounded to
        steps of level with an unsteady phase; half are cut at the band of a telephone."""
        batch, count = sound_BN.shape
        spectrum_BKT = torch.stft(
            sound_BN, _FFT, _HOP, window=self._window, return_complex=True, center=True
        )
        level_BKT = 20 * torch.log10(spectrum_BKT.abs() + 1e-6)
        loudest = functional.max_pool1d(
            level_BKT.transpose(1, 2), _BANDWIDTH_BINS, 1, _BANDWIDTH_BINS // 2
        ).transpose(1, 2)
        depth_db = self._uniform((batch, 1, 1), 10.0, 36.0)
        step_db = self._uniform((batch, 1, 1), 0.3, 5.0)
        rounded = torch.round(level_BKT / step_db) * step_db
        jitter = self._uniform((batch, 1, 1), 0.0, 0.5) * torch.randn(
            level_BKT.shape, generator=self._generator, device=self._device
        )
        hz = torch.arange(_FFT // 2 + 1, device=self._device) * SAMPLE_RATE_HZ / _FFT
        edge_hz = self._uniform((batch, 1, 1), *_CALL_BAND_HZ)
        edge_hz = edge_hz + 1e5 * self._chance(batch, 0.5)[:, :, None]
        kept = (level_BKT > loudest - depth_db) & (hz[:, None] < edge_hz)
        gain = 10 ** ((rounded - level_BKT) / 20) * kept
        coded = spectrum_BKT * torch.polar(gain, jitter)
        return torch.istft(coded, _FFT, _HOP, window=self._window, center=True, length=count)

    def held(self, sound_BN: Tensor) -> Tensor:
        """A microphone at 8 kHz, cheaply brought back up: every third sample, held."""
        count = sound_BN.shape[1]
        smooth = functional.avg_pool1d(sound_BN[:, None], 3, 3, ceil_mode=True)[:, 0]
        return smooth.repeat_interleave(3, dim=1)[:, :count]

    def companded(self, sound_BN: Tensor) -> Tensor:
        """mu-law of 6 to 8 bits (ITU-T G.711 has 8)."""
        levels = 2 ** self._uniform((len(sound_BN), 1), 5.0, 7.0)
        scale = torch.log(torch.tensor(256.0, device=self._device))
        pressed = sound_BN.sign() * torch.log1p(255 * sound_BN.abs().clamp_max(1.0)) / scale
        rounded = torch.round(pressed * levels) / levels
        return rounded.sign() * torch.expm1(rounded.abs() * scale) / 255

    def lossy(self, sound_BN: Tensor) -> Tensor:
        """Packets of 20 ms that are lost: a gap or the fading last packet, in an eighth of all."""
        batch, count = sound_BN.shape
        packets = -(-count // _PACKET)
        rate = self._uniform((batch, 1), 0.01, 0.1) * self._chance(batch, 0.125)
        starts = (self._uniform((batch, packets), 0, 1) < rate).float()
        longer = torch.roll(starts, 1, 1) * (self._uniform((batch, packets), 0, 1) < 0.5)
        lost = torch.maximum(starts, longer).repeat_interleave(_PACKET, dim=1)[:, :count]
        filler = 0.5 * self._chance(batch, 0.5) * torch.roll(sound_BN, _PACKET, 1)
        return torch.where(lost > 0, filler, sound_BN)
