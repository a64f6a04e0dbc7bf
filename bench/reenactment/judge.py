"""All rows on one clip: the motion driven through each renderer, and every figure about it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.puppet import Puppet
from bench.reenactment.clip import Clip
from bench.reenactment.figures import (
    Figures,
    flicker_levels,
    mean,
    picture_figures,
    unsteady_levels,
)
from bench.reenactment.regions import regions
from bench.reenactment.repainted import Repainted
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

    def rows(self, rows: list[Row], clip: Clip, keep: Keep) -> dict[str, Figures]:
        """Means over the clip by row. keep is called with the row's name, frame and pixels."""
        repainted = Repainted(clip)
        return {row.name: self._row(row, clip, repainted, keep) for row in rows}

    def _row(self, row: Row, clip: Clip, repainted: Repainted, keep: Keep) -> Figures:
        puppet = Puppet(clip.avatar, row.make, row.tell)
        motion = puppet.told(clip.motion)

        def driven(index: int) -> np.ndarray:
            picture = puppet.picture(*motion[index])
            keep(row.name, index, picture)
            return picture

        return self._figures(driven, clip, repainted)

    def truth(self, clip: Clip) -> Figures:
        """What the witnesses say of the true frames: no row can be better."""
        looks = self._looks(clip)
        return mean(self._seen(clip.picture(index), clip, index) for index in looks)

    def _figures(
        self, driven: Callable[[int], np.ndarray], clip: Clip, repainted: Repainted
    ) -> Figures:
        looks, frames = self._looks(clip), []
        for run in clip.runs():
            pictures = [driven(index) for index in run]
            truths = [clip.picture(index) for index in run]
            for index, picture, truth in zip(run, pictures, truths, strict=True):
                places = regions(clip.label(index)) | repainted.masks(index)
                figures = picture_figures(picture, truth, places)
                figures |= self._seen(picture, clip, index) if index in looks else {}
                frames.append(figures)
            frames += self._of_run(pictures, truths, [repainted.anywhere(index) for index in run])
        return mean(frames)

    def _of_run(
        self, pictures: list[np.ndarray], truths: list[np.ndarray], opened: list[np.ndarray]
    ) -> list[Figures]:
        found: list[Figures] = []
        for at in range(1, len(pictures)):
            pair = (pictures[at - 1], pictures[at]), (truths[at - 1], truths[at])
            values = {
                "flicker_levels": flicker_levels(*pair),
                "unsteady_levels": unsteady_levels(*pair, opened[at]),
            }
            found.append({name: value for name, value in values.items() if value is not None})
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
