"""Vectors and quaternions of single bones."""

import math

import numpy as np
import pytest

from pipeline.rotations import (
    UNTURNED,
    across,
    angle_about,
    cross,
    dot,
    inverse,
    product,
    rotated,
    rotation_vector,
    turn_about,
    turn_between,
    turn_of_frame,
    turn_of_rotation_vector,
    unit,
    vector,
)
from pipeline.skeleton import rotations_from_axis_angle


def random_units(count, seed=0):
    values = np.random.default_rng(seed).normal(size=(count, 3))
    return [unit(vector(row)) for row in values]


def test_a_quarter_turn_about_y_takes_z_to_x():
    turned = rotated(turn_about((0.0, 1.0, 0.0), math.pi / 2), (0.0, 0.0, 1.0))
    assert turned == pytest.approx((1.0, 0.0, 0.0))


def test_rotation_vectors_survive_the_way_to_quaternions_and_back():
    random = np.random.default_rng(1)
    for scale in (0.0, 1e-12, 1e-5, 0.3, 2.0, 3.1):
        there = vector(scale * np.array(unit(vector(random.normal(size=3)))))
        assert rotation_vector(turn_of_rotation_vector(there)) == pytest.approx(there, abs=1e-9)


def test_quaternions_turn_as_the_skeletons_matrices_do():
    for axis, arm in zip(random_units(20, 2), random_units(20, 3), strict=True):
        turn = vector(1.3 * np.array(axis))
        expected = rotations_from_axis_angle(np.array(turn)) @ np.array(arm)
        assert rotated(turn_of_rotation_vector(turn), arm) == pytest.approx(expected, abs=1e-5)


def test_a_product_turns_by_its_right_factor_first():
    p, q = turn_about((1.0, 0.0, 0.0), 0.7), turn_about((0.0, 0.0, 1.0), -1.1)
    arm = (0.2, -0.5, 0.9)
    assert rotated(product(p, q), arm) == pytest.approx(rotated(p, rotated(q, arm)))
    assert product(p, inverse(p)) == pytest.approx(UNTURNED)


def test_the_shortest_turn_takes_one_direction_to_the_other():
    for source, target in zip(random_units(50, 4), random_units(50, 5), strict=True):
        turn = turn_between(source, target)
        assert rotated(turn, source) == pytest.approx(target, abs=1e-9)
        assert math.hypot(*rotation_vector(turn)) == pytest.approx(math.acos(dot(source, target)))


def test_the_turn_of_a_frame_takes_both_directions_along():
    for a, b, c, d in zip(*(random_units(30, seed) for seed in (6, 7, 8, 9)), strict=True):
        side, new_side = across(b, a), across(d, c)
        turn = turn_of_frame(a, side, c, new_side)
        assert rotated(turn, a) == pytest.approx(c, abs=1e-9)
        assert rotated(turn, side) == pytest.approx(new_side, abs=1e-9)


def test_an_angle_about_an_axis_has_the_sign_of_the_right_hand():
    assert angle_about((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)) == math.pi / 2
    assert cross((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)) == (0.0, 0.0, 1.0)
