import numpy as np

from training.people.strands import POINTS, Cards, Groom, grow

ROWS = 9


def card(width_m=0.02, length_m=0.1) -> Cards:
    """A flat card in the x-y plane whose roots are at the top (v = 1)."""
    v = np.linspace(1, 0, ROWS)
    uv = np.stack([np.tile([0.0, 1.0], ROWS), np.repeat(v, 2)], 1).astype(np.float32)
    points = np.stack([uv[:, 0] * width_m, uv[:, 1] * length_m, np.zeros(2 * ROWS)], 1)
    k = np.arange(ROWS - 1) * 2
    triangles = np.concatenate([np.stack([k, k + 1, k + 3], 1), np.stack([k, k + 3, k + 2], 1)])
    normals = np.tile([0.0, 0.0, 1.0], (2 * ROWS, 1))
    return Cards(points, normals, uv, triangles, np.ones((8, 8)))


def test_a_card_carries_as_many_strands_as_it_is_wide():
    strands = grow(card(), Groom(spacing_m=0.001))
    assert abs(len(strands.points) / (2 * POINTS) - 20) <= 1


def test_strands_run_from_root_to_tip_and_stay_near_the_card():
    groom = Groom(lift_m=0.002, fray_m=0.001, flyaway=0.0)
    strands = grow(card(), groom)
    lines = strands.points.reshape(-1, POINTS, 2, 3).mean(2)
    assert (np.diff(lines[:, :, 1], axis=1) < 0).all()
    assert lines[..., 2].min() >= -1e-6
    assert lines[..., 2].max() <= groom.lift_m + 1e-6


def test_transparent_parts_of_a_card_grow_no_hair():
    bare = card()
    alpha = np.ones((8, 8))
    alpha[4:] = 0.0
    strands = grow(Cards(bare.points, bare.normals, bare.uv, bare.triangles, alpha), Groom())
    assert strands.points[:, 1].min() > 0.04


def test_the_same_seed_grows_the_same_hair():
    first, second = grow(card(), Groom(), seed=3), grow(card(), Groom(), seed=3)
    assert np.array_equal(first.points, second.points)
