"""Some seconds of a run, kept in memory to be shown once: the avatar as the call would see it."""

from bisect import bisect_right

import numpy as np

from pipeline.rates import FPS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

# A quarter of the pixels: 5 s take 100 MB.
SCALE = 2


class Take:
    """Sound and pictures of `seconds_s`, written by the run, read by the window.

    A picture belongs to the frame of sound that was handed over last, as in a recorded file.
    """

    def __init__(self, seconds_s: float = 5.0) -> None:
        self._wanted_frames = round(seconds_s * FPS)
        self._sound: list[np.ndarray] = []
        self._pictures: list[np.ndarray] = []
        self._starts: list[int] = []

    @property
    def is_complete(self) -> bool:
        return len(self._sound) >= self._wanted_frames

    @property
    def progress(self) -> float:
        """How much of it there is, in [0, 1]."""
        return min(len(self._sound) / self._wanted_frames, 1.0)

    @property
    def seconds_s(self) -> float:
        """How long it is so far."""
        return len(self._sound) * SAMPLES_PER_FRAME / SAMPLE_RATE_HZ

    @property
    def samples(self) -> np.ndarray:
        """(n,) float32 mono at 24 kHz."""
        return np.concatenate([np.zeros(0, np.float32), *self._sound])

    def add_sound(self, samples: np.ndarray) -> None:
        """The sound of the next frame, (800,) float32."""
        if not self.is_complete:
            self._sound.append(samples)

    def add_picture(self, frame: np.ndarray) -> None:
        """The picture of that frame, (h, w, 3) uint8; of several the last one counts."""
        start = len(self._sound) - 1
        if start < 0 or (self.is_complete and self._starts[-1:] == [start]):
            return
        import cv2

        height_px, width_px, _ = frame.shape
        size_px = (width_px // SCALE, height_px // SCALE)
        picture = cv2.resize(frame, size_px, interpolation=cv2.INTER_AREA)
        if self._starts[-1:] == [start]:
            self._pictures[-1] = picture
        else:
            self._pictures.append(picture)
            self._starts.append(start)

    def picture_at(self, time_s: float) -> np.ndarray | None:
        """What is shown at this time, (h/2, w/2, 3) uint8; None where nothing was."""
        place = bisect_right(self._starts, int(time_s * FPS)) - 1
        return self._pictures[max(place, 0)] if self._pictures else None
