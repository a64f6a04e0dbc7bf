"""Clay: coloured lumps pressed by fingers, matte and softly lit, with beads for eyes."""

import cv2
import numpy as np

from training.people.character import Kind
from training.people.label import Label
from training.people.picture import Picture
from training.people.styles.scene import Scene, closed, coded, composed, median_colour, ramp, spread

# Size of presses and of the ridges that fingers leave, frame pixels, and how deep they are.
PRESS_PX, PRESS_DEPTH, RIDGE_PX, RIDGE_DEPTH = 11.0, 0.15, 2.1, 0.05
PRINTS, PRINT_PX = 60, 26.0
# Where lumps of two colours meet they sink in.
SEAM_PX, SEAM_DEPTH = 2.6, 0.85
KEY = np.array([-0.52, 0.62, 0.59], np.float32)
WRAP, AMBIENT, RIM = 0.35, 0.42, 0.10
SHEEN, SHEEN_POWER = 0.07, 14
WARM_SHADE = np.array([0.96, 0.84, 0.80], np.float32)
IRISES, HOLE_PX = (468, 473), 2
IRIS_PX, BEAD_PX, BEAD_SHINE, LOWER_PX = 6.6, 4.6, 1.5, 1.0
BEAD = np.array([0.05, 0.045, 0.05], np.float32)
WHITE = np.array([0.93, 0.915, 0.89], np.float32)


def clay(scene: Scene) -> Picture:
    """Model a scene."""
    lumps = _lumps(scene)
    matte = np.clip(sum(mask for mask, _ in lumps), 0, 1)
    matte = closed(matte.astype(np.float32), HOLE_PX * scene.scale)
    matte = ramp(cv2.GaussianBlur(matte, (0, 0), 0.6 * scene.scale), 0.5, 0.25)
    colour = np.zeros((*scene.shape, 3), np.float32)
    height = np.zeros(scene.shape, np.float32)
    for mask, paint in lumps:
        colour += (paint - colour) * mask[..., None]
        height -= SEAM_DEPTH * _seam(mask, SEAM_PX * scene.scale)
    height += _presses(scene)
    normal = _dented(_smooth_normal(scene), height)
    lit = _lit(scene, normal)
    shaded = colour * (lit[..., None] + (1 - WARM_SHADE) * (lit[..., None] - 1) * 0.5)
    half = (KEY + np.array([0, 0, 1], np.float32)) / np.linalg.norm(KEY + np.array([0, 0, 1]))
    shine = SHEEN * np.clip(normal @ half.astype(np.float32), 0, 1) ** SHEEN_POWER
    shaded = _eyes(scene, np.clip(shaded + shine[..., None], 0, 1))
    return composed(shaded.astype(np.float32), matte.astype(np.float32), scene.plate())


def _lumps(scene: Scene) -> list[tuple[np.ndarray, np.ndarray]]:
    """Masks (H, W) and their colours, what lies over others last."""
    albedo = coded(scene.surfaces.albedo * 1.05)
    face = median_colour(albedo, scene.labelled(Label.FACE))
    look, lumps = scene.look, []
    skin = _lump(scene.skin() + scene.share(Kind.EYE, Kind.TEETH), 0.8 * scene.scale)
    lumps.append((skin, _blushed(scene, face)))
    lumps.append((scene.labelled(Label.LIPS), face * np.array([0.92, 0.62, 0.60])))
    cloth = scene.share(Kind.CLOTH)
    prints = spread(albedo, (cloth > 0.9).astype(np.float32), 1.2 * scene.scale)
    lumps.append((_lump(cloth, 1.0 * scene.scale), prints))
    hair = coded(np.array(look.hair_tip_colour, np.float32) * 1.25)
    lumps.append((_lump(scene.share(Kind.HAIR), 2.2 * scene.scale), hair))
    lumps.append((_lump(1.5 * scene.share(Kind.BROW), 1.6 * scene.scale), hair * 0.92))
    worn = scene.worn()
    lumps.append((_lump(worn, 0.8 * scene.scale), spread(albedo, worn, 2.0 * scene.scale)))
    return lumps


def _blushed(scene: Scene, face: np.ndarray) -> np.ndarray:
    rows, columns = np.mgrid[0 : scene.shape[0], 0 : scene.shape[1]].astype(np.float32)
    colour = np.broadcast_to(face, (*scene.shape, 3)).astype(np.float32)
    for x, y in scene.landmark(50, 280, 4):
        away = np.hypot(columns - x, rows - y) / (13 * scene.scale)
        colour = colour * (1 - np.array([0.0, 0.17, 0.17]) * np.exp(-(away**3))[..., None])
    return colour


def _lump(mask: np.ndarray, smooth_px: float) -> np.ndarray:
    soft = cv2.GaussianBlur(mask, (0, 0), smooth_px)
    return ramp(soft, 0.45, 0.35 / max(smooth_px, 1.0)).astype(np.float32)


def _seam(mask: np.ndarray, width_px: float) -> np.ndarray:
    """(H, W): a furrow along the outline of a mask."""
    soft = cv2.GaussianBlur(mask, (0, 0), width_px)
    return 4 * soft * (1 - soft)


