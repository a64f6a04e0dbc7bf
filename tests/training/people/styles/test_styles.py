import numpy as np
import pytest

pytest.importorskip("moderngl")

from tests.training.people.styles.ball import CENTRE, EYES, ball
from training.people.styles import line_art as line_art_module
from training.people.styles.style import PORTRAIT_STYLES


@pytest.fixture(scope="module")
def scene():
    return ball()


@pytest.fixture(scope="module")
def drawn(scene):
    """A picture in each style."""
    return {name: style(scene) for name, style in PORTRAIT_STYLES.items()}


@pytest.mark.parametrize("name", PORTRAIT_STYLES)
def test_a_style_draws_a_whole_frame_whose_matte_is_the_person(name, drawn, scene):
    picture = drawn[name]
    assert picture.portrait.shape == picture.background.shape == (768, 512, 3)
    person = scene.surfaces.matte > 0.5
    matte = picture.matte > 127
    assert (matte & person).sum() / (matte | person).sum() > 0.97
    # Beside the person the portrait is the background.
    away = picture.matte == 0
    beside = picture.portrait[away].astype(int) - picture.background[away]
    assert np.abs(beside).max() <= 1


@pytest.mark.parametrize("name", PORTRAIT_STYLES)
def test_a_style_keeps_eyes_dark_cheeks_light_and_light_from_its_side(name, drawn):
    grey = drawn[name].portrait.mean(-1)
    (x, y), (left, right) = EYES[0], (CENTRE[0] - 90, CENTRE[0] + 90)
    patch = lambda px, py, r=12: grey[int(py) - r : int(py) + r, int(px) - r : int(px) + r].mean()  # noqa: E731
    assert patch(x, y, 4) < patch(x, y + 45) - 40
    assert patch(left, 340) > patch(right, 340) + 8


def test_toon_has_few_colours_with_clean_edges(drawn):
    face = drawn["toon"].portrait[215:245, 150:370].reshape(-1, 3)
    colours, count = np.unique(face // 4, axis=0, return_counts=True)
    assert np.sort(count)[-2:].sum() / len(face) > 0.75
    assert len(colours) > 1


def test_toon_inks_the_outline(drawn):
    row = drawn["toon"].portrait[300].mean(-1)
    assert row[102:112].min() < 60
    assert row[130:140].min() > 110


def test_clay_sinks_in_where_two_colours_meet_and_is_pressed_everywhere(drawn):
    grey = drawn["clay"].portrait.mean(-1)
    skin = grey[330:420, 200:300]
    smooth = np.abs(np.diff(skin, axis=1))
    assert 0.05 < smooth.mean() < 6
    lit = grey[225:250, 230:290].mean()
    assert lit > 60


def test_paint_lies_in_strokes_near_the_wanted_colour_and_again_the_same(drawn, scene):
    picture = drawn["painterly"]
    wall = picture.background.astype(np.float32)
    plate = 255 * scene.background ** (1 / 2.2)
    assert np.abs(wall - plate).mean() < 12
    assert wall.std((0, 1)).min() > 2
    again = PORTRAIT_STYLES["painterly"](scene)
    np.testing.assert_array_equal(again.portrait, picture.portrait)


def test_line_art_is_ink_on_paper_and_more_of_it_in_the_shade(drawn):
    forehead = drawn["line art"].portrait[200:260].astype(np.float32)
    ink, paper = (255 * c for c in (line_art_module.INK, line_art_module.PAPER))
    way = (forehead - paper) @ (ink - paper) / np.sum((ink - paper) ** 2)
    off = forehead - paper - way[..., None] * (ink - paper)
    assert np.abs(off[:, 150:360]).max() < 30
    assert way[:, 300:350].mean() > way[:, 170:220].mean() + 0.05
