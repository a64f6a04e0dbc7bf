from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.errors import AvatarError
from pipeline.portrait.face_choice import ChosenFace
from pipeline.portrait.framing import Face, Framed
from pipeline.portrait.landmarks import BodyPoint, FaceLandmarks, HandLandmarks
from pipeline.portrait.quality import (
    FACE_OVAL,
    Evidence,
    refuse_profile,
    report,
    yaw_deg,
)
from tests.pipeline.portrait.imported import as_picture, imported, landmarks, moved, pixels
from tests.pipeline.portrait.tracked import trackers

IDENTITY = np.array([[1.0, 0, 0], [0, 1, 0]])


@pytest.fixture(scope="module")
def good():
    """Leon as he is: nothing to be said against."""
    chosen = ChosenFace(landmarks(), trackers().faces(pixels())[0])
    framed = Framed(pixels(), None, np.ones((768, 512), bool), IDENTITY)
    person = imported().layers.matte.astype(np.float32) / 255
    body = trackers().body_landmarks(pixels(), chosen.box)
    return Evidence(as_picture(pixels()), chosen, framed, landmarks(), body, (), person)


def codes(evidence):
    findings = report(evidence)
    for finding in findings:
        for words in (finding.sentence, finding.advice):
            assert words.endswith(".")
            assert words[0].isupper()
    return {finding.code for finding in findings}


def with_pixels(evidence, array):
    return replace(evidence, framed=replace(evidence.framed, pixels=array))


def with_points(evidence, change):
    points = evidence.face.points.copy()
    change(points)
    return replace(evidence, face=FaceLandmarks(points, 1.0))


def test_a_good_picture_has_no_findings(good):
    assert codes(good) == set()


def test_what_the_whole_import_finds_of_a_gallery_portrait_is_nothing():
    assert imported().findings == ()


@pytest.mark.parametrize(("sigma_px", "expected"), [(0.4, False), (4.0, True)])
def test_blur_is_told(good, sigma_px, expected):
    blurred = cv2.GaussianBlur(pixels(), (0, 0), sigma_px)
    assert ("blurred" in codes(with_pixels(good, blurred))) == expected


def test_too_little_and_too_much_light_is_told(good):
    assert codes(with_pixels(good, pixels() // 5)) == {"too_dark"}
    assert "too_bright" in codes(with_pixels(good, 255 - (255 - pixels()) // 12))


def test_a_small_face_is_told_in_pixels_of_the_file(good):
    small = replace(good.chosen, landmarks=moved(IDENTITY * 0.4))
    assert codes(replace(good, chosen=small)) == {"too_small"}
    reduced = replace(good.picture, scale=0.3)
    assert codes(replace(good, chosen=small, picture=reduced)) == set()


def turned_to_side(points, angle_deg):
    angle = np.radians(angle_deg)
    x, z = points[:, 0] - points[1, 0], points[:, 2].copy()
    points[:, 0] = points[1, 0] + x * np.cos(angle) + z * np.sin(angle)
    points[:, 2] = z * np.cos(angle) - x * np.sin(angle)


@pytest.mark.parametrize("angle_deg", [-45, 45])
def test_a_turned_face_is_told_with_its_angle(good, angle_deg):
    evidence = with_points(good, lambda points: turned_to_side(points, angle_deg))
    assert yaw_deg(evidence.face) == pytest.approx(45, abs=4)
    assert "turned" in codes(evidence)
    refuse_profile(evidence.face)


def test_a_profile_is_refused(good):
    evidence = with_points(good, lambda points: turned_to_side(points, 75))
    with pytest.raises(AvatarError, match="from the side"):
        refuse_profile(evidence.face)


def test_an_open_mouth_is_told(good):
    def drop(points):
        points[14, 1] += 20

    assert codes(with_points(good, drop)) == {"open_mouth"}


def test_closed_eyes_are_told(good):
    def shut(points):
        points[[159, 386]] = points[[145, 374]]

    assert codes(with_points(good, shut)) == {"closed_eyes"}


def test_dark_glasses_are_told(good):
    dark = pixels().copy()
    eyes = landmarks().points[[468, 473], :2].round().astype(int)
    for column, row in eyes:
        cv2.ellipse(dark, (int(column), int(row)), (30, 22), 0, 0, 360, (15, 15, 18), -1)
    assert "hidden_eyes" in codes(with_pixels(good, dark))


@pytest.mark.parametrize("colour", [(225, 235, 240), (25, 25, 28)])
def test_a_mask_is_told(good, colour):
    masked = pixels().copy()
    lower = landmarks().points[list(FACE_OVAL), :2]
    lower = lower[lower[:, 1] > landmarks().points[1, 1]]
    cv2.fillPoly(masked, [cv2.convexHull(lower.round().astype(np.int32))], colour)
    assert "covered_mouth" in codes(with_pixels(good, masked))


def test_a_mouth_in_the_shade_is_no_mask(good):
    shaded = pixels().astype(np.float32)
    lips = landmarks().points[[13, 14], 1].mean()
    rows = np.arange(768)[:, None, None] + 0.5
    shaded *= 1 - 0.6 * np.clip((rows - lips + 40) / 20, 0, 1)
    shaded = cv2.bilateralFilter(shaded.astype(np.uint8), 9, 60, 9)
    assert "covered_mouth" not in codes(with_pixels(good, shaded))


def test_a_hand_at_the_mouth_is_told_and_one_elsewhere_is_not(good):
    mouth = landmarks().points[13]
    near = HandLandmarks(np.tile(mouth, (21, 1)) + np.arange(21)[:, None], True, 0.9)
    away = HandLandmarks(near.points + np.array([150, 200, 0]), True, 0.9)
    assert codes(replace(good, hands=(near,))) == {"covered_mouth"}
    assert codes(replace(good, hands=(away,))) == set()


def test_a_head_cut_off_is_told(good):
    known = np.ones((768, 512), bool)
    known[: int(Face.of(landmarks()).centre[1] - 1.2 * Face.of(landmarks()).eyes_px)] = False
    assert codes(replace(good, framed=replace(good.framed, known=known))) == {"head_cut"}
    known[:] = True
    known[:20] = False
    assert codes(replace(good, framed=replace(good.framed, known=known))) == set()


def test_missing_shoulders_are_told(good):
    known = np.ones((768, 512), bool)
    known[int(good.body.points[BodyPoint.LEFT_SHOULDER, 1] - 30) :] = False
    assert codes(replace(good, framed=replace(good.framed, known=known))) == {"no_shoulders"}
    assert codes(replace(good, body=None)) == {"no_shoulders"}


@pytest.mark.parametrize(
    ("angle_deg", "expected"), [(30, True), (4, False), (90, False), (180, False)]
)
def test_a_head_that_had_to_be_straightened_is_told(good, angle_deg, expected):
    angle = np.radians(angle_deg)
    matrix = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0]])
    evidence = replace(good, framed=replace(good.framed, matrix=matrix))
    assert ("tilted" in codes(evidence)) == expected


def test_several_faces_a_first_frame_and_points_by_hand_are_told(good):
    chosen = replace(good.chosen, number=2, count=3, by_hand=True)
    evidence = replace(good, chosen=chosen, picture=replace(good.picture, animated=True))
    assert codes(evidence) == {"several_faces", "animated", "points_used"}
    (several,) = [found for found in report(evidence) if found.code == "several_faces"]
    assert "3 faces; number 2 from the left" in several.sentence
    assert set(several.as_json()) == {"code", "sentence", "advice"}
