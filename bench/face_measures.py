"""What a face does, read off 478 landmarks alone: mouth, lids, and the turn of the head."""

from dataclasses import dataclass

import numpy as np

INNER_LIPS = ((13, 14), (82, 87), (312, 317))
LIDS = ((159, 145), (158, 153), (160, 144), (386, 374), (385, 380), (387, 373))
EYE_CORNERS = ((33, 133), (263, 362))
IRISES = (468, 473)
# Forehead, temples, corners of the eyes, nose and cheekbones: what no expression moves far.
RIGID = (
    10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 67, 297, 54, 284, 127, 356, 143, 372, 33, 133, 263, 362,
    117, 346, 119, 348, 121, 350, 129, 358, 198, 420,
)  # fmt: skip
CLOSED = 0.35
FOREHEAD, CHIN = 10, 152


@dataclass(frozen=True, slots=True)
class FaceMeasures:
    """jaw: gap of the inner lips in inter-ocular distances; blink: 1 - the lids' gap as a share
    of the neutral one; yaw, pitch, roll: radians from the neutral face, signs as FaceFrame's."""

    jaw: float
    blink: float
    yaw: float
    pitch: float
    roll: float


def measure(points: np.ndarray, neutral: np.ndarray) -> FaceMeasures:
    """points, neutral: (478, 3) px, depth away from the viewer."""
    yaw, pitch, roll = head_turn(points, neutral)
    opening = lid_gap(points) / max(lid_gap(neutral), 1e-6)
    return FaceMeasures(lip_gap(points), 1 - opening, yaw, pitch, roll)


def lip_gap(points: np.ndarray) -> float:
    """Gap of the inner lips in inter-ocular distances, however the head is turned; below zero where
    a template's lips cross."""
    down = points[CHIN] - points[FOREHEAD]
    apart = [points[lower] - points[upper] for upper, lower in INNER_LIPS]
    between = [np.linalg.norm(gap) * np.sign(gap @ down) for gap in apart]
    return float(np.mean(between)) / inter_ocular(points)


def lid_gap(points: np.ndarray) -> float:
    """Mean gap of the lids of both eyes in widths of an eye."""
    between = [np.linalg.norm(points[upper] - points[lower]) for upper, lower in LIDS]
    widths = [np.linalg.norm(points[outer] - points[inner]) for outer, inner in EYE_CORNERS]
    return float(np.mean(between) / np.mean(widths))


def inter_ocular(points: np.ndarray) -> float:
    """Distance of the irises in px."""
    return float(np.linalg.norm(points[IRISES[0]] - points[IRISES[1]]))


def head_turn(points: np.ndarray, neutral: np.ndarray) -> tuple[float, float, float]:
    """Yaw, pitch, roll in radians of the rotation that best takes the neutral face to this one.

    Orthogonal Procrustes with scale (Schoenemann 1966) on the points that stay rigid.
    """
    now, before = (np.asarray(p, float)[list(RIGID)] for p in (points, neutral))
    now, before = now - now.mean(0), before - before.mean(0)
    u, _, vt = np.linalg.svd(now.T @ before)
    rotation = u @ np.diag([1, 1, np.sign(np.linalg.det(u @ vt))]) @ vt
    # x right, y down, z away: a nose points to -z, the crown to -y.
    nose, crown = -rotation[:, 2], -rotation[:, 1]
    yaw = np.arctan2(nose[0], -nose[2])
    pitch = np.arcsin(np.clip(nose[1], -1, 1))
    level = np.array([np.cos(yaw), 0.0, np.sin(yaw)])
    roll = np.arcsin(np.clip(crown @ level, -1, 1))
    return float(yaw), float(pitch), float(roll)
