"""Upper arms and forearms along the elbows and wrists that a picture shows.

The tracker guesses elbows and wrists that sleeves or the picture's edge hide; only certain ones
inside the picture count, the rest hangs.
"""

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.names import BODY_JOINTS, JOINT_INDEX
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint
from pipeline.portrait.posture import axis_angle
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.skeleton import Skeleton, rotations_from_axis_angle

LEAST_VISIBILITY = 0.85
EDGE_PX = 12
# An arm seen at least this long, as a share of its length, is taken to lie across the view.
UNFORESHORTENED = 0.8
SIDES = (
    ("L", BodyPoint.LEFT_SHOULDER, BodyPoint.LEFT_ELBOW, BodyPoint.LEFT_WRIST),
    ("R", BodyPoint.RIGHT_SHOULDER, BodyPoint.RIGHT_ELBOW, BodyPoint.RIGHT_WRIST),
)


def arms_of(
    body: BodyLandmarks, skeleton: Skeleton, joints: np.ndarray, camera: CameraModel
) -> np.ndarray:
    """joints (49, 3) axis-angle with the arms turned towards the elbows and wrists seen."""
    turned = np.array(joints, np.float64)
    for side, shoulder, elbow, wrist in SIDES:
        if not _certain(body, elbow):
            continue
        bones = [("upperarm01", "lowerarm01", shoulder, elbow)]
        if _certain(body, wrist):
            bones.append(("lowerarm01", "wrist", elbow, wrist))
        for first, last, start, end in bones:
            names = f"{first}.{side}", f"{last}.{side}"
            rotation, place = _kinematics(skeleton, turned)
            joint, tip = (skeleton.index(name) for name in names)
            way = place[tip] - place[joint]
            length_m = float(np.linalg.norm(way))
            aim = _direction(body, (start, end), place[joint], length_m, camera)
            before = rotation[skeleton.parents[joint]]
            swing = _swing(way / length_m, aim)
            local = before.T @ swing @ rotation[joint]
            turned[JOINT_INDEX[names[0]]] = axis_angle(local)
    return turned.astype(np.float32)


def _certain(body: BodyLandmarks, point: int) -> bool:
    x, y = body.points[point, :2]
    inside = EDGE_PX < x < FRAME_WIDTH_PX - EDGE_PX and EDGE_PX < y < FRAME_HEIGHT_PX - EDGE_PX
    return bool(inside and body.visibility[point] >= LEAST_VISIBILITY)


def _kinematics(skeleton: Skeleton, joints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    local = np.tile(np.eye(3, dtype=np.float32), (len(skeleton.joint_names), 1, 1))
    local[[skeleton.index(name) for name in BODY_JOINTS]] = rotations_from_axis_angle(joints)
    rotation, place = skeleton.forward_kinematics(local)
    return rotation.astype(np.float64), place.astype(np.float64)


def _direction(
    body: BodyLandmarks,
    ends: tuple[int, int],
    joint: np.ndarray,
    length_m: float,
    camera: CameraModel,
) -> np.ndarray:
    """Unit direction (3,) of a bone from a joint (3,): where the line of sight meets the sphere of
    its length, on the side that the tracker thinks."""
    start, end = ends
    ray = np.append((body.points[end, :2] - camera.centre_px) / camera.focal_px, 1.0)
    ray /= np.linalg.norm(ray)
    seen = camera.rotation @ joint + camera.translation
    nearest = (ray @ seen) * ray - seen
    short = length_m**2 - nearest @ nearest
    if short > (1.0 - UNFORESHORTENED**2) * length_m**2:
        away = np.sign(body.world[end, 2] - body.world[start, 2]) or 1.0
        nearest = nearest + away * np.sqrt(short) * ray
    return camera.rotation.T @ (nearest / max(float(np.linalg.norm(nearest)), 1e-9))


def _swing(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The shortest turn (3, 3) of one unit vector into another."""
    axis = np.cross(source, target)
    sine = float(np.linalg.norm(axis))
    angle = np.arctan2(sine, source @ target)
    return rotations_from_axis_angle(axis / max(sine, 1e-9) * angle).astype(np.float64)
