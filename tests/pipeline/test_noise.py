"""Random numbers without state."""

import numpy as np
import pytest

from pipeline.noise import SmoothNoise, lognormal, normal, uniform


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
