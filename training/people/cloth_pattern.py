"""Procedural cloth: stripes, checks and small prints, painted into a garment's own texture map.

A pattern lives in metres on the garment at rest, on sleeves along the arm, so that it needs no
drawing in the layout of the texture and meets itself at seams like cut cloth.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.rasterizer import rasterize
from training.people.character import Character, Kind, Part

Rgb = tuple[float, float, float]
KINDS = ("hoops", "pinstripes", "checks", "dots", "marl", "argyle", "zigzag", "blossoms")
ARM = ("upperarm", "lowerarm", "wrist")
TEXTURE = "cloth_pattern"
# Edges are as soft as a texel is large there, or they become stairs; seams are no large texels.
SHARP_M, SOFT_M = 0.002, 0.008


@dataclass(frozen=True, slots=True)
class Pattern:
    """kind: one of KINDS; ground, figure: linear colours; period_m: of the repeat
    width: share of the period that the figure takes, in (0, 1)"""

    kind: str
    ground: Rgb
    figure: Rgb
    period_m: float = 0.03
    width: float = 0.4


def painted(character: Character, pattern: Pattern, size_px: int = 1024) -> np.ndarray:
    """RGBA uint8 (size_px, size_px, 4), sRGB-coded, for the character's cloth."""
    part = next(part for part in character.parts if part.kind == Kind.CLOTH)
    corners = part.uv[part.triangles.ravel()]
    points = np.stack([corners[:, 0], 1 - corners[:, 1]], 1).astype(np.float64) * size_px
    triangles = np.arange(len(points)).reshape(-1, 3)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    turn = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    triangles = np.where((turn > 0)[:, None], triangles[:, ::-1], triangles)
    raster = rasterize(points, np.ones(len(points)), triangles, size_px, size_px)
    places, radius_m = _on_cloth(character, part)
    where = sleeve_or_trunk(raster.interpolate(triangles, places), radius_m, pattern.period_m)
    ink = figure_share(pattern, where[..., 0], where[..., 1], texels_m(where))[..., None]
    colour = np.array(pattern.ground) * (1 - ink) + np.array(pattern.figure) * ink
    rgb = _spread(np.clip(colour, 0, 1) ** (1 / 2.2) * 255, raster.covered)
    alpha = np.full((size_px, size_px, 1), 255, np.uint8)
    return np.concatenate([(rgb + 0.5).astype(np.uint8), alpha], 2)


def texels_m(where: np.ndarray) -> np.ndarray:
    """(H, W) how large texels are on the cloth, of (H, W, 2) where they lie. Of the steps to both
    neighbours the shorter one counts: the other may lead across a seam."""
    steps = []
    for axis in (0, 1):
        ahead = np.linalg.norm(np.diff(where, axis=axis, append=np.nan), axis=-1)
        steps.append(np.nan_to_num(np.fmin(ahead, np.roll(ahead, 1, axis)), nan=SOFT_M))
    return np.clip(1.4 * np.hypot(*steps), SHARP_M, SOFT_M)


def figure_share(pattern: Pattern, across_m, up_m, soft_m: float | np.ndarray) -> np.ndarray:
    """How much of the figure's colour is at points of the cloth, in [0, 1]; soft_m: of its edge."""
    period, width = pattern.period_m, pattern.width
    if pattern.kind == "hoops":
        return _band(up_m, period, width, soft_m)
    if pattern.kind == "pinstripes":
        return _band(across_m, period, width, soft_m)
    if pattern.kind == "checks":
        warp, weft = (_band(x, period, width, soft_m) for x in (across_m, up_m))
        return 0.5 * (warp + weft)
    if pattern.kind == "zigzag":
        fold = np.abs((across_m / period) % 1 - 0.5)
        return _band(up_m + fold * period, period, width, soft_m)
    return _motif(pattern, across_m, up_m, soft_m)


