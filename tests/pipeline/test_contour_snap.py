"""Contours find the edge that a picture shows."""

import numpy as np
import pytest

from pipeline.contour_snap import smoothed, snapped


def ridge(rows: np.ndarray, height: int = 30) -> np.ndarray:
    """A score (H, W) that is highest at `rows`."""
    return np.exp(-0.5 * (np.arange(height)[:, None] - rows[None]) ** 2)


def test_a_contour_moves_to_the_ridge_beside_it():
    truth = 15 + 2 * np.sin(np.linspace(0, np.pi, 60))
    found = snapped(ridge(truth), np.full(60, 15.0), 3.0, 0.1)
    assert np.abs(found - truth)[10:-10].max() < 0.6


def test_it_goes_no_further_than_its_reach():
    found = snapped(ridge(np.full(40, 25.0)), np.full(40, 15.0), 2.0, 0.1)
    assert np.abs(found - 15).max() <= 2.0


def test_its_ends_stay():
    found = snapped(ridge(np.full(40, 17.0)), np.full(40, 15.0), 3.0, 0.1)
    assert abs(found[0] - 15) < 0.2
    assert abs(found[-1] - 15) < 0.2


def test_without_anything_to_see_it_keeps_its_shape():
    found = snapped(np.zeros((30, 40)), np.full(40, 15.0), 3.0, 1.0)
    assert np.ptp(np.diff(found[12:-12])) < 1e-6


def test_a_stiff_contour_ignores_a_single_column():
    score = ridge(np.full(40, 15.0))
    score[:, 20] = ridge(np.array([18.0]))[:, 0]
    found = snapped(score, np.full(40, 15.0), 4.0, 1.0)
    assert abs(found[20] - 15) < 0.6


def test_smoothing_keeps_what_is_constant():
    np.testing.assert_allclose(smoothed(np.full(20, 3.5), 2.0), 3.5, rtol=1e-6)


@pytest.mark.parametrize("sigma", [0.8, 2.0])
def test_smoothing_keeps_length_and_flattens(sigma):
    noise = np.random.default_rng(0).normal(size=50)
    result = smoothed(noise, sigma)
    assert len(result) == 50
    assert result.std() < noise.std()
