"""Teeth and tongue in the portrait's own light."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.mouth_tone import mouth_tone
from pipeline.source_teeth import NO_TEETH
from tests.pipeline.faces import gallery_face


@pytest.fixture(scope="module")
def face():
    return gallery_face()


def tone_for(face, skin, portrait=None):
    avatar = replace(face.avatar, skin_colour=np.array(skin, np.float32))
    if portrait is not None:
        avatar = replace(avatar, portrait=portrait)
    return mouth_tone(avatar, face.template.model, face.source, NO_TEETH)


def test_teeth_are_warm_and_brighter_than_skin(face):
    for skin in ((0.85, 0.68, 0.60), (0.45, 0.30, 0.24)):
        tone = tone_for(face, skin)
        assert tone.upper.mean() > (np.array(skin) ** 2.2).mean()
        assert tone.upper[0] > tone.upper[2]
        assert tone.upper.max() <= 1.0


def test_a_darker_exposure_dims_everything(face):
    dark = (face.avatar.portrait * 0.5).astype(np.uint8)
    bright, dim = tone_for(face, (0.8, 0.6, 0.5)), tone_for(face, (0.4, 0.3, 0.25), dark)
    for name in ("upper", "gum", "tongue", "cavity"):
        assert getattr(dim, name).mean() < getattr(bright, name).mean()


def test_a_grey_picture_gets_a_grey_mouth(face):
    tone = tone_for(face, (0.6, 0.6, 0.6))
    for colour in (tone.upper, tone.gum, tone.tongue, tone.cavity):
        assert np.ptp(colour) < 1e-6
    np.testing.assert_allclose(tone.faded(np.array([1.0, 2.0, 3.0])), 2.0)


def test_tongue_and_gums_are_red(face):
    tone = tone_for(face, (0.8, 0.62, 0.52))
    for colour in (tone.gum, tone.tongue, tone.cavity):
        assert colour[0] > 1.5 * colour[1]
