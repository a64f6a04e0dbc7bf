"""Painted textures of grown hair: locks, frizz, ropes, and coats of short hair on the skin.

Every texture is a function of its name alone, the same for everybody; shaders give the colour.
Locks run from the root (top row) to the tip; coats have the layout of the head's island.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from training.people.scalp import HEAD_ISLAND, beard_strength, on_scalp

TILES = 4
TILE_PX, LOCK_PX = 96, 512
# Locks differ a little in shade.
TILE_TONES = (0.8, 0.95, 1.05, 1.2)
COAT_MM_PX = 0.5
DISTANCE_EVERY_PX = 8


@dataclass(frozen=True, slots=True)
class Coat:
    """Hair too short to stand out. beard: name of an area of scalp.BEARDS, "": the scalp
    receded_m: see scalp.on_scalp; cover: of the skin, in [0, 1]; soft_m: width of its border
    length_m, dense: of drawn hairs and how many on a square millimetre"""

    beard: str = ""
    receded_m: float = 0.0
    cover: float = 0.95
    soft_m: float = 0.012
    length_m: float = 0.007
    dense: float = 0.6


COATS = {
    "coat_scalp": Coat(),
    "coat_under": Coat(soft_m=0.02),
    "coat_receded": Coat(receded_m=0.019, cover=0.85, soft_m=0.03),
    "coat_buzz": Coat(cover=0.80, soft_m=0.010, length_m=0.003, dense=1.2),
    "coat_stubble": Coat("full", cover=0.30, soft_m=0.014, length_m=0.0015, dense=0.7),
    "coat_moustache": Coat("moustache", cover=0.75, soft_m=0.003, length_m=0.005, dense=1.0),
    "coat_goatee": Coat("goatee", cover=0.80, soft_m=0.006, length_m=0.005, dense=1.0),
    "coat_beard": Coat("full", cover=0.88, soft_m=0.008, length_m=0.005, dense=1.0),
}
LOCKS = ("locks", "wisps", "frizz", "rope")


@cache
def hair_texture(name: str) -> np.ndarray:
    """RGBA uint8 (H, W, 4), top row first, of one of COATS or LOCKS. Not to be written to."""
    rng = np.random.default_rng(sum(map(ord, name)))
    if name in COATS:
        return _coat(COATS[name], rng)
    return {"locks": _locks, "wisps": _wisps, "frizz": _frizz, "rope": _rope}[name](rng)


def is_hair_texture(name: str) -> bool:
    return name in COATS or name in LOCKS


def coat_uv(uv: np.ndarray) -> np.ndarray:
    """Where a point (..., 2) of the body's layout lies in a coat, whose v runs to the chin."""
    u0, u1, v0, v1 = HEAD_ISLAND
    return np.stack([(uv[..., 1] - v0) / (v1 - v0), 1 - (uv[..., 0] - u0) / (u1 - u0)], -1)


def strength(coat: Coat, uv: np.ndarray) -> np.ndarray:
    """(N,) metres inside the coat's area."""
    return beard_strength(coat.beard, uv) if coat.beard else on_scalp(uv, coat.receded_m)


