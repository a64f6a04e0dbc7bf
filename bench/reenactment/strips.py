"""What was judged, side by side, to be looked at."""

from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np

from bench.reenactment.clip import Clip


class Strips:
    """Of the first frame of each run: portrait, truth, then the rows; folder None keeps nothing."""

    def __init__(self, folder: Path | None, clip: Clip) -> None:
        self._folder, self._clip = folder, clip
        firsts = [run[0] for run in clip.runs()] if folder else []
        self._strips = {first: [clip.avatar.portrait, clip.picture(first)] for first in firsts}

    def keep(self, row: str, index: int, picture: np.ndarray) -> None:
        """Add what a row drew; rows come one after the other."""
        with suppress(KeyError):
            self._strips[index].append(picture)

    def write(self) -> None:
        """One PNG for each frame."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        for index, strip in self._strips.items():
            path = self._folder / f"{self._clip.name}_{index:03}.png"
            cv2.imwrite(str(path), np.ascontiguousarray(np.hstack(strip)[..., ::-1]))
