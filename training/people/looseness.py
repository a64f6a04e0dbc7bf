"""Which vertices of hair and clothes hang free, and which group of them each moves with."""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.spatial import cKDTree  # pyright: ignore[reportAttributeAccessIssue]

from training.people.character import Character, Kind
from training.people.lying import Lying, lying_hair
from training.people.subdivision import vertex_normals

# Hair that hangs less far below the eyes is short; so long it swings in full.
SHORT_M, LONG_M = 0.10, 0.22
# Hair that stands off the skin wobbles, though less than what hangs.
STANDS_FROM_M, STANDS_M, STANDING = 0.012, 0.08, 0.35
# Hair this near to shoulders and breast, so far below the eyes, lies there: so much it is held.
LIES_M, LIES_BELOW_M, HELD = 0.02, 0.16, 0.75
# Cloth this far off the skin is tight, and loose.
TIGHT_M, LOOSE_M = 0.004, 0.030
CLOTH_SHARE, CLOTH_HANGS_M = 0.8, 0.08
KEPT_CLEAR_M = 0.002
# Hair around the head: where its groups are thickest, radians from the front to the left.
HAIR_AZIMUTHS = np.deg2rad([-140.0, -80.0, 80.0, 140.0, 180.0])
SLEEVES = ("upperarm", "lowerarm", "wrist")
# A group none of whose vertices has this share is none.
LEAST_FREE = 0.1
_SAMPLES = 48
_BODY = (Kind.SKIN,)
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Group:
    """What swings together. joint: whose axes its sway is in; length_m: how far it hangs;
    root, tip: sample vertices where it is held and where it is free."""

    name: str
    joint: int
    length_m: float
    root: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    tip: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class Loose:
    """Vertices that sway. vertex: (M,); share: (M, G) of each group's sway; normal: (M, 3) of the
    skin below; clearance_m: (M,) how far each may come nearer to it; lying: hair that comes to lie
    on the shoulders."""

    groups: tuple[Group, ...]
    vertex: np.ndarray
    share: np.ndarray
    normal: np.ndarray
    clearance_m: np.ndarray
    lying: Lying

    def offsets(self, sway: np.ndarray) -> np.ndarray:
        """(M, 3) metres at rest of sways (G, 3): no vertex enters the skin."""
        moved = self.share @ sway
        inwards = -(moved * self.normal).sum(1) - self.clearance_m
        return moved + np.maximum(inwards, 0)[:, None] * self.normal


def loose_parts(character: Character) -> Loose:
    """What of a character's hair and clothes hangs free; a person with none has no groups."""
    # Hair lies on clothes, clothes on the skin.
    skin, dressed = _Ground(character, _BODY), _Ground(character, (*_BODY, Kind.CLOTH))
    hair, cloth = _hair_groups(character, dressed), _cloth_groups(character, skin)
    pieces = [*hair, *cloth]
    groups = tuple(group for group, _ in pieces)
    lying = lying_hair(character)
    if not groups:
        nothing = np.zeros((0, 3), np.float32)
        no_share = np.zeros((0, 0), np.float32)
        return Loose((), np.zeros(0, np.int64), no_share, nothing, nothing[:, 0], lying)
    share = np.stack([share for _, share in pieces], 1)
    vertex = np.flatnonzero(share.max(1) > _LEAST)
    points, is_hair = character.rest[vertex], share[vertex, : len(hair)].max(1, initial=0) > _LEAST
    height, normal = skin.under(points)
    over, upright = dressed.under(points)
    height, normal = np.where(is_hair, over, height), np.where(is_hair[:, None], upright, normal)
    clear = np.maximum(height - KEPT_CLEAR_M, 0)
    return Loose(groups, vertex, share[vertex].astype(np.float32), normal, clear, lying)


