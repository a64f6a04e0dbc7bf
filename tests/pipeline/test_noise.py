"""Random numbers without state."""

import numpy as np
import pytest

from pipeline.noise import SmoothNoise, lognormal, normal, normals, uniform


def test_the_same_place_gives_the_same_number():
    assert uniform(3, 1, 77) == uniform(3, 1, 77)
    assert normal(3, 1, 77) == normal(3, 1, 77)


def test_seed_stream_and_index_each_change_the_number():
    numbers = {
        uniform(*place) for place in [(3, 1, 7), (4, 1, 7), (3, 2, 7), (3, 1, 8), (-3, 1, 7)]
    }
    assert len(numbers) == 5


def test_uniform_numbers_fill_their_range_evenly():
    numbers = np.array([uniform(1, 2, index, -2.0, 4.0) for index in range(20_000)])
    counts, _ = np.histogram(numbers, bins=10, range=(-2.0, 4.0))
    assert counts.sum() == 20_000
    assert counts.min() > 1_850
    assert abs(np.corrcoef(numbers[1:], numbers[:-1])[0, 1]) < 0.03


def test_normal_numbers_have_mean_zero_and_deviation_one():
    numbers = np.array([normal(5, 9, index) for index in range(20_000)])
    assert abs(numbers.mean()) < 0.03
    assert numbers.std() == pytest.approx(1.0, abs=0.02)


def test_lognormal_numbers_have_the_mean_asked_for():
    numbers = np.array([lognormal(5, 9, index, 3.0, 0.6) for index in range(20_000)])
    assert numbers.min() > 0.0
    assert numbers.mean() == pytest.approx(3.0, rel=0.03)


def test_smooth_noise_has_deviation_one_in_every_channel_and_independent_channels():
    noise = SmoothNoise(7, 1, (0.9, 1.0, 1.1))
    values = np.array([noise.at(0.4 * step) for step in range(4_000)])
    assert np.abs(values.mean(axis=0)).max() < 0.12
    assert values.std(axis=0) == pytest.approx(np.ones(3), abs=0.1)
    assert np.abs(np.corrcoef(values.T) - np.eye(3)).max() < 0.12


def test_smooth_noise_has_no_jumps_in_value_or_speed():
    noise = SmoothNoise(7, 1, (0.1, 0.2))
    values = np.array([noise.at(step / 300.0) for step in range(30_000)])
    speed = np.diff(values, axis=0)
    assert np.abs(speed).max() < 0.02
    assert np.abs(np.diff(speed, axis=0)).max() < 0.0005


def test_smooth_noise_does_not_repeat_itself():
    noise = SmoothNoise(7, 1, (0.1,))
    first = np.array([noise.at(step / 3.0)[0] for step in range(600)])
    for start in range(600, 6_000, 600):
        later = np.array([noise.at((start + step) / 3.0)[0] for step in range(600)])
        assert np.abs(first - later).max() > 0.5


def test_smooth_noise_of_another_seed_is_another_noise():
    one, other = SmoothNoise(1, 1, (0.1,)), SmoothNoise(2, 1, (0.1,))
    assert one.at(12.3)[0] != other.at(12.3)[0]
    assert one.at(12.3)[0] == SmoothNoise(1, 1, (0.1,)).at(12.3)[0]


def series(frames: int, seed: int = 5, stream: int = 9, count: int = 52) -> np.ndarray:
    return np.array([normals(seed, stream, frame, count) for frame in range(frames)])


def test_the_same_frame_gives_the_same_numbers():
    np.testing.assert_array_equal(normals(3, 1, 77, 52), normals(3, 1, 77, 52))
    assert normals(3, 1, 77, 52).dtype == np.float32


@pytest.mark.parametrize("place", [(4, 1, 7), (3, 2, 7), (3, 1, 8), (-3, 1, 7), (2**63, 1, 7)])
def test_seed_stream_and_frame_each_change_all_numbers(place):
    assert (normals(*place, 52) != normals(3, 1, 7, 52)).all()


@pytest.mark.parametrize("count", [1, 7, 52])
def test_there_are_as_many_as_asked_for(count):
    assert normals(1, 2, 3, count).shape == (count,)


def test_numbers_of_frames_are_normal():
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
