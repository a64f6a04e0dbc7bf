from functools import cache

import cv2
import numpy as np
import pytest

from pipeline.portrait.framing import (
    EYE_LINES,
    EYES_PX,
    Face,
    cut_out,
    frame_portrait,
    shown_part,
    straightening,
    survey_matrix,
    transform_points,
)
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint, FaceLandmarks
from tests.pipeline.portrait.imported import as_picture, landmarks, moved, pixels
from tests.pipeline.portrait.tracked import trackers, turned

IDENTITY = np.array([[1.0, 0, 0], [0, 1, 0]])


def framed(array, face, askew_rad=0.0):
    survey = cut_out(array, survey_matrix(face, askew_rad))
    probability = trackers().person_probability(survey)
    return frame_portrait(as_picture(array), face, askew_rad, probability)


@cache
def reference():
    """Leon's own portrait, framed again."""
    return framed(pixels(), Face.of(landmarks()))


def eyes_of(result, face):
    """Place and distance of the eyes in the portrait."""
    centre = transform_points(result.matrix, face.centre[None])[0]
    return centre, face.eyes_px * np.sqrt(np.linalg.det(result.matrix[:, :2]))


def assert_well_placed(result, face):
    (column, row), eyes_px = eyes_of(result, face)
    assert EYES_PX[0] - 1e-6 <= eyes_px <= EYES_PX[-1] + 1e-6
    assert EYE_LINES[0] - 1e-6 <= row / 768 <= EYE_LINES[-1] + 1e-6
    assert abs(column / 512 - 0.5) < 0.1
    assert result.pixels.shape == (768, 512, 3)


