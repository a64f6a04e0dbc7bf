"""Random numbers without state."""

import numpy as np
import pytest

from pipeline.noise import normals


def series(frames: int, seed: int = 5, stream: int = 9, count: int = 52) -> np.ndarray:
    return np.array([normals(seed, stream, frame, count) for frame in range(frames)])


def test_the_same_place_gives_the_same_numbers():
    np.testing.assert_array_equal(normals(3, 1, 77, 52), normals(3, 1, 77, 52))
    assert normals(3, 1, 77, 52).dtype == np.float32


def test_a_seed_gives_what_it_has_always_given():
    expected = {
        -1: [-0.348827, -0.288376, 0.872382],
        0: [0.209995, 1.780500, -1.019042],
        15: [-1.199923, 1.006264, -0.805712],
        16: [0.078667, 1.332273, -0.567291],
    }
    for frame, values in expected.items():
        assert normals(3, 1, frame, 52)[[0, 1, 51]] == pytest.approx(values, abs=1e-5)


def test_what_was_drawn_may_be_written_to():
    first = normals(3, 1, 7, 52)
    first[:] = 0.0
    assert normals(3, 1, 7, 52).all()


@pytest.mark.parametrize("place", [(4, 1, 7), (3, 2, 7), (3, 1, 8), (-3, 1, 7), (2**63, 1, 7)])
def test_seed_stream_and_frame_each_change_all_numbers(place):
    assert (normals(*place, 52) != normals(3, 1, 7, 52)).all()


@pytest.mark.parametrize("count", [1, 7, 52])
def test_there_are_as_many_as_asked_for(count):
    assert normals(1, 2, 3, count).shape == (count,)


def test_they_are_normal():
    values = series(4_000)
    assert np.abs(values.mean(axis=0)).max() < 0.07
    assert values.std(axis=0) == pytest.approx(np.ones(52), abs=0.05)
    flat = np.sort(values.ravel())
    for share, quantile in ((0.023, -2.0), (0.159, -1.0), (0.841, 1.0), (0.977, 2.0)):
        assert flat[int(share * len(flat))] == pytest.approx(quantile, abs=0.03)
    assert 4.0 < np.abs(flat).max() < 6.5


def test_channels_and_neighbouring_frames_are_independent():
    values = series(4_000)
    assert np.abs(np.corrcoef(values.T) - np.eye(52)).max() < 0.08
    for lag in (1, 2, 30):
        products = (values[lag:] * values[:-lag]).mean(axis=0)
        assert np.abs(products).max() < 0.08


def test_neighbouring_seeds_are_independent():
    one, other = series(2_000, seed=0), series(2_000, seed=1)
    assert np.abs((one * other).mean(axis=0)).max() < 0.1
    for shift in range(1, 8):
        assert abs((one[:, shift:] * other[:, :-shift]).mean()) < 0.015


def test_an_hour_does_not_repeat_itself():
    firsts = {float(normals(1, 2, frame, 1)[0]) for frame in range(20_000)}
    assert len(firsts) > 19_900
