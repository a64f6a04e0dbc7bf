"""Grain of a surface, carried on: noise with the spectrum of what the picture shows of it.

Galerne, Gousseau, Morel: Random Phase Textures, 2011. It continues cloth, skin, hair and wall
without repeating anything that is seen on them.
"""

import cv2
import numpy as np

TILE_PX = 256
LARGEST_SAMPLE_PX, SMALLEST_SAMPLE_PX = 96, 24
# Coarser than this is shape or light, not grain.
COARSE_SIGMA_PX = 2.0
# Grain that much stronger than the picture's noise is a pattern, which noise cannot continue.
PATTERN_LEVELS = 2.5
# Outliers of a sample (buttons, hair across a wall) are cut at so many deviations.
OUTLIER_DEVIATIONS = 2.5


def spot_grain(
    colours: np.ndarray, of_surface: np.ndarray, noise_levels: float, seed: int
) -> np.ndarray:
    """(H, W) float32 levels of brightness to add; the picture's noise where too little is shown.

    colours (H, W, 3) float32; of_surface (H, W) bool: where they show the surface
    noise_levels: standard deviation of the picture's noise
    """
    found = _largest_square(of_surface)
    if found is None:
        return _noise(of_surface.shape, noise_levels, seed)
    grey = cv2.cvtColor(colours[found], cv2.COLOR_RGB2GRAY)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), COARSE_SIGMA_PX)
    typical = 1.4826 * float(np.median(np.abs(fine)))
    if typical == 0:
        return np.zeros(of_surface.shape, np.float32)
    fine = np.clip(fine, -OUTLIER_DEVIATIONS * typical, OUTLIER_DEVIATIONS * typical)
    strength = min(typical, 0.8 * noise_levels + PATTERN_LEVELS)
    fade = np.hanning(len(fine) + 2)[1:-1]
    spectrum = np.abs(np.fft.fft2((fine - fine.mean()) * np.outer(fade, fade), (TILE_PX, TILE_PX)))
    # The same along both axes and diagonals: a single strand or edge in the sample leaves no lines.
    spectrum = np.hypot(spectrum, spectrum.T)
    spectrum = np.hypot(spectrum, np.roll(spectrum[:, ::-1], 1, axis=1))
    noise = np.random.default_rng(seed).standard_normal((TILE_PX, TILE_PX), np.float32)
    tile = np.fft.ifft2(np.fft.fft2(noise) * spectrum).real
    tile *= strength / max(float(tile.std()), 1e-6)
    rows, columns = (-(-length // TILE_PX) for length in of_surface.shape)
    whole = np.tile(tile, (rows, columns))[: of_surface.shape[0], : of_surface.shape[1]]
    return whole.astype(np.float32)


def noise_level(colours: np.ndarray, known: np.ndarray) -> float:
    """Standard deviation of the brightness of a picture (H, W, 3) float32 from pixel to pixel."""
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    fine = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.2))
    inner = cv2.erode(known.astype(np.uint8), np.ones((7, 7))) > 0
    return 1.5 * float(np.median(fine[inner])) if inner.any() else 0.0


def _noise(size: tuple[int, ...], levels: float, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).standard_normal(size, np.float32)
    return cv2.GaussianBlur(noise, (0, 0), 0.6) * np.float32(1.6 * levels)


def _largest_square(mask: np.ndarray) -> tuple[slice, slice] | None:
    """Where the mask holds most: a square of at most LARGEST_SAMPLE_PX."""
    framed = np.pad(cv2.erode(mask.astype(np.uint8), np.ones((5, 5))), 1)
    reach = cv2.distanceTransform(framed, cv2.DIST_C, 3)[1:-1, 1:-1]
    row, column = np.unravel_index(int(np.argmax(reach)), mask.shape)
    half = min(int(reach[row, column]) - 1, LARGEST_SAMPLE_PX // 2)
    if 2 * half < SMALLEST_SAMPLE_PX:
        return None
    return slice(row - half, row + half), slice(column - half, column + half)