def _coat(coat: Coat, rng: np.random.Generator) -> np.ndarray:
    u0, u1, v0, v1 = HEAD_ISLAND
    rows, columns = (round(1000 * span / COAT_MM_PX) for span in (u1 - u0, v1 - v0))
    v, u = np.meshgrid(
        np.linspace(v0, v1, columns // DISTANCE_EVERY_PX),
        np.linspace(u0, u1, rows // DISTANCE_EVERY_PX),
    )
    coarse = strength(coat, np.stack([u.ravel(), v.ravel()], 1)).reshape(u.shape)
    inside = cv2.resize(coarse.astype(np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR)
    cloud = cv2.resize(
        rng.normal(0, 0.3, (rows // 12, columns // 12)).astype(np.float32), (columns, rows),
        interpolation=cv2.INTER_CUBIC,
    )  # fmt: skip
    share = np.clip(inside / coat.soft_m * (1 + cloud), 0, 1)
    alpha = (coat.cover * share * share * (3 - 2 * share)).astype(np.float32)
    grey = np.full((rows, columns), 88.0, np.float32)
    _draw_hairs(alpha, grey, inside, coat, rng)
    return _rgba(grey, alpha)


def _draw_hairs(alpha, grey, inside, coat: Coat, rng) -> None:
    """Single hairs, the fewer the nearer to the border; they point away from it, or down."""
    slope_y, slope_x = np.gradient(cv2.GaussianBlur(inside, (0, 0), 12))
    count = int(coat.dense * (inside > 0).sum() * COAT_MM_PX**2)
    spot = np.flatnonzero(inside.ravel() > 0.0005)
    chosen = rng.choice(spot, count)
    y, x = np.unravel_index(chosen, inside.shape)
    stays = rng.uniform(size=count) < np.clip(inside[y, x] / coat.soft_m * 1.5, 0.05, 1)
    y, x = y[stays], x[stays]
    angle = np.arctan2(slope_y[y, x], slope_x[y, x])
    if coat.beard:
        angle = np.full(len(y), np.pi / 2)
    angle = angle + rng.normal(0, 0.35, len(y))
    reach = coat.length_m * 1000 / COAT_MM_PX * rng.uniform(0.5, 1.1, len(y))
    end_x, end_y = x + reach * np.cos(angle), y + reach * np.sin(angle)
    hairs = np.zeros_like(alpha)
    tone, cover = rng.uniform(60, 125, len(y)), rng.uniform(0.6, 1.0, len(y))
    for a, b, c, d, g, o in zip(x, y, end_x, end_y, tone, cover, strict=True):
        line = (int(a * 16), int(b * 16)), (int(c * 16), int(d * 16))
        cv2.line(grey, *line, float(g), 1, cv2.LINE_AA, 4)
        cv2.line(hairs, *line, float(o), 1, cv2.LINE_AA, 4)
    np.maximum(alpha, hairs, out=alpha)


def _locks(rng: np.random.Generator) -> np.ndarray:
    return _tiles(rng, strands=30, spread=0.45, straggle=0.10, tips=0.72)


def _wisps(rng: np.random.Generator) -> np.ndarray:
    return _tiles(rng, strands=13, spread=0.42, straggle=0.16, tips=0.5)


def _tiles(rng, strands: int, spread: float, straggle: float, tips: float) -> np.ndarray:
    """Bundles of strands side by side; tips: share of the length after which strands end."""
    grey = np.full((LOCK_PX, TILES * TILE_PX), 95.0, np.float32)
    alpha = np.zeros_like(grey)
    v = np.linspace(0, 1, 24)
    for tile, tone in enumerate(TILE_TONES):
        for _ in range(strands):
            start = rng.uniform(-spread, spread)
            sway = straggle * rng.normal() * v**2 * 0.5 + 0.02 * np.sin(v * 9 + rng.uniform(0, 6))
            x = (start * (1 - 0.35 * v**2) + sway + 0.5).clip(0.03, 0.97) + tile
            first, last = 0.22 * rng.uniform() ** 2, rng.uniform(tips, 0.995)
            line = np.stack([x * TILE_PX, (first + (last - first) * v) * LOCK_PX], 1)
            points = (line * 16).astype(np.int32)[None]
            thick = int(rng.integers(2, 6))
            shade = float(tone * rng.uniform(40, 170))
            cv2.polylines(grey, points, False, shade, thick, cv2.LINE_AA, 4)
            cv2.polylines(alpha, points, False, 1.0, thick, cv2.LINE_AA, 4)
    return _rgba(grey, alpha)


def _frizz(rng: np.random.Generator) -> np.ndarray:
    """Small loops: hair that coils."""
    grey = np.full((256, TILES * TILE_PX), 80.0, np.float32)
    alpha = np.zeros_like(grey)
    t = np.linspace(0, 1, 60)
    for tile in range(TILES):
        for _ in range(34):
            radius = rng.uniform(0.03, 0.09)
            phase, turns = rng.uniform(0, 6.3), rng.uniform(3, 6)
            x = rng.uniform(0.2, 0.8) + radius * np.cos(phase + turns * 6.3 * t)
            y = (
                rng.uniform(0, 0.2)
                + rng.uniform(0.5, 0.78) * t
                + 0.3 * radius * np.sin(phase + turns * 6.3 * t)
            )
            line = np.stack([(x.clip(0.02, 0.98) + tile) * TILE_PX, y * 256], 1)
            points = (line * 16).astype(np.int32)[None]
            cv2.polylines(grey, points, False, float(rng.uniform(45, 130)), 2, cv2.LINE_AA, 4)
            cv2.polylines(alpha, points, False, 1.0, 2, cv2.LINE_AA, 4)
    return _rgba(grey, alpha)


def _rope(rng: np.random.Generator) -> np.ndarray:
    """A braid's or matted strand's surface: slanted bulges, opaque."""
    y, x = np.meshgrid(np.linspace(0, 1, 256), np.linspace(0, 1, 64), indexing="ij")
    bulge = np.abs(np.sin(np.pi * (y * 24 + np.abs(2 * x - 1) * 1.2)))
    fibre = cv2.GaussianBlur(rng.normal(0, 60, (256, 64)).astype(np.float32), (0, 0), 1.2)
    return _rgba((45 + 75 * bulge**0.6 + fibre).astype(np.float32), np.ones((256, 64), np.float32))


def _rgba(grey: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    tone = np.clip(grey, 0, 255).astype(np.uint8)
    cover = (np.clip(alpha, 0, 1) * 255 + 0.5).astype(np.uint8)
    out = np.dstack([tone, tone, tone, cover])
    out.flags.writeable = False
    return out
