"""From the gap of the mesh's lips to the one of the picture's."""

import numpy as np
import pytest

from pipeline.lip_opening import Opening
from pipeline.source_lips import SAMPLES, LipContours


def lips(gap: float) -> LipContours:
    half = np.full(SAMPLES, gap / 2, np.float32)
    return LipContours(100 - half, 100 + half, 50.0, 90.0)


def px(opening: Opening, gap: float) -> float:
    return float(opening.px(np.full(SAMPLES, gap))[SAMPLES // 2])


def test_an_open_portrait_is_open_as_it_shows_and_closes_at_rest():
    opening = Opening.of(lips(12.0), np.full(SAMPLES, 10.0), lips(2.0))
    assert px(opening, 12.0) == pytest.approx(10.0)
    assert px(opening, 2.0) == pytest.approx(0.0, abs=1e-6)
    assert px(opening, 1.0) == 0.0
    assert opening.home[SAMPLES // 2] == pytest.approx(10.0)


def test_beyond_the_portrait_it_opens_with_the_mesh():
    opening = Opening.of(lips(12.0), np.full(SAMPLES, 10.0), lips(2.0))
    assert px(opening, 15.0) == pytest.approx(13.0)


def test_touching_lips_of_the_mesh_count_as_touching():
    opening = Opening.of(lips(1.5), np.zeros(SAMPLES), lips(0.8))
    assert px(opening, 1.5) == pytest.approx(0.0, abs=1e-6)
    assert px(opening, 0.8) == 0.0
    assert px(opening, 6.5) == pytest.approx(5.0)


def test_it_never_closes_while_the_mesh_opens():
    opening = Opening.of(lips(9.0), np.full(SAMPLES, 14.0), lips(1.0))
    values = [px(opening, gap) for gap in np.linspace(0, 30, 61)]
    assert (np.diff(values) >= -1e-9).all()


def test_lips_parted_without_an_action_are_closed_at_rest():
    opening = Opening.of(lips(3.0), np.full(SAMPLES, 3.0), lips(3.0))
    assert px(opening, 3.0) == pytest.approx(0.0, abs=1e-6)
    # And that is a change from what the portrait shows.
    assert opening.home[SAMPLES // 2] == pytest.approx(3.0)
