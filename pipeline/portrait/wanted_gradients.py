"""Gradients wanted where nothing is known: straight edges go on, slopes ebb away."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.straight_edges import HALF_WIDTH_PX, PROFILE_STEP_PX, Edge
from pipeline.pull_push import pull_push

# Slopes of the blurred picture go on so far into the hole; at half of the portrait's size.
SLOPE_SIGMA_PX = 2.0
SLOPE_REACH_PX = 13.0
TAPER_PX = 4.0
FADE_PX = 40.0
# Edges that cross add up, those more parallel than this share.
PARALLEL = 0.94


@dataclass(slots=True)
class Gradients:
    """Differences wanted to the pixel on the right and to the one below, (H, W, 3) each; edge
    (H, W, 1) in [0, 1]: how much a straight edge decides them."""

    right: np.ndarray
    down: np.ndarray
    edge: np.ndarray

    def divergence(self) -> np.ndarray:
        """(H, W, 3), for `solve_poisson`."""
        field = self.right + self.down
        field[:, 1:] -= self.right[:, :-1]
        field[1:] -= self.down[:-1]
        return field

    def add(self, steps: np.ndarray, share: np.ndarray) -> None:
        """Add other differences (2, H, W, 3) with a share (2, H, W), beside straight edges."""
        self.right += steps[0] * share[0, ..., None] * (1 - self.edge)
        self.down += steps[1] * share[1, ..., None] * (1 - self.edge)


def edge_gradients(size: tuple[int, int], edges: list[Edge]) -> Gradients:
    """What straight edges ask for in a picture of the size."""
    right, down = np.zeros((2, *size, 3), np.float32)
    wanted = Gradients(right, down, np.zeros((*size, 1), np.float32))
    for family in families(edges):
        draw(family, wanted)
    return wanted


def slope_gradients(filled: np.ndarray, hole: np.ndarray) -> Gradients:
    """The slopes around the hole (H, W), going on into it and fading.

    filled (H, W, 3) float32: the picture, smooth inside the hole
    """
    known = (~hole).astype(np.float32)
    weight = cv2.GaussianBlur(known, (0, 0), SLOPE_SIGMA_PX)[..., None]
    blurred = cv2.GaussianBlur(filled * known[..., None], (0, 0), SLOPE_SIGMA_PX)
    blurred /= np.maximum(weight, 1e-3)
    sure = cv2.erode(known, np.ones((3, 3), np.uint8))
    depth = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5)
    fade = np.exp(-depth / SLOPE_REACH_PX)[..., None]
    steps = [differences(blurred, axis) for axis in (1, 0)]
    coherent = sum((step**2).sum(-1) for step in steps)
    rough = sum((differences(filled, axis) ** 2).sum(-1) for axis in (1, 0))
    rough = cv2.GaussianBlur(rough * known, (0, 0), SLOPE_SIGMA_PX) / np.maximum(
        weight[..., 0], 1e-3
    )
    # Texture has slopes everywhere that lead nowhere.
    kept = np.clip(2 * coherent / np.maximum(rough, 1e-3) - 0.3, 0, 1)[..., None]
    right, down = (pull_push(step * kept, sure) * fade for step in steps)
    return Gradients(right, down, np.zeros((*hole.shape, 1), np.float32))


def differences(values: np.ndarray, axis: int) -> np.ndarray:
    """Next pixel minus this one, zero at the far side of the picture."""
    return np.diff(values, axis=axis, append=np.take(values, [-1], axis=axis))


def families(edges: list[Edge]) -> list[list[Edge]]:
    """Edges of about the same direction together."""
    groups: list[list[Edge]] = []
    for edge in edges:
        for group in groups:
            if abs(group[0].direction @ edge.direction) > PARALLEL:
                group.append(edge)
                break
        else:
            groups.append([edge])
    return groups


def draw(family: list[Edge], wanted: Gradients) -> None:
    """Add the gradients of parallel edges."""
    height, width = wanted.edge.shape[:2]
    total = np.zeros((height, width, 1), np.float32)
    sums = np.zeros((2, height, width, 3), np.float32)
    largest = np.zeros_like(total)
    for edge in family:
        box = _box(edge, height, width)
        if box is None:
            continue
        rows, columns = box
        across, weight = _place(edge, rows, columns)
        colours = _colours(edge, across[0], across[1])
        share = weight[:-1, :-1, None]
        sums[0, rows, columns] += share * (colours[:-1, 1:] - colours[:-1, :-1])
        sums[1, rows, columns] += share * (colours[1:, :-1] - colours[:-1, :-1])
        total[rows, columns] += share
        largest[rows, columns] = np.maximum(largest[rows, columns], share)
    mean = sums / np.maximum(total, 1e-6)
    wanted.right += largest * mean[0]
    wanted.down += largest * mean[1]
    np.maximum(wanted.edge, largest, out=wanted.edge)


def _box(edge: Edge, height: int, width: int):
    ends = np.array([edge.start, edge.start + edge.length_px * edge.direction])
    low = np.floor(ends.min(0) - HALF_WIDTH_PX - 1).astype(int)
    high = np.ceil(ends.max(0) + HALF_WIDTH_PX + 1).astype(int)
    low, high = np.maximum(low, 0), np.minimum(high, [width, height])
    if (high <= low).any():
        return None
    return slice(low[1], high[1]), slice(low[0], high[0])


def _place(edge: Edge, rows: slice, columns: slice):
    """Across and along the edge, (2, h + 1, w + 1) px, and the weight (h + 1, w + 1) there."""
    y, x = np.mgrid[rows.start : rows.stop + 1, columns.start : columns.stop + 1] + 0.5
    x, y = x - edge.start[0], y - edge.start[1]
    across = x * edge.normal[0] + y * edge.normal[1]
    along = x * edge.direction[0] + y * edge.direction[1]
    weight = np.clip((HALF_WIDTH_PX - np.abs(across)) / TAPER_PX, 0, 1)
    weight *= np.clip((along + HALF_WIDTH_PX) / 2, 0, 1)
    if edge.end_profile is None:
        weight *= np.clip((edge.length_px - along) / min(FADE_PX, edge.length_px), 0, 1)
    else:
        weight *= np.clip((edge.length_px + HALF_WIDTH_PX - along) / 2, 0, 1)
    return np.stack([across, along]), weight.astype(np.float32)


def _colours(edge: Edge, across: np.ndarray, along: np.ndarray) -> np.ndarray:
    """Colours (h, w, 3) that the edge's profiles give everywhere around it."""
    position = (np.clip(across, -HALF_WIDTH_PX, HALF_WIDTH_PX) + HALF_WIDTH_PX) / PROFILE_STEP_PX
    index = np.minimum(position.astype(int), len(edge.profile) - 2)
    rest = (position - index)[..., None]

    def at(profile: np.ndarray) -> np.ndarray:
        return profile[index] * (1 - rest) + profile[index + 1] * rest

    colours = at(edge.profile)
    if edge.end_profile is not None:
        share = np.clip(along / edge.length_px, 0, 1)[..., None]
        colours = colours * (1 - share) + at(edge.end_profile) * share
    return colours.astype(np.float32)
