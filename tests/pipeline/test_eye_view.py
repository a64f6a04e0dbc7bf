"""Where the eye is, and what lies before it."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.eye_view import EyeFinder
from pipeline.regions import Region
from tests.pipeline.faces import gallery_face


@pytest.fixture(scope="module")
def face():
    return gallery_face()


def finder(face, avatar=None, eye=0) -> EyeFinder:
    return EyeFinder(avatar or face.avatar, face.template.model, face.source, eye)


def test_an_eye_opens_and_shuts(face):
    eye = finder(face)
    opened = eye.find(face.field()).opening.sum()
    half = eye.find(face.field(actions={"eyeBlinkLeft": 0.5})).opening.sum()
    shut = eye.find(face.field(actions={"eyeBlinkLeft": 1.0})).opening.sum()
    assert opened > half > 10 * max(shut, 1)
    assert eye.find(face.field(actions={"eyeBlinkRight": 1.0})).opening.sum() > 0.95 * opened


def test_margins_never_cross(face):
    view = finder(face).find(face.field(actions={"eyeBlinkLeft": 1.0}))
    assert (view.upper <= view.lower + 1e-4).all()


def test_an_exact_fit_is_hardly_corrected(face):
    for eye in (0, 1):
        assert np.abs(finder(face, eye=eye)._lower_shift).max() < 1.0


def test_a_lower_lid_that_lies_lower_than_the_mesh_is_found(face):
    home = finder(face).source
    portrait = face.avatar.portrait.copy()
    # The white of the eye reaches three pixels further down.
    for index, column in enumerate(home.crop.columns.astype(int)):
        if home.reach[index] > 0.9:
            lower = round(float(home.lower[index]))
            portrait[lower - 3 : lower + 3, column] = (225, 220, 218)
            skin = face.avatar.skin_colour * 255
            portrait[lower + 3 : lower + 12, column] = skin.astype(np.uint8)
    shift = finder(face, replace(face.avatar, portrait=portrait))._lower_shift
    assert 1.5 < shift[10:-10].mean() < 4.5


def test_the_frame_of_glasses_lies_before_the_eye(face):
    home = finder(face).source
    regions = face.avatar.regions.copy()
    row = int((home.upper.min() + home.lower.max()) / 2)
    regions[row - 1 : row + 2] = Region.GLASSES
    view = finder(face, replace(face.avatar, regions=regions)).source
    assert view.opening[row - home.crop.top].max() == 0
    assert view.opening.max() > 0.9
