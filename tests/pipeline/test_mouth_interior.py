"""The mouth as a picture: closing, opening, the portrait's own teeth."""

from itertools import pairwise

import numpy as np
import pytest

from pipeline.crop import Crop
from tests.pipeline.faces import gallery_face, psnr, smiling_face

MOUTH = (61, 291, 0, 17)


@pytest.fixture(scope="module")
def closed():
    return gallery_face()


@pytest.fixture(scope="module")
def smiling(tmp_path_factory):
    return smiling_face(tmp_path_factory.mktemp("smile"))


def white(picture: np.ndarray) -> int:
    """Pixels that only teeth can have."""
    return int(((picture.min(2) > 120) & (np.ptp(picture.astype(int), axis=2) < 60)).sum())


def test_a_mouth_at_rest_is_the_portraits_own(closed):
    box = closed.box(MOUTH, 10)
    assert psnr(closed.picture()[box], closed.avatar.portrait[box]) > 45


def test_an_open_mouth_as_in_the_portrait_is_the_portraits_own(smiling):
    box = smiling.box(MOUTH, 10)
    assert psnr(smiling.as_in_portrait()[box], smiling.avatar.portrait[box]) > 45


def test_a_smile_closes_without_a_sliver_of_teeth(smiling):
    box = smiling.box((61, 291, 13, 14), 4)
    inner = (box[0], slice(box[1].start + 12, box[1].stop - 12))
    assert white(smiling.avatar.portrait[inner]) > 100
    assert white(smiling.picture()[inner]) == 0


def test_closed_lips_show_no_hole(smiling):
    box = smiling.box((61, 291, 13, 14), 2)
    inner = (box[0], slice(box[1].start + 12, box[1].stop - 12))
    skin = np.median(smiling.picture()[smiling.box((50, 280), 2)].reshape(-1, 3), 0).mean()
    assert smiling.picture()[inner].mean(2).min() > 0.15 * skin


def test_the_portraits_upper_teeth_stay_in_the_skull(smiling):
    box = smiling.box(MOUTH, 12)
    portrait = smiling.avatar.portrait[box].astype(int)
    wider = smiling.picture(
        actions={
            "jawOpen": 0.35,
            "mouthUpperUpLeft": 0.8,
            "mouthUpperUpRight": 0.8,
        }
    )[box].astype(int)
    teeth = (portrait.min(2) > 120) & (np.ptp(portrait, axis=2) < 60)
    assert teeth.sum() > 150
    same = np.abs(wider - portrait).max(2) < 25
    assert same[teeth].mean() > 0.6


def test_opening_shows_teeth_and_dark(closed):
    box = closed.box((61, 291, 13, 14), 12)
    opened = closed.picture(actions={"jawOpen": 0.4})[box]
    assert (opened.mean(2) < 70).sum() > 20
    skin = closed.avatar.skin_colour.mean() * 255
    assert (opened.mean(2) > 0.75 * skin).any()


def test_the_picture_changes_smoothly_as_lips_part(closed):
    box = closed.box(MOUTH, 10)
    frames = [
        closed.picture(actions={"jawOpen": jaw})[box].astype(float)
        for jaw in np.linspace(0, 0.12, 13)
    ]
    steps = [np.abs(b - a).mean() for a, b in pairwise(frames)]
    assert max(steps) < 3.0


def test_a_mouth_beyond_the_picture_is_no_fault(closed):
    picture = np.zeros((768, 512, 3), np.uint8)
    field = closed.field(actions={"jawOpen": 0.4})
    line = closed.renderer._lips.line(field)
    away = Crop(-500, -500, line.crop.width, line.crop.height)
    shifted = type(line)(
        away, line.upper - line.crop.top - 500, line.lower - line.crop.top - 500,
        line.x_right - line.crop.left - 500, line.x_left - line.crop.left - 500,
        line.along, line.moved,
    )  # fmt: skip
    closed.renderer._mouth.paint(picture, field, shifted)
    assert not picture.any()
