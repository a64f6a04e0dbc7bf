"""Driven pictures of an avatar side by side, to be looked at."""

import cv2
import numpy as np

from bench.faces import BLINK, TURN_DEG, face
from bench.puppet import Puppet

TALK = {
    "jawOpen": 0.35, "mouthFunnel": 0.25, "mouthSmileLeft": 0.3, "mouthSmileRight": 0.3,
    "browInnerUp": 0.5, "browOuterUpLeft": 0.3, "browOuterUpRight": 0.3,
}  # fmt: skip
FACES = {
    "jaw 0.5": face({"jawOpen": 0.5}),
    "blink": face(BLINK),
    "talk": face(TALK, 8, 5, 4),
    "yaw -12": face(yaw_deg=-TURN_DEG),
    "yaw +12": face(yaw_deg=TURN_DEG),
    "pitch -12": face(pitch_deg=-TURN_DEG),
    "pitch +12": face(pitch_deg=TURN_DEG),
}


def contact_sheet(puppet: Puppet) -> np.ndarray:
    """(1536, 2048, 3) uint8: the portrait and FACES, two rows of four at full size."""
    cells = [_titled(puppet.avatar.portrait, "portrait")]
    for title, moved in FACES.items():
        (move,) = puppet.moves([moved])
        cells.append(_titled(puppet.picture(*move), title))
    return np.vstack([np.hstack(cells[:4]), np.hstack(cells[4:])])


def _titled(picture: np.ndarray, title: str) -> np.ndarray:
    marked = picture.copy()
    for colour, width in ((0, 0, 0), 4), ((255, 255, 255), 1):
        cv2.putText(marked, title, (8, 24), cv2.FONT_HERSHEY_SIMPLEX, 0.7, colour, width)
    return marked
