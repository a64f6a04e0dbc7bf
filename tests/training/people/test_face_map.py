import numpy as np
import pytest

from training.people.face_map import LOWER_LID, SMILE_FOLD, UPPER_LID, face_maps, landmark_places

MOUTH_MIDDLE, BETWEEN_BROWS, FOREHEAD_TOP, CHEEK = 13, 9, 10, 205


def at(channel: np.ndarray, place: np.ndarray, reach: int = 6) -> int:
    column, row = place.astype(int)
    return int(channel[row - reach : row + reach + 1, column - reach : column + reach + 1].max())


def test_the_whole_face_lies_on_the_maps():
    places = landmark_places()
    inner = places[[FOREHEAD_TOP, 152, 61, 291, 33, 263]]
    assert inner.min() > 60
    assert inner.max() < 1024 - 60


def test_lips_lids_and_folds_are_where_their_landmarks_are():
    furrows, paint = face_maps()
    places = landmark_places()
    assert at(paint[..., 0], places[MOUTH_MIDDLE]) == 255
    assert at(paint[..., 1], places[UPPER_LID[0][4]]) > 100
    assert at(furrows[..., 3], places[SMILE_FOLD[1][2]]) > 100
    assert at(furrows[..., 0], 0.5 * (places[FOREHEAD_TOP] + places[BETWEEN_BROWS]), 20) > 100
    assert at(paint[..., 3], places[CHEEK]) > 200


@pytest.mark.parametrize("channel", range(4))
def test_both_sides_fold_about_alike(channel):
    furrows, _ = face_maps()
    middle = int(landmark_places()[BETWEEN_BROWS, 0])
    right, left = (x[..., channel].astype(float) for x in np.split(furrows, [middle], axis=1))
    assert left.sum() == pytest.approx(right.sum(), rel=0.35)


def test_no_make_up_runs_into_the_eyes_or_over_the_cheeks():
    _, paint = face_maps()
    places = landmark_places()
    for lower in LOWER_LID:
        assert at(paint[..., 2], places[lower[4]], 2) < 60
    assert paint[..., :3].astype(int).max(2).mean() < 25


def test_maps_are_shared_and_not_to_be_written():
    with pytest.raises(ValueError, match="read-only"):
        face_maps()[0][0, 0, 0] = 1
