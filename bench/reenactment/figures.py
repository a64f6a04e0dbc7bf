"""Figures of a row: of each frame, their means over a clip, and over all people."""

from collections.abc import Iterable, Mapping

import numpy as np

from bench.picture_scores import decibels, ssim_map

# Changes of a true pixel between neighbouring frames up to so many of 255 levels are none.
STILL_LEVELS = 1

Figures = dict[str, float]


def picture_figures(
    picture: np.ndarray, truth: np.ndarray, masks: Mapping[str, np.ndarray]
) -> Figures:
    """psnr_db and ssim of the whole frame, and of each region with its name before them.

    picture, truth (H, W, 3) uint8; masks: (H, W) bool by name
    """
    alike = ssim_map(picture, truth).mean(-1)
    error = np.square(picture.astype(np.float32) - truth).mean(-1)
    everywhere = {"": np.ones(truth.shape[:2], bool)}
    figures = {}
    for name, mask in (everywhere | dict(masks)).items():
        prefix = f"{name}_" if name else ""
        figures[f"{prefix}psnr_db"] = decibels(float(error[mask].mean(dtype=np.float64)))
        figures[f"{prefix}ssim"] = float(alike[mask].mean(dtype=np.float64))
    return figures


def flicker_levels(
    pictures: tuple[np.ndarray, np.ndarray], truths: tuple[np.ndarray, np.ndarray]
) -> float | None:
    """How much more of 255 levels pixels change from one frame to the next than in truth, mean
    over those that stand still there; None where nothing does.

    pictures, truths: of neighbouring frames, (H, W, 3) uint8
    """
    changed, true = (
        np.abs(after.astype(np.int16) - before) for before, after in (pictures, truths)
    )
    still = true.max(-1) <= STILL_LEVELS
    if not still.any():
        return None
    return float(changed[still].mean() - true[still].mean())


def unsteady_levels(
    pictures: tuple[np.ndarray, np.ndarray],
    truths: tuple[np.ndarray, np.ndarray],
    mask: np.ndarray,
) -> float | None:
    """How far, of 255 levels, the change of pixels from one frame to the next is from the true
    change, mean over a mask (H, W) bool; None where it is empty. Arguments as of flicker_levels."""
    if not mask.any():
        return None
    changed, true = (after[mask].astype(np.int16) - before[mask] for before, after in
                     (pictures, truths))  # fmt: skip
    return float(np.abs(changed - true).mean())


def mean(figures: Iterable[Figures]) -> Figures:
    """Of each figure, over those that have it."""
    values: dict[str, list[float]] = {}
    for one in figures:
        for name, value in one.items():
            values.setdefault(name, []).append(value)
    return {name: float(np.mean(some)) for name, some in values.items()}
