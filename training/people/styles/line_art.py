"""Line art: ink on paper. Outlines, and hatching that runs around the forms: lines where planes
cut the true shape, the thicker the darker it is, as in an engraving."""

import cv2
import numpy as np

from training.people.character import Kind
from training.people.label import Label
from training.people.picture import Picture
from training.people.styles.outlines import border, depth_steps, lid_lines, valleys
from training.people.styles.scene import Scene, closed, coded, composed, ramp, spread

INK = np.array([0.085, 0.095, 0.17], np.float32)
PAPER = np.array([0.965, 0.945, 0.90], np.float32)
ACCENT = np.array([0.93, 0.62, 0.47], np.float32)
LINE_PX = 1.35
# Planes: their normals (right, up, towards the viewer), metres apart, darkness that they begin at
# and that they are full at.
CUTS = (
    ((0.42, 0.86, 0.30), 0.0046, 0.30, 1.05),
    ((-0.78, 0.52, 0.35), 0.0046, 0.56, 1.25),
    ((0.95, 0.10, 0.30), 0.0052, 0.78, 1.35),
)
FINEST_PX = 2.4
# How dark materials are without any shade.
LIP_TONE, CLOTH_SHARE, SKIN_SHARE = 0.20, 0.75, 0.04
# Strands this much brighter than the hair around them stay white.
SHINES_FROM = 1.12
DISC = (0.5, 0.335, 0.385)
BLACK_FROM = 0.93


def line_art(scene: Scene) -> Picture:
    """Draw a scene."""
    matte = ramp(cv2.GaussianBlur(scene.surfaces.matte, (0, 0), 0.8 * scene.scale), 0.5, 0.2)
    matte = closed(matte.astype(np.float32), scene.scale)
    ink = np.maximum(_outlines(scene, matte), _hatching(scene) * (1 - _kept_white(scene)))
    ink = np.maximum.reduce([ink, _eyes(scene), _strands(scene)])
    matte = np.maximum(matte, _outlines(scene, matte))
    paper = _paper(scene.shape)
    colour = paper + (INK - paper) * ink[..., None]
    lips = 0.45 * scene.labelled(Label.LIPS)[..., None] * (1 - ink[..., None])
    colour += (ACCENT * colour - colour) * lips
    return composed(colour.astype(np.float32), matte, _behind(scene.shape, paper))


def _paper(shape: tuple[int, int]) -> np.ndarray:
    """(H, W, 3): PAPER with its fibres."""
    return (PAPER * (1 + 0.008 * _grain(shape, 1.0)[..., None])).astype(np.float32)


