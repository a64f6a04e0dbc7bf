"""Pixels of the portrait as points of the person that move with the template.

Where an expression moves the skin, a point rides on the mesh. Everywhere else (hair, ears, hats,
glasses, clothes, what lies beside the mesh) it is fixed to joints, and no brow or jaw bends it.
"""

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.head_edge import HeadEdge
from pipeline.names import ACTION_INDEX, NECK_JOINTS
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.regions import Region
from pipeline.source_view import SHRINK, SourceView
from pipeline.surface_map import SurfaceMap, map_surface
from pipeline.template import Geometry, Part, Template, TemplateModel

# Distance between points: on the head, elsewhere.
PITCH_PX = (4, 8)
# Points next to the person carry the motion of the outline on into the room.
BESIDE_PX = 24
# Skin that no action moves further is fixed to joints.
MIN_TRAVEL_M = 0.0003
# Lids slide over each other and over the eye; `eyelids` moves them, the field only the orbit.
MAX_LID_TRAVEL_M = 0.0008
# Auricles fold over themselves; they follow the skull.
MAX_EAR = 0.4
# Skin next to a collar stays with it.
COLLAR_SIGMA_PX = 10.0
# What is worn on the head, and how far its outline reaches beyond the region.
WORN = (Region.GLASSES, Region.HAT)
WORN_MARGIN_PX = 4
HIDDEN = (Part.EYE, Part.CAVITY)
MAX_JAW_TRAVEL_M = 0.004
JAW = ("jawOpen",)
BLINKS = ("eyeBlinkLeft", "eyeBlinkRight")


