"""Small real stand-ins for clocks and camera drivers."""

import threading

import numpy as np


class FakeClock:
    """Time that passes only by sleeping or by `advance`; for one thread."""

    def __init__(self, start_s: float = 100.0) -> None:
        self.time_s = start_s
        self.sleeps: list[float] = []

    def now_s(self) -> float:
        return self.time_s

    def advance(self, duration_s: float) -> None:
        self.time_s += duration_s

    def sleep_until(self, deadline_s: float, cancel: threading.Event | None = None) -> None:
        self.sleeps.append(deadline_s)
        self.time_s = max(self.time_s, deadline_s)


class SteppedClock:
    """Time that a test moves while other threads sleep on it."""

    def __init__(self, start_s: float = 100.0) -> None:
        self._moved = threading.Condition()
        self._time_s = start_s
        self._sleepers: list[float] = []

    def now_s(self) -> float:
        with self._moved:
            return self._time_s

    def advance_when_asleep(self, duration_s: float) -> None:
        """Move on in the steps of the sleepers, as often as they fall asleep again."""
        with self._moved:
            end_s = self._time_s + duration_s
            while self._moved.wait_for(lambda: self._sleepers, timeout=5):
                if min(self._sleepers) > end_s:
                    break
                self._time_s = min(self._sleepers)
                self._sleepers.remove(self._time_s)
                self._moved.notify_all()
            self._time_s = end_s

    def release(self) -> None:
        """Let every sleeper go on, now and later."""
        with self._moved:
            self._time_s = float("inf")
            self._moved.notify_all()

    def sleep_until(self, deadline_s: float, cancel: threading.Event | None = None) -> None:
        with self._moved:
            if self._time_s >= deadline_s:
                return
            self._sleepers.append(deadline_s)
            self._moved.notify_all()
            self._moved.wait_for(lambda: self._time_s >= deadline_s, timeout=30)


class FakeCameraBackend:
    """A pyvirtualcam backend that keeps what it is sent."""

    opened: "list[FakeCameraBackend]" = []  # noqa: RUF012

    def __init__(self, *, width, height, fps, fourcc, device, **kw) -> None:
        if device not in (None, "Fake Camera"):
            raise RuntimeError(f"no device {device}")
        self.size = (width, height)
        self.fps = fps
        self.fourcc = fourcc
        self.frames: list[np.ndarray] = []
        self.closed = False
        self.fail = False
        FakeCameraBackend.opened.append(self)

    def send(self, frame: np.ndarray) -> None:
        if self.fail:
            raise RuntimeError("device lost")
        self.frames.append(frame.reshape(self.size[1], self.size[0], 3).copy())

    def close(self) -> None:
        self.closed = True

    def device(self) -> str:
        return "Fake Camera"

    def native_fourcc(self) -> int | None:
        return None