def _smooth_normal(scene: Scene) -> np.ndarray:
    """(H, W, 3) unit: forms as fingers make them; strands become lumps."""
    there = ramp(scene.surfaces.matte, 0.5, 0.2).astype(np.float32)
    fine = spread(scene.shape_normal(), there, 1.3 * scene.scale)
    broad = spread(scene.normal, there, 4.0 * scene.scale)
    hair = _lump(scene.share(Kind.HAIR), 1.5 * scene.scale)[..., None]
    normal = fine + (broad - fine) * hair
    return normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-4)


def _presses(scene: Scene) -> np.ndarray:
    """(H, W): shallow dents everywhere, and the ridges of fingertips here and there."""
    rng = np.random.default_rng(7)
    noise = rng.normal(size=scene.shape).astype(np.float32)
    dents = np.zeros(scene.shape, np.float32)
    for size in (PRESS_PX, 2.2 * PRESS_PX):
        blurred = cv2.GaussianBlur(noise, (0, 0), 0.4 * size * scene.scale)
        dents += PRESS_DEPTH * size / PRESS_PX * blurred / blurred.std()
    warp = cv2.GaussianBlur(noise, (0, 0), 6 * scene.scale)
    warp *= 2.0 * scene.scale / warp.std()
    reach = round(1.7 * PRINT_PX * scene.scale)
    for _ in range(PRINTS):
        x, y = (int(share * size) for share, size in zip(rng.uniform(size=2), scene.shape[::-1],
                                                         strict=True))  # fmt: skip
        turn, long = rng.uniform(0, np.pi), rng.uniform(1.2, 1.7)
        area = slice(max(y - reach, 0), y + reach), slice(max(x - reach, 0), x + reach)
        part, bent = dents[area], warp[area]
        dy, dx = np.mgrid[: part.shape[0], : part.shape[1]].astype(np.float32)
        dx, dy = dx + area[1].start - x, dy + area[0].start - y
        u = (dx * np.cos(turn) + dy * np.sin(turn)) / long
        away = np.hypot(u, -dx * np.sin(turn) + dy * np.cos(turn))
        tip = np.exp(-((away / (0.5 * PRINT_PX * scene.scale)) ** 4))
        part += RIDGE_DEPTH * tip * np.sin(2 * np.pi * (away + bent) / (RIDGE_PX * scene.scale))
    return dents * scene.scale


def _dented(normal: np.ndarray, height: np.ndarray) -> np.ndarray:
    """Unit normals (H, W, 3) of a surface with this height (H, W) in pixels on it."""
    right = cv2.Sobel(height, -1, 1, 0, scale=1 / 8)
    down = cv2.Sobel(height, -1, 0, 1, scale=1 / 8)
    bent = normal.copy()
    bent[..., 0] -= right
    bent[..., 1] += down
    return bent / np.maximum(np.linalg.norm(bent, axis=-1, keepdims=True), 1e-4)


def _lit(scene: Scene, normal: np.ndarray) -> np.ndarray:
    """(H, W): wrapped key light with the scene's own soft shadows, light from below, a rim."""
    key = np.clip((normal @ (KEY / np.linalg.norm(KEY)) + WRAP) / (1 + WRAP), 0, 1)
    solid = scene.share(Kind.SKIN, Kind.CLOTH, Kind.HEADWEAR, Kind.HEADPHONES)
    there = ramp(solid, 0.6, 0.2).astype(np.float32)
    rendered = spread(scene.light, there, 1.8 * scene.scale)
    rendered /= np.percentile(rendered[there > 0.9], 88)
    open_ = np.where(spread(there, np.ones_like(there), 3) > 0.3, rendered, 0.8)
    shadow = 0.45 + 0.55 * np.clip(open_ / np.maximum(key + 0.12, 0.25), 0, 1)
    rim = RIM * (1 - np.clip(normal[..., 2], 0, 1)) ** 2
    return (AMBIENT + 0.10 * normal[..., 1] + (1.12 - AMBIENT) * key) * shadow + rim


def _eyes(scene: Scene, colour: np.ndarray) -> np.ndarray:
    """White balls with a dark bead pressed in."""
    eye = _lump(scene.share(Kind.EYE), 0.5 * scene.scale)
    shade = np.clip(eye - np.roll(eye, round(2.4 * scene.scale), 0), 0, 1)
    ball = WHITE * (1 - 0.30 * shade[..., None])
    colour = colour + (ball - colour) * eye[..., None]
    rows, columns = np.mgrid[0 : scene.shape[0], 0 : scene.shape[1]].astype(np.float32)
    iris = coded(np.array(scene.look.iris_colour, np.float32))
    for x, y in scene.landmark(*IRISES) + np.array([0.0, LOWER_PX * scene.scale]):
        away = np.hypot(columns + 0.5 - x, rows + 0.5 - y) / scene.scale
        for radius, paint in ((IRIS_PX, iris), (BEAD_PX, BEAD)):
            disc = np.clip((radius - away) * scene.scale + 0.5, 0, 1) * eye
            colour = colour + (paint - colour) * disc[..., None]
        glint = np.hypot(columns + 0.5 - x + 3.4, rows + 0.5 - y + 4.0) / scene.scale
        spot = np.clip((BEAD_SHINE - glint) * scene.scale + 0.5, 0, 1) * eye
        colour = colour + (1 - colour) * 0.9 * spot[..., None]
    return colour
