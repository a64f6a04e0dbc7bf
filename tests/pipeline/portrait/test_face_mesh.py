from dataclasses import replace

import numpy as np
import pytest

from tests.pipeline.portrait.tracked import NAMES, apart_px, picture, reference, trackers


@pytest.mark.parametrize("name", NAMES)
def test_landmarks_are_those_of_the_original(name):
    (face,) = trackers().faces(picture(name))
    found = trackers().face_landmarks(picture(name), face)
    expected = reference(name, "face")
    assert found.points.dtype == np.float32
    assert found.score > 0.99
    apart = apart_px(found.points, expected)
    assert apart.mean() < 0.8
    assert np.percentile(apart, 95) < 1.2
    assert apart[468:].max() < 1.0
    assert np.abs(found.points[:, 2] - expected[:, 2]).mean() < 1.0


def test_a_mirrored_picture_has_mirrored_irises():
    pixels = picture("amara")
    mirrored = np.ascontiguousarray(pixels[:, ::-1])
    straight, turned = (
        trackers().face_landmarks(each, trackers().faces(each)[0]) for each in (pixels, mirrored)
    )
    back = turned.points[[473, 468], :2] * (-1, 1) + (pixels.shape[1], 0)
    assert np.abs((straight.points[[468, 473], :2] - back).mean(0)).max() < 0.5


def test_a_rough_box_is_good_enough():
    pixels = picture("maya")
    (face,) = trackers().faces(pixels)
    rough = replace(face, left_px=face.left_px + 15, top_px=face.top_px - 12)
    expected = trackers().face_landmarks(pixels, face)
    found = trackers().face_landmarks(pixels, rough)
    assert apart_px(found.points, expected.points).mean() < 0.7


def test_the_next_frame_is_followed_from_the_one_before():
    pixels = picture("maya")
    before = trackers().face_landmarks(pixels, trackers().faces(pixels)[0])
    shift = np.roll(pixels, (6, -9), (0, 1))
    after = trackers().face_landmarks(shift, before)
    assert apart_px(after.points, before.points[:, :2] + (-9, 6)).mean() < 1.3


def test_a_wall_is_hardly_a_face():
    wall = np.full((400, 400, 3), 120, np.uint8)
    face = trackers().faces(picture("amara"))[0]
    assert trackers().face_landmarks(wall, face).score < 0.5
