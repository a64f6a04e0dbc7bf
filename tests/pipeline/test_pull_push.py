import numpy as np

from pipeline.pull_push import pull_push


def test_known_cells_keep_their_values():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(24, 16, 2)).astype(np.float32)
    known = (rng.random((24, 16)) < 0.3).astype(np.float32)
    filled = pull_push(values, known)
    np.testing.assert_allclose(filled[known > 0], values[known > 0], atol=1e-5)


def test_a_constant_is_extended_everywhere():
    known = np.zeros((24, 16), np.float32)
    known[3, 5] = known[20, 11] = 1
    filled = pull_push(np.full((24, 16, 1), 7, np.float32) * known[..., None], known)
    np.testing.assert_allclose(filled, 7, atol=1e-4)


def test_between_two_values_the_filling_stays_between_them():
    known = np.zeros((32, 32), np.float32)
    known[:, 0] = known[:, -1] = 1
    values = np.zeros((32, 32, 1), np.float32)
    values[:, -1] = 10
    filled = pull_push(values, known)[16, :, 0]
    assert filled.min() >= -1e-4
    assert filled.max() <= 10 + 1e-4
    assert 2 < filled[16] < 8


def test_without_any_value_the_grid_is_zero():
    filled = pull_push(np.ones((8, 8, 2), np.float32), np.zeros((8, 8), np.float32))
    assert not filled.any()


def test_a_weight_below_one_is_the_share_of_the_own_value():
    known = np.ones((16, 16), np.float32)
    known[8, 8] = 0.25
    values = np.zeros((16, 16, 2), np.float32)
    values[8, 8] = 4.0
    filled = pull_push(values, known)
    assert 0.9 < filled[8, 8, 0] < 2.0
    assert np.abs(filled[known == 1]).max() < 1e-6


def test_a_certain_weight_above_one_changes_nothing():
    known = np.zeros((16, 16), np.float32)
    known[2, 3] = known[12, 9] = 1
    values = np.random.default_rng(3).normal(size=(16, 16, 2)).astype(np.float32)
    np.testing.assert_allclose(pull_push(values, known), pull_push(values, 5 * known), atol=1e-6)


def test_beyond_the_levels_nothing_is_extended():
    known = np.zeros((64, 64), np.float32)
    known[:2, :2] = 1
    filled = pull_push(np.ones((64, 64, 2), np.float32), known, levels=2)
    assert filled[:2, :2].min() > 0.99
    assert filled[2:4, 2:4].min() > 0.1
    assert np.abs(filled[16:, 16:]).max() == 0
