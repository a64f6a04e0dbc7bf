"""A portrait driven to the pose it is in already: it should come out as it went in."""

from dataclasses import dataclass

import cv2
import numpy as np

from bench.picture_scores import psnr_db
from pipeline.portrait.landmark_model import LIDS, LIPS

# How far a network may reach around lips and lids, in inter-ocular distances, and at the person's
# outline in px: outwards as far as an import makes up what is behind the person.
AROUND = 0.12
RIM_INWARDS_PX, RIM_OUTWARDS_PX = 6, 26
# What is the same.
LARGEST_DB = 99.0


@dataclass(frozen=True, slots=True)
class SelfDrive:
    """PSNR against the portrait, at most LARGEST_DB: outside_db where nothing may be repainted;
    mouth_db, eyes_db and rim_db (the person's outline) in the places where something may."""

    outside_db: float
    mouth_db: float
    eyes_db: float
    rim_db: float


def self_drive(
    picture: np.ndarray, portrait: np.ndarray, matte: np.ndarray, points: np.ndarray
) -> SelfDrive:
    """picture, portrait (H, W, 3) uint8; matte (H, W) uint8; points (478, 3) px of the portrait's
    face as a tracker sees it."""
    masks = gates(matte, points)
    outside = ~np.any(list(masks.values()), axis=0)
    values = {
        f"{name}_db": round(min(psnr_db(picture, portrait, mask), LARGEST_DB), 2)
        for name, mask in (masks | {"outside": outside}).items()
    }
    return SelfDrive(**values)


def gates(matte: np.ndarray, points: np.ndarray) -> dict[str, np.ndarray]:
    """Masks (H, W) bool of where something may be repainted: mouth, eyes, rim."""
    between_px = float(np.linalg.norm(points[468, :2] - points[473, :2]))
    around = _disc(round(AROUND * between_px))
    eyes = [points[list(lids), :2] for lids in (LIDS[:16], LIDS[16:])]
    masks = {
        "mouth": cv2.dilate(_hulls(matte.shape, [points[list(LIPS), :2]]), around),
        "eyes": cv2.dilate(_hulls(matte.shape, eyes), around),
    }
    person = (matte > 127).astype(np.uint8)
    outer, inner = _disc(RIM_OUTWARDS_PX), _disc(RIM_INWARDS_PX)
    masks["rim"] = cv2.dilate(person, outer) - cv2.erode(person, inner)
    return {name: mask > 0 for name, mask in masks.items()}


def _hulls(size: tuple[int, ...], parts: list[np.ndarray]) -> np.ndarray:
    mask = np.zeros(size, np.uint8)
    for points in parts:
        hull = cv2.convexHull(points.astype(np.float32))[:, 0]
        cv2.fillConvexPoly(mask, np.round(hull - 0.5).astype(np.int32), 1)
    return mask


def _disc(radius_px: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius_px + 1,) * 2)
