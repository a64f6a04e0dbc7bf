"""Gaze, seen as a picture."""

import numpy as np
import pytest

from pipeline.face_landmarks import LOWER_LID, UPPER_LID
from tests.pipeline.faces import gallery_face


@pytest.fixture(scope="module")
def face():
    return gallery_face()


def iris_column(face, picture) -> float:
    """Mean column of the darker half of the left eye's opening."""
    opening = face.renderer._eyes[0].source
    crop = opening.crop
    eye = picture[crop.top : crop.top + crop.height, crop.left : crop.left + crop.width]
    light = eye.astype(float).mean(2)
    dark = (light < 110) * (opening.opening > 0.9)
    return float((dark * np.arange(crop.width)).sum() / dark.sum())


def test_the_iris_follows_the_gaze(face):
    ahead = iris_column(face, face.picture())
    left = iris_column(face, face.picture(gaze=(np.radians(15), 0)))
    right = iris_column(face, face.picture(gaze=(-np.radians(15), 0)))
    assert right < ahead - 1.5
    assert left > ahead + 1.5


def test_the_white_that_is_laid_bare_is_white(face):
    box = face.box(UPPER_LID[0] + LOWER_LID[0], 0)
    own = face.picture()[box].reshape(-1, 3).astype(float)
    moved = face.picture(gaze=(np.radians(15), 0))[box].reshape(-1, 3).astype(float)

    def brightest(pixels):
        pale = pixels[np.ptp(pixels, axis=1) < 30]
        return np.percentile(pale.mean(1), 80)

    assert abs(brightest(moved) - brightest(own)) < 35


def test_a_small_turn_changes_little(face):
    box = face.box(UPPER_LID[0] + LOWER_LID[0], 6)
    change = np.abs(face.picture(gaze=(np.radians(0.2), 0))[box].astype(int) - face.picture()[box])
    assert change.mean() < 2


def test_gaze_leaves_the_skin_alone(face):
    cheek = face.box((50, 280), 10)
    change = np.abs(
        face.picture(gaze=(np.radians(15), 0))[cheek].astype(int) - face.picture()[cheek]
    )
    assert change.max() <= 1
