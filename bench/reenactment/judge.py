"""One row on one clip: the motion driven through a renderer, and every figure about it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.puppet import Puppet
from bench.reenactment.clip import Clip
from bench.reenactment.figures import Figures, flicker_levels, mean, picture_figures
from bench.reenactment.regions import regions
from bench.reenactment.rows import Row
from bench.reenactment.visible_difference import VisibleDifference
from bench.reenactment.witnesses import Witnesses

# Of a clip, so many frames at most are shown to the witnesses, evenly chosen.
LOOKS = 30
Keep = Callable[[str, int, np.ndarray], None]


@dataclass(frozen=True, slots=True)
class Judge:
    """witnesses, difference: None leaves their figures out."""

    witnesses: Witnesses | None
    difference: VisibleDifference | None

    def row(self, row: Row, clip: Clip, keep: Keep) -> Figures:
        """Means over the clip. keep is called with the row's name, frame and pixels."""
        puppet = Puppet(clip.avatar, row.make)

        def driven(index: int) -> np.ndarray:
            picture = puppet.picture(*clip.motion[index])
            keep(row.name, index, picture)
            return picture

        return self._figures(driven, clip)

    def truth(self, clip: Clip) -> Figures:
        """What the witnesses say of the true frames: no row can be better."""
        looks = self._looks(clip)
        return mean(self._seen(clip.picture(index), clip, index) for index in looks)

    def _figures(self, driven: Callable[[int], np.ndarray], clip: Clip) -> Figures:
        looks, frames = self._looks(clip), []
        for run in clip.runs():
            pictures = [driven(index) for index in run]
            truths = [clip.picture(index) for index in run]
            for index, picture, truth in zip(run, pictures, truths, strict=True):
                figures = picture_figures(picture, truth, regions(clip.label(index)))
                figures |= self._seen(picture, clip, index) if index in looks else {}
                frames.append(figures)
            frames += self._of_run(pictures, truths)
        return mean(frames)

    def _of_run(self, pictures: list[np.ndarray], truths: list[np.ndarray]) -> list[Figures]:
        found: list[Figures] = []
        for at in range(1, len(pictures)):
            levels = flicker_levels((pictures[at - 1], pictures[at]), (truths[at - 1], truths[at]))
            found += [] if levels is None else [{"flicker_levels": levels}]
        if self.difference is not None:
            found.append({"jod": self.difference.jod(np.stack(pictures), np.stack(truths))})
        return found

    def _seen(self, picture: np.ndarray, clip: Clip, index: int) -> Figures:
        if self.witnesses is None:
            return {}
        return self.witnesses.look(picture, clip.picture(index), clip.label(index))

    @staticmethod
    def _looks(clip: Clip) -> set[int]:
        every = -(-len(clip.chosen) // LOOKS)
        return set(clip.chosen[::every])
