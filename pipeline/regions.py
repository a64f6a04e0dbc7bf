"""What the pixels of a portrait show, as far as they move differently."""

from enum import IntEnum


class Region(IntEnum):
    """Values of an avatar's regions.png."""

    UNKNOWN = 0
    BACKGROUND = 1
    SKIN = 2
    HAIR = 3
    BEARD = 4
    GLASSES = 5
    HAT = 6
    CLOTH = 7
