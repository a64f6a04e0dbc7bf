import numpy as np
import pytest

from training.people.hair_texture import COATS, LOCKS, coat_uv, hair_texture, is_hair_texture
from training.people.scalp import MIDLINE_V, lip_distance


def alpha_at(name: str, u: float, from_midline: float) -> float:
    """Alpha of a coat at a place of the body's layout, averaged over some millimetres."""
    pixels = hair_texture(name)
    across, up = coat_uv(np.array([u, MIDLINE_V + from_midline]))
    row, column = (1 - up) * pixels.shape[0], across * pixels.shape[1]
    around = pixels[int(row) - 6 : int(row) + 7, int(column) - 6 : int(column) + 7, 3]
    return float(around.mean()) / 255


@pytest.mark.parametrize("name", [*COATS, *LOCKS])
def test_a_painted_texture_is_an_rgba_picture_neither_black_nor_white(name):
    pixels = hair_texture(name)
    assert pixels.dtype == np.uint8
    assert pixels.shape[2] == 4
    covered = pixels[pixels[..., 3] > 128][:, 0]
    assert 40 < covered.mean() < 160
    assert is_hair_texture(name)


def test_other_textures_are_not_painted():
    assert not is_hair_texture("long01_diffuse")


def test_the_scalp_is_covered_and_ends_softly_at_the_forehead():
    covers = [alpha_at("coat_scalp", u, 0.01) for u in (0.74, 0.755, 0.761, 0.80)]
    assert covers[0] > 0.9
    assert covers == sorted(covers, reverse=True)
    assert 0.1 < covers[2] < 0.7
    assert covers[3] == 0


def test_a_buzz_cut_lets_the_skin_through():
    assert 0.6 < alpha_at("coat_buzz", 0.70, 0.02) < alpha_at("coat_scalp", 0.70, 0.02)


@pytest.mark.parametrize("name", [name for name, coat in COATS.items() if coat.beard])
def test_beards_leave_the_lips_bare(name):
    for u, aside in ((0.905, 0.0), (0.918, 0.0), (0.911, 0.012)):
        assert lip_distance(np.array([[u, aside]]))[0] < 0
        assert alpha_at(name, u, aside) < 0.25


def test_a_goatee_spares_the_cheeks_and_a_beard_does_not():
    assert alpha_at("coat_goatee", 0.93, 0.07) == 0
    assert alpha_at("coat_beard", 0.93, 0.07) > 0.6


def test_locks_end_in_single_hairs():
    alpha = hair_texture("locks")[..., 3] / 255
    assert alpha[100:200].mean() > 1.5 * alpha[-60:].mean()
