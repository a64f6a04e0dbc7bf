import cv2
import numpy as np

from pipeline.portrait.drawn_person import with_drawn_person
from tests.pipeline.portrait.imported import imported, landmarks, pixels


def test_a_person_the_network_has_seen_is_left_alone():
    seen = imported().layers.matte.astype(np.float32) / 255
    assert with_drawn_person(pixels(), seen, landmarks()) is seen


def test_a_person_the_network_missed_is_found_by_colour():
    """Leon drawn with three flat colours before a plain wall."""
    matte = imported().layers.matte > 127
    drawing = np.full((768, 512, 3), (240, 235, 220), np.uint8)
    drawing[matte] = (40, 60, 120)
    chin = round(float(landmarks().points[152, 1]))
    drawing[:chin][matte[:chin]] = (230, 180, 150)
    found = with_drawn_person(drawing, np.zeros((768, 512), np.float32), landmarks())
    near = cv2.dilate(matte.astype(np.uint8), np.ones((9, 9))) != cv2.erode(
        matte.astype(np.uint8), np.ones((9, 9))
    )
    wrong = (found > 0.5) != matte
    assert wrong[~near].mean() < 0.01
