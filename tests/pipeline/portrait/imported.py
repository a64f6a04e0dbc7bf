"""Portraits of the gallery as pictures that somebody might import."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np

from pipeline.avatar import GALLERY
from pipeline.portrait.import_portrait import ImportedPortrait, import_portrait
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.picture_file import Picture
from tests.pipeline.portrait.tracked import trackers

PORTRAIT = GALLERY / "leon" / "portrait.png"


@cache
def pixels() -> np.ndarray:
    """(768, 512, 3) uint8: Leon, who does not exist."""
    return cv2.imread(str(PORTRAIT), cv2.IMREAD_COLOR_RGB)


@cache
def landmarks() -> FaceLandmarks:
    return trackers().face_landmarks(pixels(), trackers().faces(pixels())[0])


@cache
def imported() -> ImportedPortrait:
    """Leon once more, through the whole import."""
    return import_portrait(PORTRAIT, trackers=trackers())


def as_picture(array: np.ndarray, alpha: np.ndarray | None = None) -> Picture:
    return Picture(np.ascontiguousarray(array), alpha, "0" * 64)


def moved(matrix: np.ndarray, points: FaceLandmarks | None = None) -> FaceLandmarks:
    """The face where a similarity (2, 3) puts it."""
    found = points or landmarks()
    target = found.points.copy()
    target[:, :2] = found.points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    target[:, 2] *= np.sqrt(np.linalg.det(matrix[:, :2]))
    return FaceLandmarks(target, found.score)


def write(folder: Path, name: str, array: np.ndarray) -> Path:
    cv2.imwrite(str(folder / name), array[..., ::-1])
    return folder / name