@pytest.mark.parametrize("scale", [0.25, 1.0, 3.0])
def test_the_head_comes_out_at_the_same_place_whatever_the_pictures_size(scale):
    array = cv2.resize(pixels(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    face = Face.of(moved(IDENTITY * scale))
    result = framed(array, face)
    assert_well_placed(result, face)
    assert result.known.mean() > 0.95
    small = cv2.resize(result.pixels, (64, 96), interpolation=cv2.INTER_AREA)
    expected = cv2.resize(reference().pixels, (64, 96), interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(float) - expected).mean() < 6


@pytest.mark.parametrize("angle_deg", [25, -70, 180])
def test_a_tilted_picture_is_straightened(angle_deg):
    array, matrix = turned(pixels(), angle_deg)
    face = Face.of(moved(matrix))
    result = framed(array, face, straightening(face, None))
    assert_well_placed(result, face)
    placed = result.place(moved(matrix).points)
    across = placed[263, :2] - placed[33, :2]
    assert abs(np.degrees(np.arctan2(across[1], across[0]))) < 1.5
    seen = trackers().face_landmarks(result.pixels, FaceLandmarks(placed, 1.0))
    assert np.median(np.linalg.norm(seen.points[:468, :2] - placed[:468, :2], axis=1)) < 2.5


def test_a_slightly_tilted_head_keeps_its_posture():
    _, matrix = turned(pixels(), 5)
    assert straightening(Face.of(moved(matrix)), None) == 0


def test_where_the_shoulders_are_level_a_tilted_head_stays_tilted():
    points = np.zeros((33, 3), np.float32)
    points[BodyPoint.RIGHT_SHOULDER, :2], points[BodyPoint.LEFT_SHOULDER, :2] = (
        (50, 500),
        (450, 505),
    )
    level = BodyLandmarks(points, np.ones(33, np.float32), points, 1.0)
    unseen = BodyLandmarks(points, np.zeros(33, np.float32), points, 1.0)
    _, matrix = turned(pixels(), -15)
    face = Face.of(moved(matrix))
    assert straightening(face, level) == 0
    assert np.degrees(straightening(face, unseen)) == pytest.approx(15, abs=2)


def test_a_turned_head_is_not_taken_for_a_small_one():
    frontal = landmarks()
    angle = np.radians(30)
    points = frontal.points.copy()
    points[:, 0] = frontal.points[:, 0] * np.cos(angle) + frontal.points[:, 2] * np.sin(angle)
    points[:, 2] = frontal.points[:, 2] * np.cos(angle) - frontal.points[:, 0] * np.sin(angle)
    turned_face = Face.of(FaceLandmarks(points, 1.0))
    assert turned_face.eyes_px == pytest.approx(Face.of(frontal).eyes_px, rel=0.02)


def test_a_tight_crop_is_shown_larger_and_continued():
    crop = pixels()[40:360, 130:390]
    face = Face.of(moved(np.array([[1.0, 0, -130], [0, 1, -40]])))
    result = framed(crop, face)
    assert_well_placed(result, face)
    _, eyes_px = eyes_of(result, face)
    assert eyes_px > 90
    assert 0.3 < result.known.mean() < 0.75
    shown = transform_points(result.matrix, np.array([[130.0, 160.0]]))[0].astype(int)
    assert result.known[shown[1], shown[0]]


def test_high_hair_is_not_cut_off():
    """Leon with a block of hair that reaches one head's height above his own."""
    canvas = np.full((1100, 900, 3), 120, np.uint8)
    canvas[332:, 194:706] = pixels()
    face = Face.of(moved(np.array([[1.0, 0, 194], [0, 1, 332]])))
    survey = survey_matrix(face, 0.0)
    top = transform_points(survey, np.array([[450.0, 260.0]]))[0, 1]
    probability = np.zeros((768, 512), np.float32)
    probability[round(top) :, 180:332] = 1
    result = frame_portrait(as_picture(canvas), face, 0.0, probability)
    assert transform_points(result.matrix, np.array([[450.0, 260.0]]))[0, 1] >= 0


def test_a_cut_out_has_neither_shift_nor_aliases():
    rows, columns = np.mgrid[0:1536, 0:1024]
    smooth = np.stack([columns / 4, rows / 6, (rows + columns) / 10], -1).astype(np.uint8)
    cut = cut_out(smooth, IDENTITY * 0.5)
    expected = cv2.resize(smooth, (512, 768), interpolation=cv2.INTER_AREA)
    inner = (slice(8, -8), slice(8, -8))
    assert np.abs(cut[inner].astype(int) - expected[inner]).max() <= 1
    checks = ((rows + columns) % 2 * 255).astype(np.uint8)
    assert np.ptp(cut_out(checks, IDENTITY * 0.5)[inner]) < 60


def test_an_enlarged_picture_keeps_its_place():
    rows, columns = np.mgrid[0:192, 0:128]
    smooth = (rows + columns).astype(np.float32)
    cut = cut_out((smooth * 0.75).astype(np.uint8), IDENTITY * 4)
    expected = (((np.mgrid[0:768, 0:512].sum(0) + 1) / 4) - 1) * 0.75
    assert np.abs(cut[16:-16, 16:-16] - expected[16:-16, 16:-16]).max() < 2


def test_points_and_boxes_of_the_picture_are_found_in_the_portrait():
    result = reference()
    box = trackers().faces(pixels())[0]
    placed = result.place_box(box)
    again = trackers().faces(result.pixels)[0]
    assert abs(placed.left_px - again.left_px) < 0.1 * again.width_px
    assert placed.width_px == pytest.approx(again.width_px, rel=0.12)
    seen = trackers().face_landmarks(result.pixels, again)
    apart = np.linalg.norm(
        result.place(landmarks().points)[:468, :2] - seen.points[:468, :2], axis=1
    )
    assert np.median(apart) < 1.5


def test_the_rim_of_a_picture_does_not_count_where_it_ends_within_the_portrait():
    matrix = np.array([[1.0, 0, 20], [0, 1, 30]])
    known = shown_part((600, 900), matrix)
    rows, columns = np.nonzero(known)
    assert (columns.min(), rows.min()) == (23, 33)
    assert (columns.max(), rows.max()) == (511, 767)


def test_a_picture_that_fills_the_portrait_counts_whole():
    assert shown_part((512, 768), IDENTITY).all()
