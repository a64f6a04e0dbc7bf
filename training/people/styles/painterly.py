"""Oil paint: strokes follow the true forms, strands of hair and clear edges (brushes.py); light is
warm and shade cool, the wall is painted freely."""

import cv2
import numpy as np

from training.people.character import Kind
from training.people.label import Label
from training.people.picture import Picture
from training.people.styles.brushes import Canvas
from training.people.styles.scene import Scene, coded, composed, spread

COOL, WARM = np.array([0.93, 0.97, 1.08], np.float32), np.array([1.05, 1.0, 0.90], np.float32)
VIVID = 1.22
WOBBLE_PX = 1.2


def painterly(scene: Scene) -> Picture:
    """Paint a scene."""
    rng = np.random.default_rng(3)
    plate, wanted = scene.plate(), _wanted(scene)
    matte = _edge(scene, rng)
    wall = Canvas(plate, scene.scale, rng)
    wall.paint(plate, _wall_field(scene, rng), np.zeros(scene.shape, np.int32))
    person = Canvas(wanted, scene.scale, rng)
    person.paint(wanted, _field(scene, wanted), _zones(scene))
    return composed(person.lit(), matte, wall.lit())


def _wanted(scene: Scene) -> np.ndarray:
    """(H, W, 3): the lit person, warm in the light and cool in the shade, going on beyond the
    outline."""
    maps = scene.surfaces
    linear = maps.albedo * maps.light + maps.shine
    colour = coded(linear / np.percentile(linear.max(-1)[maps.matte > 0.9], 97))
    colour = spread(colour, (maps.matte > 0.5).astype(np.float32), 0.5 * scene.scale)
    grey = colour.mean(-1, keepdims=True)
    tint = COOL + (WARM - COOL) * np.clip(1.6 * grey, 0, 1)
    vivid = (grey + (colour - grey) * VIVID) * tint
    return np.clip(vivid, 0, 1).astype(np.float32)


def _edge(scene: Scene, rng: np.random.Generator) -> np.ndarray:
    """(H, W): the matte with a hand's wobble."""
    noise = rng.normal(size=(2, *scene.shape)).astype(np.float32)
    rows, columns = np.mgrid[0 : scene.shape[0], 0 : scene.shape[1]].astype(np.float32)
    shift = [cv2.GaussianBlur(one, (0, 0), 5 * scene.scale) for one in noise]
    shift = [WOBBLE_PX * scene.scale * one / one.std() for one in shift]
    smooth = cv2.GaussianBlur(scene.surfaces.matte, (0, 0), 0.8 * scene.scale)
    return cv2.remap(smooth, columns + shift[0], rows + shift[1], cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_REPLICATE)  # fmt: skip


def _zones(scene: Scene) -> np.ndarray:
    """(H, W) int: 1 clothes and hair, 2 face, 3 eyes and lips; places in Brush.slack."""
    zone = np.ones(scene.shape, np.int32)
    zone[scene.labelled(Label.FACE, Label.EAR) > 0.5] = 2
    fine = np.maximum.reduce([scene.lids(), scene.labelled(Label.LIPS), scene.share(Kind.EYE),
                              scene.worn()])  # fmt: skip
    wide = cv2.dilate(fine, np.ones((7, 7), np.uint8))
    zone[wide > 0.3] = 3
    return zone


def _wall_field(scene: Scene, rng: np.random.Generator) -> np.ndarray:
    """(H, W) radians: free strokes, all over the place but mostly falling."""
    noise = cv2.GaussianBlur(rng.normal(size=scene.shape).astype(np.float32), (0, 0), 40)
    return 0.9 + 0.9 * noise / noise.std()


def _field(scene: Scene, wanted: np.ndarray) -> np.ndarray:
    """(H, W) radians of strokes: around the form, along strands and edges where they are clear."""
    normal = spread(scene.shape_normal(), (scene.surfaces.matte > 0.5).astype(np.float32), 4.0)
    form = np.stack([-normal[..., 1], -normal[..., 0]], -1)
    grey = cv2.GaussianBlur(wanted.mean(-1), (0, 0), 1.0 * scene.scale)
    gx, gy = cv2.Sobel(grey, -1, 1, 0), cv2.Sobel(grey, -1, 0, 1)
    strand = scene.share(Kind.HAIR, Kind.BROW)
    weight = 0.02 + 3.0 * strand
    # Doubled angles, so that opposite directions are one; edges run across their gradient.
    c = form[..., 0] ** 2 - form[..., 1] ** 2 - weight * (gx**2 - gy**2) * 40
    s = 2 * form[..., 0] * form[..., 1] - weight * 2 * gx * gy * 40
    c, s = (cv2.GaussianBlur(x.astype(np.float32), (0, 0), 2.2 * scene.scale) for x in (c, s))
    return 0.5 * np.arctan2(s, c)
