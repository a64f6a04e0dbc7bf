"""Iris and white of one eye of the portrait: found, and completed where lids hid them."""

import cv2
import numpy as np

from pipeline.pull_push import pull_push

LIMBUS_SOFTNESS_PX = 1.5
# So far into the iris the white shines through its blurred rim.
RIM_PX = 1.3
# How far the iris of the picture is looked for about that of the fit, and in which sizes.
SEARCH_PX, SEARCH_SIZES = 3, np.arange(0.60, 1.13, 0.04)
USUAL_SIZE = 0.85
# A highlight is this much brighter than the iris about it.
GLINT, GLINT_RIM = 55.0, 0.22
LEAST_WHITE_PX = 12


def find_iris(
    picture: np.ndarray, opening: np.ndarray, guess: np.ndarray, radius_px: float
) -> tuple[np.ndarray, float]:
    """Centre (2,) and radius of the iris in a crop: the circle at whose sides it brightens most.

    After Daugman (1993), at the sides only, since lids cover the rest.
    """
    light = cv2.GaussianBlur(picture.mean(2), (0, 0), 0.8)
    angle = np.concatenate([np.linspace(-0.4, 0.9, 12), np.pi - np.linspace(-0.4, 0.9, 12)])
    ray = np.stack([np.cos(angle), np.sin(angle)])
    steps = np.arange(-SEARCH_PX, SEARCH_PX + 0.1, 0.5)
    best, found = -np.inf, (guess, radius_px)
    for size in SEARCH_SIZES:
        radius = radius_px * size
        x, y = np.meshgrid(guess[0] + steps, guess[1] + steps)
        inner, outer = (
            _sampled_at(light, x, y, ray * max(radius + off, 1.0)) for off in (-1.5, 1.5)
        )
        open_there = _sampled_at(opening, x, y, ray * (radius + 1.0)) > 0.5
        rise = np.clip(outer - inner, -90, 90) * open_there
        far = (np.hypot(x - guess[0], y - guess[1]) / SEARCH_PX) ** 2
        score = rise.sum(-1) / np.maximum(open_there.sum(-1), 6) - 2.0 * far
        score = score - 30.0 * (size - USUAL_SIZE) ** 2
        index = np.unravel_index(score.argmax(), score.shape)
        if score[index] > best:
            best, found = score[index], (np.array([x[index], y[index]]), radius)
    return found


def _sampled_at(layer: np.ndarray, x: np.ndarray, y: np.ndarray, ray: np.ndarray) -> np.ndarray:
    """Values (A, B, N) of a layer (H, W) at centres (A, B) plus rays (2, N)."""
    count = ray.shape[1]
    across = (x[..., None] + ray[0]).astype(np.float32).reshape(-1, count)
    down = (y[..., None] + ray[1]).astype(np.float32).reshape(-1, count)
    return cv2.remap(layer, across, down, cv2.INTER_LINEAR).reshape(*x.shape, count)


def completed_iris(picture, clean, centre, beyond, iris_px) -> tuple[np.ndarray, np.ndarray]:
    """The whole iris (H, W, 3) without its highlight, and the highlight (H, W, 3) to be added.

    beyond (H, W): px outside the limbus
    """
    grid = np.indices(beyond.shape, np.float32)
    rows, columns = grid[0], grid[1]
    inside = beyond < -RIM_PX
    light = picture.mean(2)
    seen = inside & (clean > 0.5)
    usual = np.percentile(light[seen], 50) if seen.any() else 0.0
    open_there = cv2.dilate(clean, np.ones((3, 3), np.uint8)) > 0.5
    glint = open_there & (beyond < -GLINT_RIM * iris_px) & (light > usual + GLINT)
    glint = glint.astype(np.uint8)
    glint = cv2.dilate(glint, np.ones((3, 3), np.uint8)) > 0
    known = (clean * inside * ~glint).astype(np.float32)
    values, weight = picture * known[..., None], known.copy()
    core = cv2.erode(known, np.ones((3, 3), np.uint8))
    # Below, across, and turned half about: a hidden point shows what its mirror image shows.
    for flip_x, flip_y in ((False, True), (True, False), (True, True)):
        across = (2 * centre[0] - columns if flip_x else columns).astype(np.float32)
        down = (2 * centre[1] - rows if flip_y else rows).astype(np.float32)
        mirrored = cv2.remap(picture, across, down, cv2.INTER_LINEAR)
        there = cv2.remap(core, across, down, cv2.INTER_LINEAR) > 0.99
        fresh = there & inside & (weight < 0.5)
        values[fresh], weight[fresh] = mirrored[fresh], 1
    if not weight.any():
        return picture, np.zeros_like(picture)
    iris = pull_push(np.ascontiguousarray(values), weight)
    soft = cv2.GaussianBlur((glint & open_there).astype(np.float32), (0, 0), 0.6)
    return iris, np.maximum(picture - iris, 0) * soft[..., None]


def completed_white(picture, clean, beyond, skin: np.ndarray) -> np.ndarray:
    """The white (H, W, 3) without iris and lashes; beyond (H, W): px outside the limbus."""
    light = picture.mean(2)
    known = (clean > 0.5) & (beyond > LIMBUS_SOFTNESS_PX)
    if known.sum() < LEAST_WHITE_PX:
        # Too small an eye to tell: as bright as skin and half as coloured.
        return np.zeros_like(picture) + (skin + skin.mean()) / 2
    bright = np.percentile(light[known], 75)
    clear = known & (light > 0.72 * bright)
    filled = pull_push(np.ascontiguousarray(picture), clear.astype(np.float32))
    smooth = cv2.GaussianBlur(filled, (0, 0), 2.0)
    own = cv2.GaussianBlur(known.astype(np.float32), (0, 0), 0.7)[..., None] * known[..., None]
    return smooth + (picture - smooth) * own
