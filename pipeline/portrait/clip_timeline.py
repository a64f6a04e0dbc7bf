"""The tracked frames of a clip, which come at any times, on the timeline of the stream."""

import numpy as np

from pipeline.motion_signal import runs
from pipeline.rates import FPS

# Gaps up to this are bridged; in longer ones nothing is known of the person.
LONGEST_BRIDGE_S = 0.3
# How long a movement takes to come to rest where the person is lost, and to begin again.
EASE_S = 0.4


class Timeline:
    """Timeline(times_s, frame_count): the frames of the stream from 0 and what lies around them.

    times_s: (T,) of the tracked frames, rising
    """

    def __init__(self, times_s: np.ndarray, frame_count: int) -> None:
        self.frame_count = frame_count
        self._at_s = np.arange(frame_count) / FPS
        self._times_s = np.asarray(times_s, np.float64)

    def resampled(self, values: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(N, C) float64 by linear interpolation between known (T, C) values, and (N,) bool: known
        values lie close around."""
        values = np.asarray(values, np.float64).reshape(len(self._times_s), -1)
        known = np.asarray(known, bool)
        if not known.any():
            return np.zeros((self.frame_count, values.shape[1])), np.zeros(self.frame_count, bool)
        times_s = self._times_s[known]
        columns = [np.interp(self._at_s, times_s, column) for column in values[known].T]
        after = np.searchsorted(times_s, self._at_s - 1e-6)
        last = len(times_s) - 1
        later = times_s[np.minimum(after, last)]
        earlier = times_s[np.clip(after - 1, 0, last)]
        step_s = 1.6 * self._usual_step_s()
        between = (later - earlier <= step_s) & (after > 0) & (after <= last)
        near = np.minimum(np.abs(later - self._at_s), np.abs(self._at_s - earlier)) < 0.5 / FPS
        return np.stack(columns, axis=1), between | near

    def _usual_step_s(self) -> float:
        if len(self._times_s) < 2:
            return 1.0 / FPS
        return max(float(np.median(np.diff(self._times_s))), 1.0 / FPS)


def presence(known: np.ndarray, ease_s: float = EASE_S) -> np.ndarray:
    """(N,) in [0, 1]: 1 where the person is known or gaps are bridged, easing to 0 inside longer
    gaps; from (N,) bool."""
    there = np.array(known, bool)
    for start, stop in runs(~there):
        inside = start > 0 and stop < len(there)
        if inside and stop - start <= LONGEST_BRIDGE_S * FPS:
            there[start:stop] = True
    level = there.astype(np.float64)
    for start, stop in runs(~there):
        index = np.arange(start, stop)
        since = (index - start + 1) / FPS if start > 0 else np.full(len(index), np.inf)
        until = (stop - index) / FPS if stop < len(there) else np.full(len(index), np.inf)
        left = np.clip(1.0 - np.minimum(since, until) / ease_s, 0.0, 1.0)
        level[start:stop] = left * left * (3.0 - 2.0 * left)
    return level
