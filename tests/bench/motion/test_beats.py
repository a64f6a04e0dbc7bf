import numpy as np
import pytest

from bench.motion.beats import alignment, nods_s, share_found, strokes_s
from tests.bench.motion.motions import jumps_at, tracks

BEATS_S = np.array([2.0, 4.3, 5.1, 8.7, 12.2, 15.9, 17.3, 21.4, 25.0, 27.7])


def test_strokes_are_found_where_a_wrist_is_fastest():
    found = strokes_s(tracks(900, wrists_m=jumps_at(BEATS_S, 900)))
    assert found == pytest.approx(BEATS_S, abs=0.05)


def test_a_resting_hand_makes_no_stroke():
    assert len(strokes_s(tracks(300, wrists_m=0.001 * jumps_at(BEATS_S, 300)))) == 0


def test_nods_are_found_where_the_head_goes_down():
    head = np.zeros((900, 3))
    head[:, 1] = 50 * np.maximum(jumps_at(np.array([3.0, 4.0, 9.0, 10.0]), 900)[:, 0, 1], 0)
    assert nods_s(tracks(900, head_deg=head)) == pytest.approx([3.0, 9.0], abs=0.05)


def test_strokes_on_the_beat_score_fully_at_their_own_offset():
    found = alignment([(BEATS_S + 0.14, BEATS_S, 30.0)])
    assert (found.strokes, found.offset_s, found.score) == (10, 0.14, 1.0)
    assert found.chance < 0.4


def test_strokes_that_miss_the_beat_score_as_chance_does():
    strokes = np.sort(np.random.default_rng(2).uniform(0, 30, 40))
    found = alignment([(strokes, BEATS_S, 30.0)], offset_s=0.14)
    assert abs(found.score - found.chance) < 0.15


def test_a_tenth_of_a_second_off_scores_as_the_bell_says():
    assert alignment([(BEATS_S + 0.1, BEATS_S, 30.0)], 0.0).score == pytest.approx(0.607, abs=1e-3)


def test_strokes_that_were_not_found_are_told():
    assert share_found(BEATS_S, BEATS_S[:8] + 0.2) == 0.8
    assert share_found(BEATS_S, BEATS_S - 0.05) == 0.0
    assert np.isnan(share_found(np.zeros(0), BEATS_S))
