"""The scene without the person."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.poisson import solve_poisson
from pipeline.portrait.straight_edges import Edge, find_edges
from pipeline.portrait.texture import Texture, copy_texture, texture_strength
from pipeline.portrait.wanted_gradients import Gradients, edge_gradients, slope_gradients
from pipeline.pull_push import pull_push

# Pixels with more of the person than this are replaced, and their neighbours up to this far.
MIN_ALPHA = 0.01
MARGIN_PX = 4
# Notches of the hidden part narrower than this are hidden as well.
SMOOTH_PX = 7
GRAIN_SIGMA_PX = 1.5
# Differences of so many standard deviations of the grain, and a little more, are no edges.
GRAIN_LEVELS, MIN_LEVELS = 3.0, 6.0
# Slopes go on for so many levels at most.
SLOPE_LEVELS, SLOPE_SHRINK = 24.0, 2
# Coarser than this is shade, finer is texture.
SHADE_SIGMA_PX = 14.0
EDGE_PX = 9


def paint_background(pixels: np.ndarray, matte: np.ndarray) -> np.ndarray:
    """(H, W, 3) uint8 sRGB: the picture with what is behind the person made up.

    pixels (H, W, 3) uint8; matte (H, W) float32 in [0, 1]
    """
    hole = hidden(matte)
    if hole.all():
        return np.broadcast_to(np.median(pixels.reshape(-1, 3), 0), pixels.shape).astype(np.uint8)
    structure = paint_structure(pixels, hole)
    painted = structure.smooth
    level = grain_level(pixels, hole)
    plain = shown_edges(structure.lines, hole.shape)
    texture = copy_texture(pixels, painted, hole, texture_strength(pixels, hole | plain, level))
    quiet = np.ones(hole.shape, np.float32)
    if texture is not None:
        painted = add_texture(pixels, hole, structure, texture)
        quiet = 1 - texture.strength * (texture.tile > 0)
    painted = painted + grain(level, hole.shape) * quiet[..., None]
    painted = np.where(hole[..., None], painted, pixels)
    return np.clip(np.round(painted), 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Structure:
    """smooth (H, W, 3) float32: the picture without grain, in the hole smooth but for straight
    edges; lines: those, and edges: their gradients; slopes (H, W, 3): what slopes around add."""

    smooth: np.ndarray
    edges: Gradients
    slopes: np.ndarray
    lines: list[Edge]


def paint_structure(pixels: np.ndarray, hole: np.ndarray) -> Structure:
    """Fill the hole without texture."""
    clean = clean_border(pixels, hole)
    membrane = solve_poisson(clean, hole)
    lines = find_edges(membrane, hole)
    edges = edge_gradients(hole.shape, lines)
    slopes = continued_slopes(membrane, hole)
    smooth = solve_poisson(clean, hole, edges.divergence()) + slopes
    return Structure(np.clip(smooth, 0, 255), edges, slopes, lines)


def continued_slopes(membrane: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """(H, W, 3) float32 to add in the hole, so that shades do not stop at its border."""
    size = (hole.shape[1] // SLOPE_SHRINK, hole.shape[0] // SLOPE_SHRINK)
    small = cv2.resize(membrane, size, interpolation=cv2.INTER_AREA)
    inside = cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.5
    wanted = slope_gradients(small, inside).divergence()
    added = solve_poisson(np.zeros_like(small), inside, wanted)
    # Soft, so that no edge appears where the limit is met.
    added = SLOPE_LEVELS * np.tanh(added / SLOPE_LEVELS)
    large = cv2.resize(added, hole.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return large * hole[..., None]


def add_texture(
    pixels: np.ndarray, hole: np.ndarray, structure: Structure, texture: Texture
) -> np.ndarray:
    """(H, W, 3) float32: the structure with the texture's gradients where there is any."""
    steps, valid = texture.gradients()
    structure.edges.add(steps, valid.astype(np.float32))
    solved = solve_poisson(pixels, hole, structure.edges.divergence()) + structure.slopes
    # Shades come from the structure alone; tiles that fit badly would colour whole areas.
    return solved - cv2.GaussianBlur(solved - structure.smooth, (0, 0), SHADE_SIGMA_PX)


def shown_edges(lines: list[Edge], size: tuple[int, int]) -> np.ndarray:
    """(H, W) bool: next to the visible parts of edges, where detail is no texture."""
    mask = np.zeros(size, np.uint8)
    for line in lines:
        ends = np.stack([line.start - line.seen_px * line.direction, line.start])
        first, last = np.round(ends - 0.5).astype(int).tolist()
        cv2.line(mask, first, last, 1, EDGE_PX)
    return mask > 0


def hidden(matte: np.ndarray) -> np.ndarray:
    """(H, W) bool: pixels that show the person, or might."""
    size = 2 * MARGIN_PX + 1
    around, notches = (
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (length, length))
        for length in (size, SMOOTH_PX)
    )
    shown = cv2.dilate((matte > MIN_ALPHA).astype(np.uint8), around)
    return cv2.morphologyEx(shown, cv2.MORPH_CLOSE, notches) > 0


def clean_border(pixels: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """The picture (float32) without grain, so that single pixels do not run into the hole."""
    known = (~hole).astype(np.float32)
    filled = np.clip(pull_push(pixels.astype(np.float32), known) + 0.5, 0, 255).astype(np.uint8)
    level = GRAIN_LEVELS * grain_level(pixels, hole) + MIN_LEVELS
    return cv2.bilateralFilter(filled, 5, level, GRAIN_SIGMA_PX).astype(np.float32)


def grain_level(pixels: np.ndarray, hole: np.ndarray) -> float:
    """Standard deviation of the grain in the picture's smooth places."""
    high = pixels.astype(np.float32) - cv2.GaussianBlur(pixels, (0, 0), GRAIN_SIGMA_PX)
    inner = cv2.erode((~hole).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    return float(np.median(np.abs(high[inner]))) / 0.6745 if inner.any() else 0.0


def grain(level: float, size: tuple[int, int]) -> np.ndarray:
    """(H, W, 1) float32: noise of the given standard deviation."""
    noise = np.random.default_rng(7).normal(0, 1, size).astype(np.float32)
    noise -= cv2.GaussianBlur(noise, (0, 0), GRAIN_SIGMA_PX)
    return (noise * (level / noise.std()))[..., None]
