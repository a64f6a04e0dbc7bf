"""Glasses: thin lines across the bridge of the nose and around the eyes, or dark lenses."""

import cv2
import numpy as np

from pipeline.portrait.landmarks import FaceLandmarks

# Everything is looked for in an upright patch with the irises at these places.
RIGHT_EYE, LEFT_EYE, PATCH_PX = (80.0, 60.0), (180.0, 60.0), (260, 150)
UNIT_PX = LEFT_EYE[0] - RIGHT_EYE[0]
LINE_SIGMAS_PX = (1.5, 2.5)
# Contrast (logarithm of brightness) of the bridge, and half of the rims' below the eyes, from which
# a face wears glasses. Chosen on 36 photographs: the five with glasses reach 0.13, others 0.07.
MIN_EVIDENCE = 0.1
MAX_RIM = 0.15
# Contrast from which a pixel is part of a frame.
MIN_LINE = 0.055
MIN_PIECE_PX = 25
# Frames lie within an ellipse around each eye, a little lower.
LENS_PX, LENS_DROP_PX = (54, 42), 9
# Lenses darker than this share of the cheeks, over this share of the eyes, hide the eyes.
DARK_LENS, DARK_SHARE = 0.42, 0.75
NOSE_BRIDGE = (168, 6)
CHEEKS = (50, 280, 101, 330, 205, 425)
EYES = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249),
)
BROWS = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)


def find_glasses(pixels: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """(H, W) bool: frames, and lenses if nothing is seen through them; all False without.

    pixels (H, W, 3) uint8 sRGB
    """
    matrix = patch_matrix(face)
    points = face.points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    patch = cv2.warpAffine(pixels, _on_pixels(matrix), PATCH_PX, borderMode=cv2.BORDER_REPLICATE)
    grey = cv2.GaussianBlur(cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY), (0, 0), 1).astype(np.float32)
    light = np.log(grey + 12)
    if evidence(light, points) < MIN_EVIDENCE:
        return np.zeros(pixels.shape[:2], bool)
    mask = frames(light, points) | dark_lenses(grey, points)
    size = pixels.shape[1::-1]
    back = _on_pixels(cv2.invertAffineTransform(matrix))
    return cv2.warpAffine(mask.astype(np.float32), back, size) > 0.5


def patch_matrix(face: FaceLandmarks) -> np.ndarray:
    """(2, 3): points of the portrait to the patch."""
    right, left = face.points[468, :2], face.points[473, :2]
    across = (left - right) / max(face.inter_ocular_px, 1.0)
    scale = UNIT_PX / max(face.inter_ocular_px, 1.0)
    turn = np.array([[across[0], across[1]], [-across[1], across[0]]]) * scale
    return np.concatenate([turn, (np.array(RIGHT_EYE) - turn @ right)[:, None]], 1)


def evidence(light: np.ndarray, points: np.ndarray) -> float:
    """How much speaks for glasses: the contrast of lines across the bridge and under the eyes."""
    lines = [line_contrast(light * sign, axis=0) for sign in (1, -1)]
    column, row = points[list(NOSE_BRIDGE)].mean(0).astype(int)
    bridge = max(_through(line, column - 10, column + 11, row - 16, row + 18) for line in lines)
    rims = [
        max(_through(line, int(x) - 18, int(x) + 19, int(y) + 18, int(y) + 60) for line in lines)
        for x, y in (RIGHT_EYE, LEFT_EYE)
    ]
    return bridge + 0.5 * float(np.clip(rims, 0, MAX_RIM).mean())


def line_contrast(light: np.ndarray, axis: int) -> np.ndarray:
    """(H, W): how much darker a pixel is than both sides of a thin line through it."""
    found = []
    for sigma in LINE_SIGMAS_PX:
        blurred = cv2.GaussianBlur(light, (0, 0), sigma)
        step = round(2.2 * sigma)
        sides = [np.roll(blurred, shift, axis) for shift in (step, -step)]
        found.append(np.minimum(*sides) - blurred)
    return np.maximum(*found)


def _through(line: np.ndarray, left: int, right: int, top: int, bottom: int) -> float:
    """Contrast of the best line from side to side of a box, which three columns in four share."""
    part = line[max(top, 0) : max(bottom, 1), max(left, 0) : max(right, 1)]
    if not part.size:
        return 0.0
    loose = cv2.dilate(part, np.ones((5, 1), np.uint8))
    return float(np.quantile(loose, 0.25, axis=1).max())


def frames(light: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Lines (h, w) bool around the eyes that are neither lids nor brows."""
    lines = [line_contrast(light * sign, axis) for sign in (1, -1) for axis in (0, 1)]
    found = np.max(lines, axis=0) > MIN_LINE
    own = np.zeros(light.shape, np.uint8)
    for outline, grow in (*((eye, 15) for eye in EYES), *((brow, 7) for brow in BROWS)):
        polygon = np.zeros_like(own)
        cv2.fillPoly(polygon, [np.round(points[list(outline)]).astype(np.int32)], 1)
        np.maximum(own, cv2.dilate(polygon, np.ones((grow, grow), np.uint8)), out=own)
    found &= own == 0
    zone = np.zeros_like(own)
    for x, y in (RIGHT_EYE, LEFT_EYE):
        cv2.ellipse(zone, (int(x), int(y) + LENS_DROP_PX), LENS_PX, 0, 0, 360, 1, -1)
    column, row = points[list(NOSE_BRIDGE)].mean(0).astype(int).tolist()
    cv2.rectangle(zone, (column - 24, row - 16), (column + 24, row + 18), 1, -1)
    found &= zone > 0
    joined = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, parts, stats, _ = cv2.connectedComponentsWithStats(joined)
    large = stats[:, cv2.CC_STAT_AREA] >= MIN_PIECE_PX
    large[0] = False
    kept = large[parts.astype(np.int32)].astype(np.uint8)
    return cv2.dilate(kept, np.ones((3, 3), np.uint8)) > 0


def dark_lenses(grey: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Lenses (h, w) bool behind which the eyes cannot be seen."""
    height, width = grey.shape
    at = np.clip(points[list(CHEEKS)].astype(int), 0, (width - 1, height - 1))
    cheek = float(np.median(grey[at[:, 1], at[:, 0]]))
    dark = grey < DARK_LENS * cheek
    lenses = np.zeros(grey.shape, bool)
    for x, y in (RIGHT_EYE, LEFT_EYE):
        here = dark[int(y) - 8 : int(y) + 16, int(x) - 18 : int(x) + 19]
        if here.mean() < DARK_SHARE:
            return np.zeros(grey.shape, bool)
    _, parts = cv2.connectedComponents(dark.astype(np.uint8), connectivity=4)
    for x, y in (RIGHT_EYE, LEFT_EYE):
        lenses |= (parts == parts[int(y), int(x)]) & dark
    lenses[: int(RIGHT_EYE[1] - 30)] = False
    lenses[int(RIGHT_EYE[1] + 48) :] = False
    return cv2.morphologyEx(lenses.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15))) > 0


def _on_pixels(matrix: np.ndarray) -> np.ndarray:
    """The same map for OpenCV, whose first pixel has its centre at (0, 0)."""
    half = np.full(2, 0.5)
    return np.c_[matrix[:, :2], matrix[:, 2] + matrix[:, :2] @ half - half]
