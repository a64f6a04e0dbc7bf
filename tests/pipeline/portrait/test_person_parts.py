import numpy as np
import pytest

from pipeline.portrait.bust import draw_bust
from pipeline.portrait.framing import Face
from pipeline.portrait.person_parts import find_parts
from tests.pipeline.portrait.imported import imported, landmarks, pixels

FACE = Face.of(landmarks())
EYES = (FACE.centre, FACE.eyes_px)


@pytest.fixture(scope="module")
def parts():
    person = imported().layers.matte.astype(np.float32) / 255
    known = np.ones((768, 512), bool)
    return find_parts(pixels(), person, known, draw_bust(*EYES), EYES)


def at(mask, right_eyes, down_eyes):
    column = round(float(EYES[0][0]) + right_eyes * EYES[1])
    row = round(float(EYES[0][1]) + down_eyes * EYES[1])
    return bool(mask[row - 3 : row + 4, column - 3 : column + 4].mean() > 0.5)


def test_cheeks_are_skin_and_neither_hair_nor_cloth(parts):
    assert at(parts.skin, -0.5, 0.7)
    assert not at(parts.hair, -0.5, 0.7)
    assert not at(parts.cloth, -0.5, 0.7)


def test_the_chest_is_cloth(parts):
    assert at(parts.cloth, 0, 3.8)
    assert not at(parts.skin, 0, 3.8)


def test_the_wall_keeps_away_from_the_person(parts):
    assert parts.wall[20:60, 10:40].all()
    assert not (parts.wall & parts.person).any()


def test_hair_and_skin_exclude_each_other(parts):
    assert parts.hair.sum() > 400
    assert not (parts.hair & parts.skin).any()
