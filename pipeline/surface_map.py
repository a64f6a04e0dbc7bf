"""What of the template each pixel of the portrait shows, at half the portrait's size.

Beside the mesh (hair, hats, loose clothes, the room next to them) a pixel belongs to the surface
nearest to it; the further away, the more evenly depth and joints run.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.face_landmarks import landmark_points
from pipeline.regions import Region
from pipeline.source_view import SHRINK, SourceView
from pipeline.template import EYE_JOINTS, TemplateModel

HEAD_SHARE = 0.9
# A head is taken for no steeper than this (metres back for a metre across): of such skin the
# portrait shows too little to be turned, and a fit is a few pixels off at the rim.
STEEPEST = 3.2
STEEPEST_BEARD = 0.5
# Stubble on the neck is no beard that hangs from the chin: such a one reaches further.
SHORT_BEARD_PX = 14
LONG_BEARD_PX = 64
LONG_BEARD_PIXELS = 200
DEEPEST_M = 0.1
DEPTH_SIGMA_PX = 1.5
EVEN_SIGMA_PX = 20.0
EVEN_FROM_PX = 20.0
# Glasses leave the face behind them by less than this; their temples do not.
FLAT_M = 0.01
# Middle of the upper and the lower lip.
MOUTH = (13, 14)
_FAR_M = np.float32(1e3)


@dataclass(frozen=True, slots=True)
class SurfaceMap:
    """Maps (384, 256) of the portrait, in the pose it shows.

    corners (384, 256, 3) vertices and weight (384, 256, 3) of the triangle, part (Part)
    distance_px to the mesh, 0 on it; depth metres; head: bool, moves with the skull
    joints (K,) and joint_weight (384, 256, K)
    """

    corners: np.ndarray
    weight: np.ndarray
    part: np.ndarray
    distance_px: np.ndarray
    depth: np.ndarray
    head: np.ndarray
    joints: np.ndarray
    joint_weight: np.ndarray

    def interpolated(self, values: np.ndarray) -> np.ndarray:
        """Per-vertex values (V,) at every pixel."""
        return (values[self.corners] * self.weight).sum(-1)


def map_surface(
    model: TemplateModel, view: SourceView, camera: CameraModel, region: np.ndarray
) -> SurfaceMap:
    """Extend what the raster of the source pose shows over the whole portrait.

    region: (384, 256) Region
    """
    raster = view.raster
    nearest, distance = nearest_covered(raster.covered)
    # A beard hangs from the chin, whatever is behind it.
    skull = model.skin_weights[:, model.joint_names.index("head")] > HEAD_SHARE
    face = raster.covered & skull[view.triangles[raster.triangle]].all(-1)
    beard = region == Region.BEARD
    nearest_face, face_distance = nearest_covered(face)
    beard = hanging_beard(beard, face, face_distance)
    nearest = np.where(beard, nearest_face, nearest)
    distance = np.where(beard, face_distance, distance)
    triangle = raster.triangle.ravel()[nearest]
    corners, weight = view.triangles[triangle], raster.weight.reshape(-1, 3)[nearest]
    joints, vertex_weight = carrying_joints(model)
    joint_weight = np.zeros((*nearest.shape, len(joints)), np.float32)
    for k in range(3):
        joint_weight += vertex_weight[corners[..., k]] * weight[..., k, None]
    depth = raster.depth.ravel()[nearest]
    beside = np.where(beard, 0, np.clip(distance * SHRINK / EVEN_FROM_PX, 0, 1)).astype(np.float32)
    depth += (smoothed_within(depth, distance > 0, EVEN_SIGMA_PX) - depth) * beside
    for k in range(len(joints)):
        even = smoothed_within(joint_weight[..., k], distance > 0, EVEN_SIGMA_PX)
        joint_weight[..., k] += (even - joint_weight[..., k]) * beside
    head = joint_weight[..., joints == model.joint_names.index("head")][..., 0] > HEAD_SHARE
    # A collar may stand beside the jaw or before it.
    lower = np.arange(len(region))[:, None] > mouth_row(model, view)
    head &= ~(lower & (region == Region.CLOTH))
    px_per_m = camera.focal_px / float(np.median(view.depth)) / SHRINK
    limited = slope_limited(
        np.where(head, depth, _FAR_M), STEEPEST / px_per_m, int(DEEPEST_M / STEEPEST * px_per_m)
    )
    depth = np.where(head, limited, depth)
    depth = np.where(beard, hanging(depth, STEEPEST_BEARD / px_per_m), depth)
    for group in (head, ~head):
        depth[group] = smoothed_within(depth, group, DEPTH_SIGMA_PX)[group]
    glasses = region == Region.GLASSES
    depth[glasses] = flattened(depth, glasses & (distance == 0))[glasses]
    part = model.part[view.shown[triangle]]
    return SurfaceMap(corners, weight, part, distance * SHRINK, depth, head, joints, joint_weight)


def hanging_beard(beard: np.ndarray, face: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """The part (384, 256) of a beard that moves with the face; distance: to the face, in pixels."""
    if (beard & (distance * SHRINK > LONG_BEARD_PX)).sum() >= LONG_BEARD_PIXELS:
        return beard
    rows = np.arange(len(face))[:, None]
    above = np.maximum.accumulate(np.where(face, rows, -len(face)), 0)
    return beard & ((rows - above) * SHRINK < SHORT_BEARD_PX)


def mouth_row(model: TemplateModel, view: SourceView) -> float:
    """Row of the mouth, in pixels of the maps."""
    return float(landmark_points(model, view.points, MOUTH)[:, 1].mean()) / SHRINK


def carrying_joints(model: TemplateModel) -> tuple[np.ndarray, np.ndarray]:
    """Joints (K,) that move what a portrait shows, and their weights (V, K).

    Upper arms move with what they wear; a forearm that the portrait shows only hangs from the upper
    arm, since what a gesture lifts is drawn, not warped. Eyes go with the head.
    """
    target = np.arange(len(model.joint_names))
    below = {"L": False, "R": False}
    for joint, name in enumerate(model.joint_names):
        side = name[-1] if name[-2:] in (".L", ".R") else ""
        if name in EYE_JOINTS:
            target[joint] = model.joint_names.index("head")
        elif side:
            below[side] = below[side] or name.startswith("upperarm02")
            if below[side]:
                target[joint] = model.joint_names.index(f"upperarm02.{side}")
    joints, column = np.unique(target, return_inverse=True)
    weights = np.zeros((len(model.skin_weights), len(joints)), np.float32)
    for joint, k in enumerate(column):
        weights[:, k] += model.skin_weights[:, joint]
    return joints, weights


def nearest_covered(covered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Flat index (H, W) of the covered pixel nearest to each, and the distance to it."""
    distance, label = cv2.distanceTransformWithLabels(
        (~covered).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    label = np.asarray(label, np.int64)
    index = np.zeros(label.max() + 1, np.int64)
    known = np.flatnonzero(covered)
    index[label.ravel()[known]] = known
    return index[label], distance


def slope_limited(depth: np.ndarray, step: float, count: int) -> np.ndarray:
    """Lower envelope (H, W) that falls back by at most `step` a pixel, within `count` pixels."""
    depth = depth.astype(np.float32)
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    square = np.ones((3, 3), np.uint8)
    for _ in range(count):
        beside = np.minimum(cv2.erode(depth, cross), cv2.erode(depth, square) + 0.41 * step)
        depth = np.minimum(depth, beside + step)
    return depth


def hanging(depth: np.ndarray, step: float) -> np.ndarray:
    """Depth (H, W) that falls back by at most `step` a pixel on the way down."""
    fall = np.arange(len(depth), dtype=np.float32)[:, None] * step
    return np.minimum.accumulate(depth - fall, 0) + fall


def flattened(depth: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The plane (H, W) that fits the depth (H, W) in the mask, as glasses are flat."""
    rows, columns = np.mgrid[: depth.shape[0], : depth.shape[1]]
    system = np.stack([columns, rows, np.ones_like(rows)], -1)
    fitting = mask
    # A second fit without the temples, which run back to the ears.
    for _ in range(2):
        if fitting.sum() < 3:
            return depth
        plane = system @ np.linalg.lstsq(system[fitting], depth[fitting], rcond=None)[0]
        fitting = mask & (depth < plane + FLAT_M)
    return plane


def smoothed_within(values: np.ndarray, mask: np.ndarray, sigma_px: float) -> np.ndarray:
    """Gaussian mean (H, W) of what lies in the mask; sigma in pixels of the portrait."""
    share = mask.astype(np.float32)
    total = cv2.GaussianBlur(share, (0, 0), sigma_px / SHRINK)
    mean = cv2.GaussianBlur(values.astype(np.float32) * share, (0, 0), sigma_px / SHRINK)
    return mean / np.maximum(total, 1e-6)
