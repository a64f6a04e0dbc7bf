import numpy as np
import pytest

from bench.motion.natural import CHANNELS, MEASURES, distances, diversity, periodicity
from tests.bench.motion.motions import tracks, wandering


def person(seed, size=1.0, hands=1.0):
    moving = wandering(1200, 11, seed)
    return tracks(
        1200,
        head_deg=size * moving[:, :3],
        gaze_deg=size * moving[:, 3:5],
        wrists_m=0.1 * hands * moving[:, 5:].reshape(-1, 2, 3),
    )


@pytest.mark.parametrize("name", list(MEASURES))
def test_the_teacher_s_own_motion_is_at_no_distance(name):
    same = {"calm": [person(1)], "lively": [person(2, 3.0)]}
    found = distances(MEASURES[name], same, same, same)
    assert found["share"] == found["mean_of_styles"] == found["floor"] == 0.0


def test_motion_twice_as_large_is_at_the_distance_of_the_mean():
    own, teacher = {"calm": [person(1, 2.0, 0.5)]}, {"calm": [person(1)]}
    for name in ("head_speed", "head_jerk", "head_range"):
        assert distances(MEASURES[name], own, teacher, teacher)["share"] == pytest.approx(
            1.0, abs=0.01
        )
    found = distances(MEASURES["hand_speed"], own, teacher, teacher)
    assert found["share"] == pytest.approx(0.5, abs=0.01)
    assert found["mean"] == pytest.approx(0.5 * found["teacher_mean"], rel=0.01)


def test_styles_that_are_exchanged_show_only_in_the_mean_of_styles():
    calm, lively = [person(1)], [person(2, 3.0)]
    teacher = {"calm": calm, "lively": lively}
    found = distances(MEASURES["head_speed"], {"calm": lively, "lively": calm}, teacher, teacher)
    assert found["share"] == 0.0
    assert found["mean_of_styles"] > 0.6


@pytest.mark.parametrize("name", list(CHANNELS))
def test_seeds_that_move_alike_have_no_diversity(name):
    first, second = {"calm": [person(1)]}, {"calm": [person(2)]}
    assert diversity(CHANNELS[name], (first, first), (first, second))["share"] == 0.0
    assert diversity(CHANNELS[name], (first, second), (first, second))["share"] == 1.0


def test_seeds_half_as_far_apart_have_half_the_diversity():
    first, second = {"calm": [person(1)]}, {"calm": [person(2)]}
    small = {"calm": [person(1, 0.5)]}, {"calm": [person(2, 0.5)]}
    found = diversity(CHANNELS["head"], small, (first, second))
    assert found["share"] == pytest.approx(0.5, abs=1e-3)


def test_one_nod_every_three_seconds_is_periodic():
    pitch = np.zeros((1200, 3))
    pitch[:, 1] = np.maximum(np.sin(2 * np.pi * np.arange(1200) / 90), 0)
    rhythm = periodicity([tracks(1200, head_deg=pitch)])
    assert rhythm["largest"] > 0.9
    free = periodicity([person(seed) for seed in range(6)])
    assert free["of_mean"] < 0.15
    assert free["share_over_0.4"] == 0.0
