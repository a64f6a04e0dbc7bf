"""Smooth interpolation of scattered vectors."""

import numpy as np

from pipeline.portrait.thin_plate import ThinPlate

RNG = np.random.default_rng(3)
CENTRES = RNG.uniform(-0.1, 0.1, (60, 3))
VALUES = RNG.normal(size=(60, 2))


def test_without_smoothing_every_value_is_met():
    spline = ThinPlate.fit(CENTRES, VALUES, np.zeros(60))
    assert np.allclose(spline.at(CENTRES), VALUES, atol=1e-6)


def test_a_constant_stays_constant_everywhere():
    spline = ThinPlate.fit(CENTRES, np.full((60, 1), 0.7), np.full(60, 0.01))
    assert np.allclose(spline.at(RNG.uniform(-1, 1, (50, 3))), 0.7)


def test_a_point_that_is_not_trusted_does_not_pull():
    values = np.zeros((60, 1))
    values[7] = 1.0
    smoothing = np.zeros(60)
    smoothing[7] = 1e3
    at = ThinPlate.fit(CENTRES, values, smoothing).at(CENTRES)
    assert np.abs(at).max() < 0.01


def test_many_points_are_evaluated_like_few():
    spline = ThinPlate.fit(CENTRES, VALUES, np.zeros(60))
    points = RNG.uniform(-0.1, 0.1, (5000, 3))
    assert np.allclose(spline.at(points)[4990:], spline.at(points[4990:]))
