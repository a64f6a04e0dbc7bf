"""The matte of a portrait: how much of each pixel is the person."""

import cv2
import numpy as np

from pipeline.portrait.background_plate import paint_structure
from pipeline.portrait.colour_samples import sample_alpha
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.matting import refine, solve_alpha
from pipeline.portrait.trimap import Trimap, draw_trimap

SHRINK = 2
DATA_WEIGHT = 0.1
LIKELY_WEIGHT = 0.003
# Alpha below and above these is noise of the solution.
CLEAR, OPAQUE = 0.03, 0.97
# Openings smaller than this share of the picture belong to the person.
PINHOLE_SHARE = 0.0012


def estimate_matte(pixels: np.ndarray, probability: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """Alpha (H, W) float32 in [0, 1] of the person.

    pixels (H, W, 3) uint8 sRGB; probability (H, W) float32 of a coarse segmentation
    """
    trimap = draw_trimap(pixels, probability, face)
    guide = pixels.astype(np.float32) / 255
    small_guide = cv2.resize(
        guide, None, fx=1 / SHRINK, fy=1 / SHRINK, interpolation=cv2.INTER_AREA
    )
    small = shrink(trimap)
    rounded = np.round(small_guide * 255).astype(np.uint8)
    scene = paint_structure(rounded, ~small.background).smooth / 255
    first, trust = sample_alpha(small_guide, small, scene)
    weight = DATA_WEIGHT * trust + LIKELY_WEIGHT
    wanted = (DATA_WEIGHT * trust * first + LIKELY_WEIGHT * small.likely) / weight
    wanted = np.where(small.unknown, wanted, first)
    alpha = solve_alpha(small_guide, small.unknown, wanted, weight)
    fine = refine(alpha, guide, small_guide)
    fine = np.clip((fine - CLEAR) / (OPAQUE - CLEAR), 0, 1)
    fine[trimap.person] = 1
    fine[trimap.background] = 0
    return without_islands(fine, trimap)


def shrink(trimap: Trimap) -> Trimap:
    """The trimap at the size of the solution; a cell is sure if all of its pixels are."""
    person, background = (
        cv2.resize(
            mask.astype(np.float32), None, fx=1 / SHRINK, fy=1 / SHRINK,
            interpolation=cv2.INTER_AREA,
        ) > 0.999
        for mask in (trimap.person, trimap.background)
    )  # fmt: skip
    hair, likely = (
        cv2.resize(values, person.shape[::-1], interpolation=cv2.INTER_AREA)
        for values in (trimap.hair, trimap.likely)
    )
    return Trimap(person, background, hair, likely)


def without_islands(alpha: np.ndarray, trimap: Trimap) -> np.ndarray:
    """Only what hangs together with the sure part of the person, without pinholes."""
    _, labels = cv2.connectedComponents((alpha > 0.15).astype(np.uint8), connectivity=8)
    labels = labels.astype(np.int32)
    kept = np.zeros(int(labels.max()) + 1, bool)
    kept[np.unique(labels[trimap.person])] = True
    kept[0] = True
    whole = np.where(kept[labels], alpha, 0)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((whole < 0.5).astype(np.uint8))
    labels = labels.astype(np.int32)
    likely = np.bincount(labels.ravel(), trimap.likely.ravel(), count)
    area = stats[:, cv2.CC_STAT_AREA]
    small = (area < PINHOLE_SHARE * alpha.size) & (likely > 0.9 * area)
    small[0] = False
    pinholes = cv2.dilate(small[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(pinholes, 1, whole).astype(np.float32)
