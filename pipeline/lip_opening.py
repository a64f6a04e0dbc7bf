"""How far the lips of the picture are open, from how far those of the mesh are."""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.contour_snap import smoothed
from pipeline.source_lips import SAMPLES, LipContours

# A narrower gap of the mesh explains no opening of the picture.
NARROWEST_OPENING_PX = 1.0


@dataclass(frozen=True, slots=True)
class Opening:
    """Turns the gap (S,) between the mesh's lips into the one the picture shows.

    closed (S,): the mesh's gap that counts as none; wide (S,): its gap in the portrait,
    which shows `shown` (S,); home (S,): opening at which the portrait's mouth is as it is
    """

    closed: np.ndarray
    wide: np.ndarray
    shown: np.ndarray
    home: np.ndarray

    @classmethod
    def of(cls, source: LipContours, shown: np.ndarray, closed: LipContours) -> "Opening":
        """From the portrait's contours, the gap that it shows, and the closed mouth's contours."""
        parted = shown > NARROWEST_OPENING_PX
        # Touching lips of the mesh may show a slit, and more in the portrait's pose than at rest.
        none = np.where(parted, closed.gap, np.maximum(closed.gap, source.gap))
        none = smoothed(none, 1.5)
        opening = cls(none, np.maximum(source.gap, none), np.where(parted, shown, 0), shown)
        middle = slice(SAMPLES // 4, -SAMPLES // 4)
        explained = (opening.wide - none)[middle].max() > NARROWEST_OPENING_PX
        # Lips that the fit holds for closed although they are parted are closed by no motion.
        return replace(opening, home=opening.px(source.gap)) if explained else opening

    def px(self, gap: np.ndarray) -> np.ndarray:
        """Opening (S,) of the picture's lips for a gap of the mesh's."""
        above = np.maximum(gap - self.closed, 0)
        span = self.wide - self.closed
        usable = span > NARROWEST_OPENING_PX
        scale = np.where(usable, self.shown / np.maximum(span, NARROWEST_OPENING_PX), 1.0)
        excess = np.where(usable, self.shown - span, 0)
        return np.maximum(np.where(above < span, above * scale, above + excess), 0)
