"""Where the wrists are, from the joints of a motion."""

from itertools import pairwise

import numpy as np

from pipeline.names import JOINT_INDEX
from pipeline.skeleton import Skeleton, rotations_from_axis_angle

_CHAIN = ("clavicle", "shoulder01", "upperarm01", "upperarm02", "lowerarm01", "lowerarm02", "wrist")


def wrist_places(joint_rotation: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """(T, 2, 3) metres of the left and the right wrist from its shoulder at rest, in the axes of
    the chest, from (T, 49, 3) axis-angle in the order of names.BODY_JOINTS."""
    local = rotations_from_axis_angle(joint_rotation)
    places = np.empty((len(local), 2, 3))
    for hand, side in enumerate("LR"):
        rest = {name: skeleton.rest_positions[skeleton.index(f"{name}.{side}")] for name in _CHAIN}
        turn = np.tile(np.eye(3), (len(local), 1, 1))
        place = np.tile(rest["clavicle"] - rest["upperarm01"], (len(local), 1))
        for name, following in pairwise(_CHAIN):
            turn = turn @ local[:, JOINT_INDEX[f"{name}.{side}"]]
            place = place + turn @ (rest[following] - rest[name])
        places[:, hand] = place
    return places
