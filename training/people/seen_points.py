"""The template's vertices and landmarks in many pictures at once, in torch on any device.

The same as `template_points.see` and `template_points.landmarks`, which do one picture in numpy.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor

from pipeline.camera_model import CameraModel
from pipeline.portrait.landmark_model import IRIS
from training.people.label import Label
from training.people.template_points import LANDMARKS, REACH_M, TOLERANCE_M
from training.people.tracked_place import tracked_place


@dataclass(frozen=True, slots=True)
class SeenPointsBatch:
    """pixel (B, P, 2), depth_m (B, P) float32 and visible (B, P) bool, as SeenPoints."""

    pixel: Tensor
    depth_m: Tensor
    visible: Tensor


@dataclass(frozen=True, slots=True)
class EyePoses:
    """Of B poses: head_rotation (B, 3, 3), gaze (B, 2, 3), eye_centre (B, 2, 3)."""

    head_rotation: Tensor
    gaze: Tensor
    eye_centre: Tensor


def sent(values: ArrayLike, device: torch.device) -> Tensor:
    """Floats on a device, without waiting for what it is busy with."""
    return torch.from_numpy(np.array(values, np.float32)).to(device, non_blocking=True)


class LandmarkPlaces:
    """LandmarkPlaces(rows, eye_radius_m, iris_radius_m, device); rows: template_rows()."""

    def __init__(
        self, rows: np.ndarray, eye_radius_m: float, iris_radius_m: float, device: torch.device
    ) -> None:
        place = tracked_place()
        self._corner = torch.as_tensor(rows[place.corners], dtype=torch.int64, device=device)
        self._weight = torch.as_tensor(place.weights, dtype=torch.float32, device=device)[..., None]
        self._iris = torch.as_tensor(np.array(IRIS), dtype=torch.int64, device=device)
        self._eye_radius_m, self._iris_radius_m = eye_radius_m, iris_radius_m

    def of(self, vertices: Tensor, normals: Tensor, eyes: EyePoses) -> tuple[Tensor, Tensor]:
        """Positions and unit normals (B, 478, 3)."""
        batch, mesh = len(vertices), len(self._corner)
        position, normal = vertices.new_zeros(2, batch, LANDMARKS, 3).unbind(0)
        position[:, :mesh] = (vertices[:, self._corner] * self._weight).sum(2)
        normal[:, :mesh] = torch.nn.functional.normalize(
            (normals[:, self._corner] * self._weight).sum(2), dim=-1
        )
        radius, iris = self._eye_radius_m, self._iris_radius_m
        height = (radius**2 - iris**2) ** 0.5
        gaze, centre = eyes.gaze, eyes.eye_centre
        upright = eyes.head_rotation[:, None, :, 1].expand_as(gaze)
        right = torch.nn.functional.normalize(torch.linalg.cross(upright, gaze), dim=-1)
        up = torch.linalg.cross(gaze, right)
        rim = iris * torch.stack([right, up, -right, -up], 2)
        around = (centre + height * gaze)[:, :, None] + rim
        middle = (centre + radius * gaze)[:, :, None]
        position[:, self._iris] = torch.cat([middle, around], 2)
        normal[:, self._iris] = gaze[:, :, None].expand(-1, -1, self._iris.shape[1], -1)
        return position, normal


def see(
    points: Tensor, normals: Tensor, camera: CameraModel, depth_m: Tensor, label: Tensor
) -> SeenPointsBatch:
    """points, normals: (B, P, 3); depth_m, label: maps (B, H, W) of the same pictures."""
    on = lambda array: sent(array, points.device)  # noqa: E731
    rotation, shift, centre_px = on(camera.rotation), on(camera.translation), on(camera.centre_px)
    place = (points[:, :, None] * rotation).sum(-1) + shift
    depth = place[..., 2]
    pixel = place[..., :2] / depth[..., None] * camera.focal_px + centre_px
    height, width = depth_m.shape[1:]
    size = on([width, height])
    inside = (depth > 0) & (pixel >= 0).all(-1) & (pixel < size).all(-1)
    texel = torch.minimum(pixel.floor().clamp_min(0), size - 1).long()
    plane = (normals[:, :, None] * rotation).sum(-1)
    facing = (plane * place).sum(-1)
    # The point's own plane at the pixel's centre, so that steep surfaces do not hide themselves.
    ray = torch.cat(
        [(texel + 0.5 - centre_px) / camera.focal_px, torch.ones_like(depth)[..., None]], -1
    )
    along = (plane * ray).sum(-1)
    safe = torch.where(along == 0, torch.ones_like(along), along)
    expected = torch.where(along.abs() > 1e-9, facing / safe, depth)
    expected = torch.minimum(torch.maximum(expected, depth - REACH_M), depth + REACH_M)
    thin = (label == int(Label.BROW)) | (label == int(Label.LASH)) | (label == int(Label.BEARD))
    before = depth_m.masked_fill(thin, torch.inf).flatten(1)
    before = before.gather(1, texel[..., 1] * width + texel[..., 0])
    return SeenPointsBatch(pixel, depth, inside & (facing < 0) & (before > expected - TOLERANCE_M))