class _Ground:
    """The surface of some kinds of parts: how high over it any point lies."""

    def __init__(self, character: Character, kinds: tuple[Kind, ...]) -> None:
        triangles = np.concatenate(
            [p.source[p.triangles] for p in character.parts if p.kind in kinds]
        )
        self._normals = vertex_normals(character.rest, triangles)
        self._rows = np.unique(triangles)
        self._points = character.rest[self._rows]
        self._tree = cKDTree(self._points)

    def under(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """height (P,) metres, negative inside; normal (P, 3) of the nearest skin."""
        _, near = self._tree.query(points, k=4)
        normal = self._normals[self._rows[near]].mean(1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        height = ((points - self._points[near].mean(1)) * normal).sum(1)
        return height.astype(np.float32), normal.astype(np.float32)


Piece = tuple[Group, np.ndarray]


def _hair_groups(character: Character, dressed: _Ground) -> list[Piece]:
    """Locks by their azimuth around the head; each vertex shares in its two neighbours."""
    rows = _vertices(character, lambda part: part.kind == Kind.HAIR and not part.on_face)
    if not len(rows):
        return []
    points = character.rest[rows]
    eyes_y = float(character.eye_centre[:, 1].mean())
    hangs_m = np.maximum(eyes_y - 0.02 - points[:, 1], 0)
    height, normal = dressed.under(points)
    # On shoulders and breast it is held; on a side of the neck nothing holds it.
    lies = _smooth((LIES_M - height) / LIES_M) * _smooth(3 * np.maximum(normal[:, 1:].max(1), 0))
    lies = np.where(points[:, 1] < eyes_y - LIES_BELOW_M, lies, 0)
    stands = STANDING * _smooth((height - STANDS_FROM_M) / STANDS_M)
    azimuth = np.arctan2(points[:, 0], points[:, 2] + 0.02)
    near = np.cos(azimuth[:, None] - HAIR_AZIMUTHS)
    weight = np.maximum(near, 0) ** 4 + 1e-6
    weight /= weight.sum(1, keepdims=True)
    head = character.body.skeleton.index("head")
    pieces = []
    for k, angle in enumerate(HAIR_AZIMUTHS):
        mine = weight[:, k] > 0.3
        length_m = float(np.quantile(hangs_m[mine], 0.97)) if mine.any() else 0.0
        swings = _smooth((length_m - SHORT_M) / (LONG_M - SHORT_M)) * _smooth(hangs_m / LONG_M)
        share = weight[:, k] * np.maximum(swings, stands) * (1 - HELD * lies)
        group = Group(f"hair {np.rad2deg(angle):.0f}", head, max(length_m, STANDS_M))
        pieces += _piece(character, group, rows, share)
    return pieces


def _cloth_groups(character: Character, skin: _Ground) -> list[Piece]:
    """Sleeves, and what hangs before and behind the trunk."""
    rows = _vertices(character, lambda part: part.kind == Kind.CLOTH)
    if not len(rows):
        return []
    points = character.rest[rows]
    height, _ = skin.under(points)
    loose = CLOTH_SHARE * _smooth((height - TIGHT_M) / (LOOSE_M - TIGHT_M))
    arm = _share_of(character, SLEEVES)[rows]
    left = _smooth(points[:, 0] / 0.06 + 0.5)
    front = _smooth(points[:, 2] / 0.08 + 0.5)
    index = character.body.skeleton.index
    pieces = []
    for name, joint, share in (
        ("left sleeve", "lowerarm01.L", arm * left),
        ("right sleeve", "lowerarm01.R", arm * (1 - left)),
        ("front", "spine01", (1 - arm) * front),
        ("back", "spine01", (1 - arm) * (1 - front)),
    ):
        group = Group(name, index(joint), CLOTH_HANGS_M)
        pieces += _piece(character, group, rows, share * loose)
    return pieces


def _piece(character: Character, group: Group, rows: np.ndarray, share: np.ndarray) -> list[Piece]:
    """The group with its samples, unless nothing of it is free."""
    if share.max() < LEAST_FREE:
        return []
    order = np.argsort(share)
    tip = rows[order[-max(len(rows) // 20, 1) :]]
    root = rows[order[share[order] < 0.05]]
    root = root if len(root) else rows[order[:1]]
    thin = lambda some: some[:: max(len(some) // _SAMPLES, 1)]  # noqa: E731
    whole = np.zeros(len(character.rest), np.float32)
    whole[rows] = share
    return [(replace(group, root=thin(root), tip=thin(tip)), whole)]


def _vertices(character: Character, asked) -> np.ndarray:
    found = [part.source for part in character.parts if asked(part)]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _share_of(character: Character, prefixes: tuple[str, ...]) -> np.ndarray:
    names = character.body.skeleton.joint_names
    chosen = np.array([name.startswith(prefixes) for name in names])
    return (character.weight * chosen[character.joint]).sum(1)


def _smooth(x: np.ndarray | float) -> np.ndarray:
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)
