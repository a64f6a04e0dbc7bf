import cv2
import numpy as np
import pytest

from tests.pipeline.portrait.tracked import NAMES, apart_px, picture, trackers, turned


def _on_wall(*people: tuple[str, float, int, int]) -> np.ndarray:
    wall = np.full((900, 1200, 3), 110, np.uint8)
    for name, scale, left, top in people:
        small = cv2.resize(picture(name), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        wall[top : top + small.shape[0], left : left + small.shape[1]] = small
    return wall


@pytest.mark.parametrize("name", NAMES)
def test_the_one_face_of_a_portrait_is_found(name):
    (face,) = trackers().faces(picture(name))
    assert face.score > 0.9
    assert 130 < face.width_px < 190
    right_eye, left_eye, nose, mouth, right_ear, left_ear = face.points
    assert right_ear[0] < right_eye[0] < nose[0] < left_eye[0] < left_ear[0]
    assert right_eye[1] < nose[1] < mouth[1]


def test_all_faces_of_a_group_are_listed_best_first():
    faces = trackers().faces(
        _on_wall(("amara", 0.5, 20, 100), ("maya", 0.7, 300, 200), ("raised_hands", 0.4, 800, 300))
    )
    assert len(faces) == 3
    assert sorted(face.left_px // 300 for face in faces) == [0, 1, 2]
    assert [face.score for face in faces] == sorted((face.score for face in faces), reverse=True)


@pytest.mark.parametrize("scale", [0.15, 0.3])
def test_a_face_far_off_is_found(scale):
    (face,) = trackers().faces(_on_wall(("amara", scale, 500, 400)))
    (near,) = trackers().faces(picture("amara"))
    assert face.width_px == pytest.approx(scale * near.width_px, rel=0.12)
    assert face.left_px == pytest.approx(500 + scale * near.left_px, abs=4)


@pytest.mark.parametrize("angle_deg", [-35, 60, 90, 135, 180, -90])
def test_landmarks_turn_with_the_picture(angle_deg):
    pixels = picture("maya")
    (upright,) = trackers().faces(pixels)
    expected = trackers().face_landmarks(pixels, upright)
    lying, matrix = turned(pixels, angle_deg)
    (face,) = trackers().faces(lying)
    found = trackers().face_landmarks(lying, face)
    moved = expected.points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    assert apart_px(found.points, moved).mean() < 0.02 * expected.inter_ocular_px


def test_no_face_is_seen_where_there_is_none():
    random = np.random.default_rng(3)
    noise = random.integers(0, 256, (300, 400, 3), np.uint8)
    stripes = np.zeros((300, 400, 3), np.uint8)
    stripes[:, ::16] = 255
    body = picture("raised_hands")[330:]
    for pixels in (noise, cv2.GaussianBlur(noise, (0, 0), 6), stripes, body):
        assert trackers().faces(pixels) == []
