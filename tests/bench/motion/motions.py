"""Made-up motions of which every figure is known."""

import numpy as np

from bench.motion.tracks import Tracks
from pipeline.names import ACTION_INDEX, VISEME_INDEX
from pipeline.stream_types import State


def tracks(frames: int, actions: dict[str, np.ndarray] | None = None, **changes) -> Tracks:
    """A motionless person, some of whose tracks are replaced; actions: (T,) by name."""
    values = np.zeros((frames, 52))
    for name, channel in (actions or {}).items():
        values[:, ACTION_INDEX[name]] = channel
    still = {
        "actions": values,
        "viseme": np.zeros((frames, 15)),
        "state": np.full(frames, State.SPEAKING),
        "head_deg": np.zeros((frames, 3)),
        "head_m": np.zeros((frames, 3)),
        "torso_deg": np.zeros((frames, 3)),
        "gaze_deg": np.zeros((frames, 2)),
        "wrists_m": np.zeros((frames, 2, 3)),
    }
    return Tracks(**(still | changes))


def one_hot(visemes: list[tuple[str, float, float]], frames: int) -> np.ndarray:
    """(T, 15) sure of the viseme at each frame's centre."""
    posterior = np.zeros((frames, 15))
    for frame in range(frames):
        centre_s = (frame + 0.5) / 30
        name = next(v for v, start_s, end_s in visemes if start_s <= centre_s < end_s)
        posterior[frame, VISEME_INDEX[name]] = 1.0
    return posterior


def wandering(frames: int, columns: int, seed: int, smooth: int = 9) -> np.ndarray:
    """(T, C) of unit spread, nothing periodic."""
    draw = np.random.default_rng(seed).standard_normal((frames + smooth - 1, columns))
    kernel = np.ones(smooth) / smooth
    found = np.stack([np.convolve(column, kernel, mode="valid") for column in draw.T], axis=1)
    return found / found.std(axis=0)


def jumps_at(times_s: np.ndarray, frames: int, way_m: float = 0.12) -> np.ndarray:
    """(T, 2, 3) wrists, of which the left one goes there or back in 0.2 s around each time."""
    place = np.zeros((frames, 2, 3))
    clock_s = np.arange(frames) / 30
    for k, time_s in enumerate(times_s):
        u = np.clip((clock_s - time_s + 0.1) / 0.2, 0, 1)
        place[:, 0, 1] += way_m * (-1) ** k * u**3 * (10 - 15 * u + 6 * u * u)
    return place