class SurfacePoints:
    """Points of one avatar.

    The first `front_count` of them move the head and all that is far from it; behind (B,) indices
    of those that move the body about and behind the jaw. What the last A of them move shows, once
    seen, what is at their source + mirrored (2, A) px.
    source (2, S) float32 px: where the portrait shows them; part (S,) Part; solid (N,) indices of
    those on the mesh in front, which hide what is behind them
    """

    def __init__(self, avatar: Avatar, template: Template, view: SourceView) -> None:
        self._template, self._camera = template, avatar.camera
        region = _regions(avatar)
        surface = map_surface(template.model, view, avatar.camera, region)
        self.edge = edge = HeadEdge(surface, region, avatar.matte)
        riding, fixed, below, above = _chosen(avatar, template.model, surface, region, edge)
        shown, self._source_pose = np.concatenate([riding, fixed]), template.source_geometry()
        self.front_count = len(shown)
        self.solid = np.flatnonzero(surface.distance_px.ravel()[shown] == 0)
        self.part = surface.part.ravel()[shown]
        beside = np.flatnonzero((edge.near & ~edge.front).ravel()[shown])
        self.behind = np.append(beside, len(shown) + np.arange(len(below) + len(above)))
        carrier = np.concatenate([shown, below, edge.body.ravel()[above]])
        place = self._place(np.concatenate([shown, below, above]), surface.depth.ravel()[carrier])
        self._ride(surface, riding, place[: len(riding)])
        self._fix(surface, carrier[len(riding) :], place[len(riding) :], region)
        self.mirrored = edge.mirrored.reshape(2, -1)[:, above]
        camera = avatar.camera
        lens = np.diag([camera.focal_px, camera.focal_px, 1.0])
        lens[:2, 2] = camera.centre_px
        self._view = (lens @ np.column_stack([camera.rotation, camera.translation])).astype(
            np.float32
        )

    def _place(self, index: np.ndarray, depth: np.ndarray) -> np.ndarray:
        """Points (S, 3) metres, in the portrait's pose, of flat pixels (S,) at depths (S,)."""
        row, column = np.unravel_index(index, (FRAME_HEIGHT_PX // SHRINK, FRAME_WIDTH_PX // SHRINK))
        self.source = (np.stack([column, row]) + 0.5).astype(np.float32) * SHRINK
        camera = self._camera
        ray = (self.source.T - camera.centre_px) / camera.focal_px
        seen = np.column_stack([ray, np.ones(len(ray))]) * depth[:, None]
        return (seen - camera.translation) @ camera.rotation

    def _ride(self, surface: SurfaceMap, index: np.ndarray, place: np.ndarray) -> None:
        corners = surface.corners.reshape(-1, 3)[index]
        weight = surface.weight.reshape(-1, 3)[index]
        self._used, compact = np.unique(corners, return_inverse=True)
        self._corners = np.ascontiguousarray(compact.reshape(-1, 3).T)
        self._corner_weights = np.ascontiguousarray(weight.T, np.float32)
        pose = self._source_pose
        self._head = self._template.model.joint_names.index("head")
        away = place - np.einsum("skc,sk->sc", pose.vertices[corners], weight)
        self._away = np.ascontiguousarray((away @ pose.rotations[self._head]).T, np.float32)

    def _fix(self, surface: SurfaceMap, index: np.ndarray, place: np.ndarray, region) -> None:
        weight = surface.joint_weight.reshape(-1, len(surface.joints))[index]
        names = [self._template.model.joint_names[joint] for joint in surface.joints]
        collar = np.where(surface.head, 0, collar_share(region)).ravel()[index]
        weight = _dressed(weight, names, collar, np.isin(region.ravel()[index], WORN))
        self._joints, pose = surface.joints, self._source_pose
        self._joint_weights = np.ascontiguousarray(weight.T)
        self._fixed = np.ascontiguousarray(place.T, np.float32)
        self._unturn = pose.rotations[self._joints].swapaxes(1, 2)
        self._origin = pose.positions[self._joints]

    def project(self, geometry: Geometry) -> np.ndarray:
        """(3, S) float32: x px, y px, depth metres of every point in one frame."""
        riding = len(self._away[0])
        out = np.empty((3, self.source.shape[1]), np.float32)
        corner = geometry.vertices.T.take(self._used, 1)
        skin = geometry.rotations[self._head] @ self._away
        for index, weight in zip(self._corners, self._corner_weights, strict=True):
            skin += corner.take(index, 1) * weight
        out[:, :riding] = self._view[:, :3] @ skin + self._view[:, 3:]
        x, y, z = self._fixed
        rows = (self._motion(geometry).T @ self._joint_weights).reshape(3, 4, -1)
        for target, (a, b, c, d) in zip(out[:, riding:], rows, strict=True):
            target[:] = a * x + b * y + c * z + d
        out[:2] /= out[2]
        return out

    def _motion(self, geometry: Geometry) -> np.ndarray:
        """Affine maps (K, 12) of the joints from the portrait's pose into the camera's view."""
        turn = geometry.rotations[self._joints] @ self._unturn
        shift = geometry.positions[self._joints] - (turn @ self._origin[..., None])[..., 0]
        view = self._view[:, :3] @ np.concatenate([turn, shift[..., None]], -1)
        view[..., 3] += self._view[:, 3]
        return view.reshape(-1, 12)


def _regions(avatar: Avatar) -> np.ndarray:
    """(384, 256) Region, what is worn grown by its margin."""
    region = avatar.regions[SHRINK // 2 :: SHRINK, SHRINK // 2 :: SHRINK]
    worn = np.where(np.isin(region, WORN), region, 0).astype(np.uint8)
    side = 2 * WORN_MARGIN_PX // SHRINK + 1
    grown = cv2.dilate(worn, np.ones((side, side), np.uint8))
    return np.where(grown > 0, grown, region)


def _chosen(
    avatar: Avatar,
    model: TemplateModel,
    surface: SurfaceMap,
    region: np.ndarray,
    edge: HeadEdge,
):
    """Flat pixels of the points that ride on the mesh, of those that are fixed to joints, and of
    those about the jaw and behind it, which move only what the head hides."""
    side = 2 * BESIDE_PX + 1
    near = cv2.dilate(avatar.matte, np.ones((side, side), np.uint8))
    use = near[SHRINK // 2 :: SHRINK, SHRINK // 2 :: SHRINK] > 127
    # Hair that covers the brows does not rise with them; what hangs from the jaw is a beard.
    hair = (region == Region.HAIR) & (surface.interpolated(travel_m(model, JAW)) < MAX_JAW_TRAVEL_M)
    stiff = np.isin(region, WORN) | hair
    lid = surface.interpolated(travel_m(model, BLINKS)) > MAX_LID_TRAVEL_M
    use &= stiff | ~(lid | np.isin(surface.part, HIDDEN))
    finest = use & lattice(PITCH_PX[0])
    below, above = edge.below & finest, edge.above & lattice(PITCH_PX[0])
    use &= ~edge.below & ~edge.rim & (surface.head | ~edge.front)
    beard = region == Region.BEARD
    riding = surface.head & ~stiff & (beard | (surface.distance_px < BESIDE_PX))
    # A beard is stretched but coarsely.
    finely = surface.head & ~beard & (surface.distance_px < BESIDE_PX)
    use &= np.where(finely, *map(lattice, PITCH_PX))
    riding &= surface.interpolated(travel_m(model)) > MIN_TRAVEL_M
    riding &= surface.interpolated(model.ear_mask) < MAX_EAR
    return tuple(np.flatnonzero(points) for points in (use & riding, use & ~riding, below, above))


def lattice(pitch_px: int) -> np.ndarray:
    """Mask (384, 256) of one pixel a square of this side."""
    step = pitch_px // SHRINK
    mask = np.zeros((FRAME_HEIGHT_PX // SHRINK, FRAME_WIDTH_PX // SHRINK), bool)
    mask[step // 2 :: step, step // 2 :: step] = True
    return mask


def travel_m(model: TemplateModel, actions: tuple[str, ...] = ()) -> np.ndarray:
    """How far (V,) the actions (all of them if none is named) move each vertex at most, metres."""
    index = [ACTION_INDEX[name] for name in actions] or list(ACTION_INDEX.values())
    travel = np.zeros(len(model.rest_vertices), np.float32)
    travel[model.action_vertices] = np.linalg.norm(model.action_deltas[index], axis=2).max(0)
    return travel


def collar_share(region: np.ndarray) -> np.ndarray:
    """How much (384, 256) a pixel belongs to clothes: 1 on them, fading out beside them."""
    cloth = (region == Region.CLOTH).astype(np.float32)
    return np.minimum(2 * cv2.GaussianBlur(cloth, (0, 0), COLLAR_SIGMA_PX / SHRINK), 1)


def _dressed(
    weight: np.ndarray, names: list[str], collar: np.ndarray, worn: np.ndarray
) -> np.ndarray:
    """Weights (S, K) with clothes on the torso, not the neck, hat and glasses on the skull.

    names: of the K joints; collar: (S,) share of clothes; worn: (S,) bool, hat or glasses
    """
    head = names.index("head")
    neck = [head, *(names.index(name) for name in NECK_JOINTS)]
    moved = weight[:, neck] * collar[:, None]
    weight = weight.copy()
    weight[:, neck] -= moved
    weight[:, names.index("spine01")] += moved.sum(1)
    weight[worn] = np.eye(len(names), dtype=np.float32)[head]
    return weight
