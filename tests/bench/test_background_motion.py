import cv2
import numpy as np
import pytest

from bench.background_motion import background_motion

SIZE = (256, 320)
PERSON = np.zeros(SIZE, np.float32)
PERSON[60:, 130:190] = 1


def wall(dx: float = 0.0, dy: float = 0.0) -> np.ndarray:
    """Shelves and frames before a plain wall, moved by a fraction of a pixel."""
    picture = np.full((*SIZE, 3), 120, np.uint8)
    for left, top in ((20, 20), (90, 30), (210, 15), (250, 110), (30, 130), (215, 190)):
        cv2.rectangle(picture, (left, top), (left + 30, top + 45), (60, 80, 200), -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.5)
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    return cv2.warpAffine(
        picture, matrix, SIZE[::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def test_a_still_background_does_not_move():
    found = background_motion(wall(), wall(), PERSON, PERSON)
    assert found.patches > 50
    assert found.lost == 0
    assert found.displacement_px.max() < 0.01


@pytest.mark.parametrize("shift_px", [0.3, 0.8, 2.0, 5.0])
def test_a_known_shift_is_measured(shift_px):
    found = background_motion(wall(), wall(shift_px, shift_px), PERSON, PERSON)
    # A straight edge shows its shift across only; these edges run along both axes.
    along_both = shift_px * np.array([1.0, np.sqrt(2)])
    assert np.percentile(found.displacement_px, 50) == pytest.approx(along_both[0], rel=0.25)
    assert found.displacement_px.max() < along_both[1] * 1.3 + 0.1


def test_only_the_part_that_moves_is_blamed():
    bent = wall()
    bent[:, 190:] = wall(1.5)[:, 190:]
    found = background_motion(wall(), bent, PERSON, PERSON)
    right = found.place[:, 0] > 200
    assert np.percentile(found.displacement_px[right], 80) > 1.0
    assert found.displacement_px[~right].max() < 0.1


def test_a_structure_that_vanishes_is_lost():
    blank = np.full((*SIZE, 3), 120, np.uint8)
    found = background_motion(wall(), blank, PERSON, PERSON)
    assert found.lost == found.patches > 50


def test_what_a_person_covers_in_either_frame_is_left_out():
    everywhere = np.ones(SIZE, np.float32)
    assert background_motion(wall(), wall(3), PERSON, everywhere).patches == 0


def test_a_plain_wall_gives_nothing_to_measure():
    blank = np.full((*SIZE, 3), 120, np.uint8)
    assert background_motion(blank, blank, PERSON, PERSON).patches == 0
