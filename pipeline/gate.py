"""What networks may repaint, kind by kind."""

from enum import IntEnum


class Gate(IntEnum):
    """Channels of the gates."""

    MOUTH = 0
    LIDS = 1
    HANDS = 2
    RIMS = 3
    FACE = 4
    BODY = 5
