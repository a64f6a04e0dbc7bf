import numpy as np
import pytest

from pipeline.errors import AvatarError
from pipeline.portrait.face_choice import choose_face
from pipeline.portrait.manual_points import ManualPoints
from tests.pipeline.portrait.imported import as_picture, landmarks, pixels
from tests.pipeline.portrait.tracked import trackers

PLACES = (468, 473, 61, 291)


def drawn():
    """A face of four blots that no tracker knows."""
    canvas = np.full((600, 500, 3), 235, np.uint8)
    for x, y in ((180, 250), (320, 250), (200, 420), (300, 420)):
        canvas[y - 8 : y + 8, x - 8 : x + 8] = 30
    return as_picture(canvas)


DRAWN = ManualPoints.parse("180,250 320,250 200,420 300,420")


def test_a_usual_face_is_laid_through_the_points():
    face = DRAWN.landmarks(drawn())
    assert face.points.shape == (478, 3)
    np.testing.assert_allclose(face.points[[468, 473], :2], [[180, 250], [320, 250]], atol=2)
    np.testing.assert_allclose(face.points[[61, 291], :2], [[200, 420], [300, 420]], atol=3)
    chin, forehead = face.points[152], face.points[10]
    assert chin[1] > 440
    assert forehead[1] < 200
    assert face.points[1, 2] < face.points[234, 2], "the nose is nearer than the ear"


def test_swapped_sides_do_not_matter():
    swapped = ManualPoints.parse("320,250;180,250;300,420;200,420")
    np.testing.assert_array_equal(
        swapped.landmarks(drawn()).points, DRAWN.landmarks(drawn()).points
    )


def test_a_tilted_face_is_laid_tilted():
    face = ManualPoints.parse("200,200 300,300 120,320 180,380").landmarks(drawn())
    across = face.points[263, :2] - face.points[33, :2]
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(45, abs=4)


def test_the_template_and_the_trackers_face_agree():
    """On a face whose landmarks are known, four points give the others nearly."""
    found = landmarks().points
    points = ManualPoints(found[list(PLACES), :2].astype(float))
    laid = points.landmarks(as_picture(pixels())).points
    apart = np.linalg.norm(laid[:468, :2] - found[:468, :2], axis=1)
    assert np.median(apart) < 0.16 * landmarks().inter_ocular_px


def test_the_tracker_is_believed_where_it_sees_a_face_at_the_points():
    points = ManualPoints(landmarks().points[list(PLACES), :2].astype(float))
    chosen = choose_face(as_picture(pixels()), trackers(), points=points)
    assert not chosen.by_hand
    apart = np.linalg.norm(chosen.landmarks.points[:468, :2] - landmarks().points[:468, :2], axis=1)
    assert np.median(apart) < 3


def test_the_points_are_used_where_no_tracker_sees_a_face():
    blank = as_picture(np.full((600, 500, 3), 235, np.uint8))
    chosen = choose_face(blank, trackers(), points=DRAWN)
    assert chosen.by_hand
    np.testing.assert_array_equal(chosen.landmarks.points, DRAWN.landmarks(blank).points)


@pytest.mark.parametrize(
    "text", ["", "1,2", "1,2 3,4 5,6", "1,2 3,4 5,6 7,8 9,10", "a,b c,d e,f g,h"]
)
def test_other_than_four_points_are_refused(text):
    with pytest.raises(AvatarError, match="are not four points"):
        ManualPoints.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("180,250 320,250 200,420 300,9999", "outside of the picture of 500x600"),
        ("180,250 320,250 -5,420 300,420", "outside"),
        ("200,420 180,250 300,420 320,250", "do not lie like eyes and mouth"),
        ("200,420 300,420 180,250 320,250", "do not lie like eyes and mouth"),
        ("180,250 180,250 200,420 300,420", "same place"),
        ("180,250 320,250 320,252 180,252", "do not lie|same place"),
    ],
)
def test_points_that_cannot_be_a_face_are_one_sentence(text, words):
    with pytest.raises(AvatarError, match=words):
        ManualPoints.parse(text).landmarks(drawn())


def test_points_count_in_the_files_pixels_also_where_the_picture_was_reduced():
    picture = drawn()
    reduced = type(picture)(picture.pixels, None, "", scale=0.5)
    points = ManualPoints(DRAWN.points * 2)
    np.testing.assert_allclose(
        points.landmarks(reduced).points, DRAWN.landmarks(picture).points, atol=1e-3
    )
