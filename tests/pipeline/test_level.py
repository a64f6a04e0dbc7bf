"""How loud sound is."""

import numpy as np
import pytest

from pipeline.level import SILENCE_DB, level_db


def test_full_scale_is_nought_and_half_of_it_six_less():
    assert level_db(np.ones(800, np.float32)) == pytest.approx((0.0, 0.0))
    assert level_db(np.full(800, -0.5, np.float32)) == pytest.approx((-6.02, -6.02), abs=0.01)


def test_the_mean_of_a_sine_is_three_below_its_peak():
    peak_db, mean_db = level_db(np.sin(np.arange(24_000) * 0.1).astype(np.float32))
    assert peak_db - mean_db == pytest.approx(3.01, abs=0.02)


def test_silence_has_a_floor():
    assert level_db(np.zeros(800, np.float32)) == (SILENCE_DB, SILENCE_DB)
