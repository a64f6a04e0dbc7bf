"""Movements as sums of minimum-jerk steps on the grid of video frames."""

import numpy as np

from pipeline.rates import FPS


def frame_times(frames: int) -> np.ndarray:
    """(T,) seconds of the centres of video frames."""
    return (np.arange(frames) + 0.5) / FPS


def ease(u: np.ndarray) -> np.ndarray:
    """Share of a minimum-jerk movement done at a share u of its time (Flash & Hogan 1985)."""
    u = np.clip(u, 0.0, 1.0)
    return u * u * u * (10.0 - 15.0 * u + 6.0 * u * u)


def steps(
    frames: int, starts_s: np.ndarray, durations_s: np.ndarray, heights: np.ndarray
) -> np.ndarray:
    """(T,) or (T, C) sum of steps that rise by heights (E,) or (E, C) and stay.

    starts_s, durations_s: (E,) seconds, durations > 0
    """
    heights = np.asarray(heights, np.float64)
    increments = np.zeros((frames + 1, *heights.shape[1:]))
    if not len(heights):
        return increments[:-1]
    starts_s, durations_s = np.asarray(starts_s, float), np.asarray(durations_s, float)
    first = np.floor(starts_s * FPS + 0.5).astype(int)
    taps = np.arange(int(np.ceil(durations_s.max() * FPS)) + 1)
    times = (first[:, None] + taps + 0.5) / FPS
    share = ease((times - starts_s[:, None]) / durations_s[:, None])
    share[:, -1] = 1.0
    rise = np.diff(share, axis=1, prepend=0.0)
    places = np.clip(first[:, None] + taps, 0, frames)
    rows = heights.reshape(len(heights), 1, -1)
    np.add.at(
        increments.reshape(frames + 1, -1), places.ravel(),
        (rise[..., None] * rows).reshape(-1, rows.shape[-1]),
    )  # fmt: skip
    return np.cumsum(increments, axis=0)[:-1]


def bumps(
    frames: int,
    starts_s: np.ndarray,
    lasts_s: tuple[np.ndarray | float, np.ndarray | float, np.ndarray | float],
    heights: np.ndarray,
) -> np.ndarray:
    """(T,) or (T, C) sum of movements that rise, hold and fall back; arguments as in steps().

    lasts_s: seconds of rise, hold and fall, each (E,) or the same for all
    """
    starts_s = np.asarray(starts_s, float)
    rises_s, holds_s, falls_s = lasts_s
    falls_start_s = starts_s + rises_s + holds_s
    return steps(
        frames,
        np.concatenate([starts_s, falls_start_s]),
        np.concatenate([np.broadcast_to(d, starts_s.shape) for d in (rises_s, falls_s)]),
        np.concatenate([heights, -np.asarray(heights)]),
    )
