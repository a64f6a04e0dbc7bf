"""Smooth paths of both hands' poses from wherever they are to where they should be."""

from dataclasses import dataclass

import numpy as np

from pipeline.gesture_forms import POSE_SIZE, REST, Slot

_FINGER_LAG_S = 0.05
_LEFT_LAG_S = 0.025


def _lags() -> np.ndarray:
    lag_s = np.zeros((2, POSE_SIZE))
    lag_s[:, Slot.FLEXION :] = _FINGER_LAG_S
    lag_s[0] += _LEFT_LAG_S
    return lag_s


LAG_S = _lags()
LONGEST_LAG_S = float(LAG_S.max())


@dataclass(frozen=True, slots=True)
class HandPath:
    """Quintic from one pose to another: minimum jerk (Flash and Hogan 1985) from rest to rest, and
    continuous in speed and acceleration when it sets out from a moving hand.

    coefficients: (6, 2, POSE_SIZE) of powers of time in [0, 1]; hands: left, right. Fingers and
    the left hand lag a little, as they do in life.
    """

    coefficients: np.ndarray
    start_s: float
    duration_s: float

    @property
    def end_s(self) -> float:
        """When everything has arrived."""
        return self.start_s + self.duration_s + LONGEST_LAG_S

    def pose(self, time_s: float) -> np.ndarray:
        """(2, POSE_SIZE) at a time."""
        u = self._place(time_s)
        c = self.coefficients
        return c[0] + u * (c[1] + u * (c[2] + u * (c[3] + u * (c[4] + u * c[5]))))

    def turn(self, time_s: float, target: np.ndarray, duration_s: float) -> "HandPath":
        """The path from here and now to a (2, POSE_SIZE) target."""
        u = self._place(time_s)
        c = self.coefficients
        inside = (u > 0.0) & (u < 1.0)
        ratio = duration_s / self.duration_s
        speed = c[1] + u * (2 * c[2] + u * (3 * c[3] + u * (4 * c[4] + u * 5 * c[5])))
        bend = 2 * c[2] + u * (6 * c[3] + u * (12 * c[4] + u * 20 * c[5]))
        here = self.pose(time_s)
        speed = np.where(inside, speed * ratio, 0.0)
        bend = np.where(inside, bend * ratio * ratio, 0.0)
        way = target - here
        coefficients = np.stack(
            (
                here,
                speed,
                0.5 * bend,
                10.0 * way - 6.0 * speed - 1.5 * bend,
                -15.0 * way + 8.0 * speed + 1.5 * bend,
                6.0 * way - 3.0 * speed - 0.5 * bend,
            )
        )
        return HandPath(coefficients, time_s, duration_s)

    def _place(self, time_s: float) -> np.ndarray:
        place = (time_s - self.start_s - LAG_S) / self.duration_s
        return np.minimum(np.maximum(place, 0.0), 1.0)


def resting_path() -> HandPath:
    """Both arms hanging."""
    coefficients = np.zeros((6, 2, POSE_SIZE))
    coefficients[0] = REST
    return HandPath(coefficients, -10.0, 1.0)
