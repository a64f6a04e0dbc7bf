"""Toon shading: flat colours, light in bands with clean edges, inked outlines."""

import cv2
import numpy as np

from training.people.character import Kind
from training.people.label import Label
from training.people.picture import Picture
from training.people.styles.outlines import border, depth_steps, lid_lines, valleys
from training.people.styles.scene import (
    Scene,
    closed,
    coded,
    composed,
    median_colour,
    ramp,
    spread,
)

INK = np.array([0.13, 0.085, 0.14], np.float32)
# Borders of light, as shares of what surfaces facing the key receive.
SHADE_AT, GLOW_AT, SOFT = 0.47, 0.93, 0.035
SKIN_SHADE, CLOTH_SHADE = np.array([0.90, 0.74, 0.74]), np.array([0.82, 0.70, 0.74])
HAIR_SHADE = np.array([0.70, 0.66, 0.76])
LINE_PX, GAP_PX, HOLE_PX = 1.5, 15, 5
IRISES, CHEEKS, BLUSH = (468, 473), (50, 280), np.array([1.0, 0.84, 0.82])


def toon(scene: Scene) -> Picture:
    """Draw a scene."""
    hair = _mass_of_hair(scene)
    matte = _clean(scene.surfaces.matte - scene.share(Kind.HAIR), 0.7 * scene.scale)
    matte = closed(np.maximum(hair, matte), HOLE_PX * scene.scale)
    light = _light(scene)
    colour = _skin(scene, light)
    for mask, layer in ((_clean(scene.share(Kind.CLOTH), 0.7 * scene.scale), _cloth(scene, light)),
                        (_clean(scene.worn(), 0.6 * scene.scale), _worn(scene, light)),
                        (hair, _hair(scene, hair, light))):  # fmt: skip
        colour += (layer - colour) * mask[..., None]
    colour = _eyes(scene, colour)
    ink = _ink(scene, hair, matte)
    matte = np.maximum(matte, ink)
    colour += (INK - colour) * ink[..., None]
    return composed(colour, matte, scene.plate())


def _mass_of_hair(scene: Scene) -> np.ndarray:
    """(H, W): hair as one shape, without gaps between strands and without strays."""
    size = 2 * round(GAP_PX * scene.scale / 2) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    hair = cv2.GaussianBlur(scene.share(Kind.HAIR), (0, 0), 1.6 * scene.scale)
    mass = cv2.morphologyEx(hair, cv2.MORPH_CLOSE, disc)
    mass = cv2.morphologyEx(mass, cv2.MORPH_OPEN, cv2.resize(disc, None, fx=1.6, fy=1.6))
    return _clean(mass, 1.6 * scene.scale)


def _clean(mask: np.ndarray, smooth_px: float) -> np.ndarray:
    """A mask with a smooth outline."""
    return ramp(cv2.GaussianBlur(mask, (0, 0), smooth_px), 0.45, 0.30 / max(smooth_px, 1)).astype(
        np.float32
    )


def _light(scene: Scene) -> np.ndarray:
    """(H, W): 1 is what a surface that faces the viewer mostly receives."""
    solid = scene.share(Kind.SKIN, Kind.CLOTH, Kind.HEADWEAR, Kind.HEADPHONES)
    smooth = spread(scene.light, solid, 2.2 * scene.scale)
    face = scene.labelled(Label.FACE) > 0.9
    return smooth / np.percentile(smooth[face], 80)


def _banded(base: np.ndarray, light: np.ndarray, shade: np.ndarray, glow: float) -> np.ndarray:
    """Colours (H, W, 3) or (3,) in a shade, as they are, and a little lighter."""
    dark = 1 - ramp(light, SHADE_AT, SOFT)[..., None]
    bright = ramp(light, GLOW_AT, SOFT)[..., None]
    return base * (1 - dark * (1 - shade)) + (1 - base) * bright * glow


def _skin(scene: Scene, light: np.ndarray) -> np.ndarray:
    albedo = coded(scene.surfaces.albedo * 1.12)
    base = median_colour(albedo, scene.labelled(Label.FACE))
    skin = np.broadcast_to(base, (*scene.shape, 3)).astype(np.float32)
    rows, columns = np.mgrid[0 : scene.shape[0], 0 : scene.shape[1]].astype(np.float32)
    cheeks = scene.landmark(*CHEEKS)
    radius = 0.27 * np.linalg.norm(cheeks[0] - cheeks[1])
    for x, y in cheeks:
        away = np.hypot(columns - x, 1.5 * (rows - y)) / radius
        skin = skin * (1 - (1 - BLUSH) * np.exp(-(away**4))[..., None] * scene.look.blush)
    lips = scene.labelled(Label.LIPS)[..., None]
    tone = base * np.array([0.93, 0.66, 0.66])
    return _banded(skin + (tone - skin) * lips, light, SKIN_SHADE, 0.0).astype(np.float32)