def _grain(shape: tuple[int, int], amount: float) -> np.ndarray:
    noise = np.random.default_rng(5).normal(size=(shape[0] // 2, shape[1] // 2)).astype(np.float32)
    soft = cv2.resize(cv2.GaussianBlur(noise, (0, 0), 1.5), shape[::-1])
    return amount * soft / soft.std()


def _behind(shape: tuple[int, int], paper: np.ndarray) -> np.ndarray:
    """The paper with a disc of one flat colour, its rim a little uneven."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    x, y, radius = (share * shape[1] for share in (DISC[0], DISC[1] * 1.5, DISC[2]))
    away = np.hypot(columns - x, rows - y) + 1.2 * _grain(shape, 1.0)
    disc = ramp(radius - away, 0.0, 1.5)[..., None]
    return (paper * (1 + (ACCENT - 1) * disc)).astype(np.float32)


def _outlines(scene: Scene, matte: np.ndarray) -> np.ndarray:
    width = LINE_PX * scene.scale
    hair = _solid(scene.share(Kind.HAIR), 1.2 * scene.scale)
    cloth, worn = scene.share(Kind.CLOTH), scene.worn()
    lines = [border(matte, 1.2 * width), 0.8 * border(hair, 0.8 * width)]
    lines.append(border(_solid(cloth, 0.6 * scene.scale), width) * (1 - hair))
    lines.append(_solid(scene.share(Kind.GLASSES), 0.5 * scene.scale))
    lines.append(border(_solid(worn, 0.6 * scene.scale), 0.8 * width))
    lines.append(depth_steps(scene, cloth))
    folds = valleys(scene, scene.skin()) * (1 - scene.share(Kind.EYE))
    lines.append(folds * (0.9 - 0.4 * scene.lids()) * (1 - hair))
    lines.append(lid_lines(scene, 2.2, 0.6))
    brow = cv2.GaussianBlur(scene.share(Kind.BROW), (0, 0), 0.6 * scene.scale)
    lines.append(ramp(brow, 0.42, 0.2))
    return np.clip(np.max(lines, 0), 0, 1).astype(np.float32)


def _solid(mask: np.ndarray, smooth_px: float) -> np.ndarray:
    soft = cv2.GaussianBlur(mask, (0, 0), smooth_px)
    return ramp(soft, 0.5, 0.3 / max(smooth_px, 1.0)).astype(np.float32)


def _darkness(scene: Scene) -> np.ndarray:
    """(H, W): 0 is bare paper, 1 nearly black; from light, cloth and hair."""
    solid = scene.share(Kind.SKIN, Kind.CLOTH, Kind.HEADWEAR, Kind.HEADPHONES)
    lit = spread(scene.light, ramp(solid, 0.6, 0.2).astype(np.float32), 1.5 * scene.scale)
    face = scene.labelled(Label.FACE) > 0.9
    shade = 1 - np.clip(coded(lit / np.percentile(lit[face], 90)), 0, 1)
    grey = coded(scene.surfaces.albedo).mean(-1)
    cloth, hair = scene.share(Kind.CLOTH), scene.share(Kind.HAIR)
    tone = (
        np.where(cloth > 0.5, 1.5, 1.2) * shade
        + CLOTH_SHARE * (0.92 - grey) * cloth
        + SKIN_SHARE * scene.share(Kind.SKIN)
    )
    tone += LIP_TONE * scene.labelled(Label.LIPS)
    return np.where(hair > 0.5, 0, tone)


def _strands(scene: Scene) -> np.ndarray:
    """(H, W): hair and beard, black but for the strands that shine."""
    hair = scene.share(Kind.HAIR)
    there = (hair > 0.4).astype(np.float32)
    gloss = scene.surfaces.shine.mean(-1)
    fine, broad = (spread(gloss, there, size * scene.scale) for size in (0.55, 7.0))
    whole = np.median(broad[hair > 0.6]) if (hair > 0.6).any() else 1.0
    lit = fine / np.maximum(0.6 * broad + 0.4 * whole, 1e-4)
    return (1 - ramp(lit, SHINES_FROM, 0.18)) * _solid(hair, 0.7 * scene.scale)


def _hatching(scene: Scene) -> np.ndarray:
    """(H, W) ink of all cuts, and black where even those are not dark enough."""
    dark = cv2.GaussianBlur(_darkness(scene), (0, 0), 0.5 * scene.scale)
    place = _places(scene)
    ink = ramp(dark, BLACK_FROM + 0.25, 0.12)
    for direction, apart_m, begins, full in CUTS:
        along = place @ (np.array(direction, np.float32) / np.linalg.norm(direction)) / apart_m
        slope = np.hypot(cv2.Sobel(along, -1, 1, 0, scale=1 / 8),
                         cv2.Sobel(along, -1, 0, 1, scale=1 / 8))  # fmt: skip
        # Where lines would run into each other every second one ends.
        octave = np.maximum(np.ceil(np.log2(np.maximum(slope * FINEST_PX * scene.scale, 1e-4))), 0)
        period = 2.0 ** np.clip(octave, 0, 4)
        wave = np.abs((along / period) % 1 - 0.5) * 2
        share = np.clip((dark - begins) / (full - begins), 0, 1)
        soft = np.clip(slope / period, 0.02, 0.5)
        line = np.clip((0.12 * (share > 0) + 0.62 * share - wave) / soft + 0.5, 0, 1)
        ink = np.maximum(ink, line * ramp(dark, begins + 0.03, 0.03))
    return ink.astype(np.float32)


def _places(scene: Scene) -> np.ndarray:
    """(H, W, 3) metres right, up, towards the viewer of what is seen."""
    depth = cv2.GaussianBlur(scene.surfaces.depth_m, (0, 0), 0.7 * scene.scale)
    rows, columns = np.mgrid[0 : scene.shape[0], 0 : scene.shape[1]].astype(np.float32)
    focal = scene.camera.focal_px * scene.scale
    x, y = (columns - scene.shape[1] / 2) / focal, (scene.shape[0] / 2 - rows) / focal
    return np.stack([x * depth, y * depth, -depth], -1)


def _kept_white(scene: Scene) -> np.ndarray:
    """(H, W): eyes and what lids need are drawn by lines alone."""
    return np.clip(scene.share(Kind.EYE) + 0.85 * scene.lids(), 0, 1)


def _eyes(scene: Scene) -> np.ndarray:
    """Iris and pupil from the rendered eye, with its light left white."""
    eye = _solid(scene.share(Kind.EYE), 0.5 * scene.scale)
    dark = 1 - coded(scene.surfaces.albedo).mean(-1)
    iris = ramp(cv2.GaussianBlur(dark, (0, 0), 0.4 * scene.scale), 0.62, 0.16)
    rows, columns = np.mgrid[0 : scene.shape[0], 0 : scene.shape[1]].astype(np.float32)
    for x, y in scene.landmark(468, 473):
        away = np.hypot(columns + 1.4 * scene.scale - x, rows + 1.6 * scene.scale - y)
        iris = iris * (1 - np.clip(1.2 * scene.scale - away + 0.5, 0, 1))
    return (iris * eye).astype(np.float32)