def _motif(pattern: Pattern, across_m, up_m, soft_m: float | np.ndarray) -> np.ndarray:
    period, width = pattern.period_m, pattern.width
    if pattern.kind in ("dots", "blossoms"):
        row = np.floor(up_m / period)
        column = across_m / period + 0.5 * (row % 2)
        x, y = column % 1 - 0.5, (up_m / period) % 1 - 0.5
        size_m = width * period / 2
        if pattern.kind == "blossoms":
            turned = np.arctan2(y, x) + 2.4 * np.floor(column) + 1.7 * row
            size_m = size_m * (0.72 + 0.28 * np.cos(5 * turned))
        return np.clip((size_m - np.hypot(x, y) * period) / soft_m + 0.5, 0, 1)
    if pattern.kind == "argyle":
        away = sum(np.abs((x / period) % 1 - 0.5) for x in (across_m, 0.6 * up_m))
        return np.clip((width - away) * 0.7 * period / soft_m + 0.5, 0, 1)
    if pattern.kind == "marl":
        rows = np.sin(up_m * 2600) * np.sin(across_m * 1900 + 3 * np.sin(up_m * 310))
        cloud = np.sin(across_m * 173 + 2 * np.sin(up_m * 97)) * np.sin(up_m * 211)
        return np.clip(width * (0.5 + 0.35 * rows + 0.15 * cloud), 0, 1)
    raise ValueError(f"There is no cloth pattern {pattern.kind!r}; choose one of {KINDS}.")


def _band(x, period: float, width: float, soft_m: float | np.ndarray) -> np.ndarray:
    inside_m = width * period / 2 - np.abs((x / period) % 1 - 0.5) * period
    return np.clip(inside_m / soft_m + 0.5, 0, 1)


def _on_cloth(character: Character, part: Part) -> tuple[np.ndarray, float]:
    """(3 T, 10) at each corner: metres across and up; off the middle of the left arm to two sides
    and up along it, the same of the right; the share that each arm has in it. And the sleeves'
    mean radius."""
    skeleton = character.body.skeleton
    source = part.source[part.triangles.ravel()]
    rest = character.rest[source].astype(np.float64)
    places, shares = [rest[:, :2]], []
    for side in "LR":
        names = [name.startswith(ARM) and name.endswith(side) for name in skeleton.joint_names]
        on_arm = np.array(names)[character.joint[source]]
        shares.append((character.weight[source] * on_arm).sum(1))
        places.append(_along_arm(rest, character, side))
    arms = [p[share > 0.5, :2] for p, share in zip(places[1:], shares, strict=True)]
    radius_m = np.hypot(*np.concatenate(arms).T).mean() if any(map(len, arms)) else 0.05
    return np.concatenate([*places, np.stack(shares, 1)], 1), float(radius_m)


def _along_arm(points: np.ndarray, character: Character, side: str) -> np.ndarray:
    """(P, 3) off the arm's bones to two sides, and up along it."""
    start, elbow, end = (
        character.body.joint(f"{name}.{side}").astype(np.float64)
        for name in ("upperarm01", "lowerarm01", "wrist")
    )
    length = np.linalg.norm(end - start)
    axis = (end - start) / length
    along = (points - start) @ axis
    # The bones bend away from the straight line between shoulder and wrist.
    bend_at = (elbow - start) @ axis
    bend = elbow - start - bend_at * axis
    share = np.clip(np.minimum(along / bend_at, (length - along) / (length - bend_at)), 0, 1)
    arm = points - start - share[:, None] * bend
    over = np.cross(axis, [0.0, 0.0, 1.0])
    over /= np.linalg.norm(over)
    return np.stack([arm @ over, arm @ np.cross(over, axis), -along], 1)


def sleeve_or_trunk(where: np.ndarray, radius_m: float, period_m: float) -> np.ndarray:
    """(..., 2) metres across and up of (..., 10) as of _on_cloth: sleeves begin where an arm has
    half of the cloth, which is one smooth line around the armhole. Around a sleeve the pattern goes
    a whole number of times, so that it meets itself."""
    times = max(round(2 * np.pi * radius_m / period_m), 1)
    around = [np.arctan2(where[..., k], where[..., k + 1]) for k in (2, 5)]
    sleeves = [
        np.stack([turn * times * period_m / (2 * np.pi), where[..., k]], -1)
        for turn, k in zip(around, (4, 7), strict=True)
    ]
    left, right = where[..., 8:9] > 0.5, where[..., 9:10] > 0.5
    return np.where(left, sleeves[0], np.where(right, sleeves[1], where[..., :2]))


def _spread(colour: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """Fill what no triangle covers with the colour beside it, so that seams do not show."""
    outside = (~covered).astype(np.uint8)
    _, labels = cv2.distanceTransformWithLabels(
        outside, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    nearest = np.asarray(labels, np.int64)
    named = np.zeros((nearest.max() + 1, 3), colour.dtype)
    named[nearest[covered]] = colour[covered]
    return named[nearest]