def _cloth(scene: Scene, light: np.ndarray) -> np.ndarray:
    albedo = coded(scene.surfaces.albedo * 1.05)
    base = spread(albedo, (scene.share(Kind.CLOTH) > 0.9).astype(np.float32), 2.0 * scene.scale)
    return _banded(base, light, CLOTH_SHADE, 0.10)


def _worn(scene: Scene, light: np.ndarray) -> np.ndarray:
    base = spread(coded(scene.surfaces.albedo), (scene.worn() > 0.6).astype(np.float32), 2.0)
    return _banded(base, light, CLOTH_SHADE, 0.10)


def _hair(scene: Scene, hair: np.ndarray, light: np.ndarray) -> np.ndarray:
    """Flat, darker below and inside, with a ring of light that strands break up."""
    look = scene.look
    base = coded(np.array(look.hair_tip_colour, np.float32) * 1.9)
    strand = scene.surfaces.shine.mean(-1)
    there = (scene.share(Kind.HAIR) > 0.5).astype(np.float32)
    fine = spread(strand, there, 1.2 * scene.scale)
    broad = spread(strand, there, 9 * scene.scale)
    grain = np.clip(fine / np.maximum(broad, 1e-4) - 1, -1, 1)
    normal = spread(scene.normal, there, 6 * scene.scale)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-4)
    facing = normal @ np.array([-0.30, 0.55, 0.78], np.float32)
    shade = ramp(facing + 0.22 * grain, 0.52, 0.03)[..., None]
    ring = ramp(facing + 0.05 * grain, 0.955, 0.012)[..., None]
    colour = base * (HAIR_SHADE + (1 - HAIR_SHADE) * shade)
    return (colour + (1 - colour) * ring * 0.26).astype(np.float32)


def _eyes(scene: Scene, colour: np.ndarray) -> np.ndarray:
    """The rendered iris with more colour, a shadow of the lid and two lights."""
    eye = _clean(scene.share(Kind.EYE), 0.5 * scene.scale)
    drawn = coded(scene.surfaces.albedo)
    drawn = cv2.bilateralFilter(drawn, 0, 0.12, 1.0 * scene.scale)
    white = ramp(drawn.min(-1), 0.62, 0.06)[..., None]
    drawn = drawn * (1 - white) + np.array([0.97, 0.965, 0.96]) * white
    lower = np.roll(eye, round(3.2 * scene.scale), 0)
    drawn *= 1 - 0.32 * np.clip(eye - lower, 0, 1)[..., None]
    colour = colour + (drawn - colour) * eye[..., None]
    for iris in scene.landmark(*IRISES):
        for offset, radius in (((-1.7, -1.9), 1.25), ((1.6, 1.7), 0.6)):
            at = iris + np.array(offset) * scene.scale
            spot = _disc(scene.shape, at, radius * scene.scale) * eye
            colour = colour + (1 - colour) * spot[..., None] * (0.95 if radius > 1 else 0.6)
    return colour.astype(np.float32)


def _disc(shape: tuple[int, int], centre: np.ndarray, radius: float) -> np.ndarray:
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return np.clip(radius - np.hypot(columns + 0.5 - centre[0], rows + 0.5 - centre[1]) + 0.5, 0, 1)


def _ink(scene: Scene, hair: np.ndarray, matte: np.ndarray) -> np.ndarray:
    """(H, W): all lines."""
    width = LINE_PX * scene.scale
    cloth, free = scene.share(Kind.CLOTH), 1 - hair
    lines = [border(matte, 1.25 * width), border(hair, width)]
    lines += [border(_clean(mask, 0.6 * scene.scale), width) * free
              for mask in (cloth, scene.worn())]  # fmt: skip
    lines.append(depth_steps(scene, cloth) * free)
    folds = valleys(scene, scene.skin()) * (1 - scene.share(Kind.EYE))
    lines.append(folds * (0.8 - 0.35 * scene.lids()) * free)
    brow = ramp(cv2.GaussianBlur(scene.share(Kind.BROW), (0, 0), 0.9 * scene.scale), 0.32, 0.10)
    lines += [0.9 * brow * free, lid_lines(scene, 3.4, 0.6) * free]
    return np.clip(np.max(lines, 0), 0, 1).astype(np.float32)
