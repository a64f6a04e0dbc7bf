"""Blinks, seen as a picture."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from pipeline.face_landmarks import LOWER_LID, UPPER_LID
from pipeline.regions import Region
from tests.pipeline.faces import Face, gallery_face, psnr

BLINK = {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}


@pytest.fixture(scope="module")
def face():
    return gallery_face()


def eye(face, margin: int):
    return face.box(UPPER_LID[0] + LOWER_LID[0], margin)


def test_eyes_at_rest_are_the_portraits_own(face):
    box = eye(face, 14)
    assert psnr(face.picture()[box], face.avatar.portrait[box]) > 45


def test_a_closed_eye_shows_no_white_and_no_iris(face):
    closed = face.picture(actions=BLINK)[eye(face, 0)].astype(int)
    saturation = np.ptp(closed, axis=2) / np.maximum(closed.max(2), 1)
    assert ((closed.min(2) > 110) & (saturation < 0.12)).mean() < 0.01


def test_a_closed_lid_has_the_tone_of_the_skin_about_it(face):
    box = eye(face, 0)
    rows = slice(box[0].start, (box[0].start + box[0].stop) // 2)
    columns = slice(box[1].start + 8, box[1].stop - 8)
    lid = np.median(face.picture(actions=BLINK)[rows, columns].reshape(-1, 3), 0)
    skin = face.avatar.skin_colour * 255
    assert lid.mean() > 0.55 * skin.mean()
    assert lid[0] > lid[1] > lid[2]


def test_closed_lids_meet_in_a_dark_line(face):
    box = eye(face, 6)
    columns = slice(box[1].start + 18, box[1].stop - 18)
    light = face.picture(actions=BLINK)[box[0], columns].astype(float).mean((1, 2))
    darkest = int(light.argmin())
    assert darkest > len(light) // 2
    assert light[darkest] < 0.85 * np.median(light)


def test_a_blink_leaves_the_brow_alone(face):
    brow = face.box((52, 53, 65, 282, 283, 295), 1)
    change = np.abs(face.picture(actions=BLINK)[brow].astype(int) - face.picture()[brow])
    assert change.mean() < 1.0


def test_a_blink_darkens_step_by_step(face):
    """No frame of a closing eye jumps."""
    box = eye(face, 8)
    frames = [
        face.picture(actions=dict.fromkeys(BLINK, value))[box].astype(float)
        for value in np.linspace(0, 1, 9)
    ]
    steps = [np.abs(b - a).mean() for a, b in pairwise(frames)]
    assert max(steps) < 20


def test_a_blink_does_not_drag_the_frame_of_glasses():
    plain = gallery_face()
    box = plain.box(UPPER_LID[0], 4)
    row = box[0].start + 1
    portrait, regions = plain.avatar.portrait.copy(), plain.avatar.regions.copy()
    frame = (slice(row, row + 3), box[1])
    portrait[frame], regions[frame] = (20, 20, 22), Region.GLASSES
    avatar = replace(plain.avatar, portrait=portrait, regions=regions)
    glasses = Face(avatar, plain.template)
    closed = glasses.picture(actions=BLINK)
    assert closed[row + 1, box[1]].max() < 60
    below = closed[row + 6 : box[0].stop + 6, box[1]]
    assert (below.max(2) < 45).mean() < 0.05
