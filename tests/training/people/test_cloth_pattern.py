import numpy as np
import pytest

from training.people.cloth_pattern import (
    KINDS,
    SHARP_M,
    Pattern,
    figure_share,
    sleeve_or_trunk,
    texels_m,
)

GRID_M = np.linspace(-0.2, 0.2, 801)
ACROSS, UP = np.meshgrid(GRID_M, GRID_M)


def share(kind: str, period_m: float = 0.04, width: float = 0.4) -> np.ndarray:
    pattern = Pattern(kind, (0.1, 0.1, 0.1), (0.6, 0.6, 0.6), period_m, width)
    return figure_share(pattern, ACROSS, UP, 0.001)


@pytest.mark.parametrize("kind", KINDS)
def test_the_figure_never_leaves_its_range(kind):
    ink = share(kind)
    assert 0 <= ink.min() < ink.max() <= 1


def test_hoops_run_around_and_pinstripes_up():
    assert np.ptp(share("hoops"), axis=1).max() == 0
    assert np.ptp(share("pinstripes"), axis=0).max() == 0


@pytest.mark.parametrize("kind", ["hoops", "pinstripes", "checks"])
def test_the_figure_takes_its_share_of_the_cloth(kind):
    assert share(kind, width=0.4).mean() == pytest.approx(0.4, abs=0.02)


def test_dots_are_as_large_as_said_and_staggered():
    ink = share("dots", period_m=0.04, width=0.5)
    assert ink.mean() == pytest.approx(np.pi * 0.25**2, abs=0.02)


def test_an_unknown_pattern_is_named():
    with pytest.raises(ValueError, match="paisley"):
        share("paisley")


def test_a_print_changes_from_trunk_to_sleeve_where_the_arm_has_half_of_the_cloth():
    trunk, left, right = (0.1, 0.2), (0.0, 0.05, 0.4), (0.05, 0.0, 0.6)
    shares = np.array([[0.4, 0.0], [0.6, 0.0], [0.0, 0.6]])
    where = np.concatenate([np.tile((*trunk, *left, *right), (3, 1)), shares], 1)
    quarter = 2 * np.pi * 0.05 / 4
    across, up = sleeve_or_trunk(where, 0.05, 2 * np.pi * 0.05 / 8).T
    assert across.tolist() == pytest.approx([0.1, 0.0, quarter])
    assert up.tolist() == [0.2, 0.4, 0.6]


@pytest.mark.parametrize("kind", ["pinstripes", "dots", "argyle"])
def test_a_print_meets_itself_around_a_sleeve(kind):
    turn = np.linspace(-np.pi + 1e-9, np.pi - 1e-9, 721)
    up = np.full_like(turn, 0.013)
    arm = np.stack([0.04 * np.sin(turn), 0.04 * np.cos(turn), up], 1)
    ones, none = np.ones((len(turn), 1)), np.zeros((len(turn), 1))
    where = np.concatenate([arm[:, :2], arm, 0 * arm, ones, none], 1)
    pattern = Pattern(kind, (0.1, 0.1, 0.1), (0.6, 0.6, 0.6), 0.021, 0.4)
    across, round_up = sleeve_or_trunk(where, 0.05, 0.021).T
    ink = figure_share(pattern, across, round_up, 0.002)
    assert ink[0] == pytest.approx(ink[-1], abs=1e-3)
    assert np.abs(np.diff(ink)).max() < 0.3
    assert np.ptp(ink) > 0.5


def test_edges_stay_sharp_beside_a_seam():
    column, row = np.meshgrid(np.arange(12) * 0.001, np.arange(9) * 0.001)
    where = np.stack([column, row], -1)
    where[:, 6:] += 0.3
    assert np.allclose(texels_m(where), SHARP_M)
