"""Teeth found between the portrait's lips."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.colour import to_linear
from pipeline.source_lips import LipContours, find_lips
from pipeline.source_teeth import NO_TEETH, find_teeth
from pipeline.template import Part
from tests.people import COLOURS
from tests.pipeline.faces import gallery_face, smiling_face

PX_PER_M = 1067.0


def teeth_of(face, portrait=None):
    avatar = face.avatar if portrait is None else replace(face.avatar, portrait=portrait)
    model = face.template.model
    lips = find_lips(avatar, LipContours.of(model, face.source.points), PX_PER_M)
    return find_teeth(avatar, model, face.source, lips), lips


@pytest.fixture(scope="module")
def smiling(tmp_path_factory):
    return smiling_face(tmp_path_factory.mktemp("smile"))


def test_closed_lips_hide_the_teeth():
    assert teeth_of(gallery_face())[0] == NO_TEETH


def test_a_smile_shows_the_upper_row_in_its_colour(smiling):
    teeth, lips = teeth_of(smiling)
    assert teeth.upper is not None
    tooth = to_linear(np.array(COLOURS[Part.UPPER_TEETH]))
    hue = teeth.upper.colour / teeth.upper.colour.mean()
    np.testing.assert_allclose(hue, tooth / tooth.mean(), atol=0.12)
    assert lips.upper.min() < teeth.upper.edge_row < lips.lower.max() + 1


def test_a_row_of_teeth_is_as_the_portrait_shows_it(smiling):
    upper = teeth_of(smiling)[0].upper
    assert upper is not None
    alpha = upper.sprite.pixels[..., 3]
    assert (alpha > 0.9).sum() > 100
    # Seen through the portrait's own pose the sprite lies on its own pixels.
    affine = upper.sprite.affine(smiling.source.points)
    np.testing.assert_allclose(affine[:, :2], np.eye(2), atol=1e-3)


def test_a_dark_open_mouth_has_none(smiling):
    _, lips = teeth_of(smiling)
    portrait = smiling.avatar.portrait.copy()
    for column in range(int(lips.mesh.x_right), int(lips.mesh.x_left)):
        along = lips.mesh.along(np.array([column + 0.5]))
        top, bottom = (np.interp(along, np.arange(len(e)), e)[0] for e in (lips.upper, lips.lower))
        portrait[int(top) - 1 : int(bottom) + 2, column] = (40, 14, 12)
    teeth, _ = teeth_of(smiling, portrait)
    assert teeth.upper is None
    assert teeth.lower is None
