"""The avatars and styles that can be chosen."""

from dataclasses import dataclass, field

import numpy as np

THUMBNAIL_WIDTH_PX = 168
THUMBNAIL_HEIGHT_PX = 224


@dataclass(frozen=True, slots=True)
class AvatarEntry:
    """name: of its folder; title: for people; thumbnail: (224, 168, 3) uint8 RGB, the portrait
    own: the user made it and can remove it"""

    name: str
    title: str
    thumbnail: np.ndarray
    own: bool = False


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """name: of its file; title: for people; own: the user learnt it and can remove it
    knobs: numbers in [0, 1] by the names of pipeline.knobs, what its card acts out"""

    name: str
    title: str
    own: bool = False
    knobs: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the pickers offer, in the order shown."""

    avatars: tuple[AvatarEntry, ...] = ()
    styles: tuple[StyleEntry, ...] = ()
