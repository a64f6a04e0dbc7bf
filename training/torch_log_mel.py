"""The front end of pipeline.log_mel for batches on any device, with vocal tract warping.

Shapes: B batch, N samples, H hops, K spectrum bins, W warps, M channels.
"""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pipeline import log_mel
from pipeline.rates import FEATURE_HOP_SAMPLES

WARPS = tuple(np.round(np.linspace(0.84, 1.16, 9), 3))
NEUTRAL_WARP = WARPS.index(1.0)


class TorchLogMel:
    """Log-mel of whole sounds, each from the state after silence; equal to pipeline.log_mel."""

    def __init__(self, device: torch.device | str):
        plain = log_mel.mel_filters()
        bins = np.arange(plain.shape[0])
        warped = [
            np.stack([np.interp(bins * w, bins, band) for band in plain.T], axis=1) for w in WARPS
        ]
        scale = [np.maximum(f.sum(0), 1e-6) for f in warped]
        filters = np.stack([f / s for f, s in zip(warped, scale, strict=True)])
        filters[NEUTRAL_WARP] = plain
        self._filters_WKM = torch.tensor(filters, dtype=torch.float32, device=device)
        self._window = torch.tensor(log_mel.window(), device=device)

    def __call__(self, sound_BN: Tensor, warp_B: Tensor) -> Tensor:
        """(B, N) sound and the index of each one's warp -> (B, H, 65)."""
        assert sound_BN.ndim == 2
        assert sound_BN.shape[1] % FEATURE_HOP_SAMPLES == 0
        past = log_mel.WINDOW_SAMPLES - FEATURE_HOP_SAMPLES
        frames = functional.pad(sound_BN, (past, 0)).unfold(
            1, log_mel.WINDOW_SAMPLES, FEATURE_HOP_SAMPLES
        )
        spectrum_BHK = torch.fft.rfft(frames * self._window, log_mel.FFT_SAMPLES)
        power_BHK = spectrum_BHK.real**2 + spectrum_BHK.imag**2
        bands_BHM = torch.bmm(power_BHK, self._filters_WKM[warp_B])
        bands_db = 10.0 * torch.log10(bands_BHM + log_mel.POWER_FLOOR)
        level_BH1 = self._levels_db(sound_BN)[..., None]
        bands = (bands_db - level_BH1) / log_mel.BAND_SCALE_DB + 1.0
        level = (level_BH1 - log_mel.LEVEL_FLOOR_DB) / log_mel.LEVEL_SCALE_DB
        return torch.cat([bands.clamp(*log_mel.BAND_RANGE), level], dim=2)

    @staticmethod
    def _levels_db(sound_BN: Tensor) -> Tensor:
        """The running level in closed form: instant attack and linear release are a running
        maximum of level + release x time."""
        power_BH = sound_BN.unflatten(1, (-1, FEATURE_HOP_SAMPLES)).square().mean(2)
        padded = functional.pad(power_BH, (log_mel.LEVEL_HOPS - 1, 0))
        mean_BH = padded.unfold(1, log_mel.LEVEL_HOPS, 1).mean(2)
        loud_db = 10.0 * torch.log10(mean_BH + log_mel.POWER_FLOOR)
        release = log_mel.LEVEL_RELEASE_DB_PER_HOP
        slope_H = torch.arange(loud_db.shape[1], device=sound_BN.device) * release
        loud_db[:, 0] = loud_db[:, 0].clamp_min(log_mel.FIRST_LEVEL_DB - release)
        level_db = torch.cummax(loud_db + slope_H, dim=1).values - slope_H
        return level_db.clamp_min(log_mel.LEVEL_FLOOR_DB)
