import shutil
from pathlib import Path

import numpy as np
import pytest

from bench.lip_alignment import Clip, called_for, lip_gap_mm, measure, score
from pipeline.model_folder import MODELS
from pipeline.names import ACTION_INDEX

CLIP = Path(__file__).parent.parent / "data" / "go_forward.flac"
VISEMES = [("sil", 0.0, 0.4), ("aa", 0.4, 0.8), ("PP", 0.8, 0.9), ("oh", 0.9, 1.3), ("sil", 1.3, 2)]


def test_motion_that_does_as_called_for_scores_full_marks():
    gap_mm = 12 * called_for(VISEMES, 60)
    result = score([Clip("one", np.zeros(48_000, np.float32), VISEMES)], [gap_mm])
    assert result.correlation == 1.0
    assert result.best_lag_frames == 0
    assert result.bilabials == 1


def test_late_motion_shows_its_lag():
    gap_mm = np.roll(12 * called_for(VISEMES, 60), 2)
    result = score([Clip("one", np.zeros(48_000, np.float32), VISEMES)], [gap_mm])
    assert result.best_lag_frames == 2


def test_a_mouth_that_stays_open_is_found_out():
    result = score([Clip("one", np.zeros(48_000, np.float32), VISEMES)], [np.linspace(4, 5, 60)])
    assert result.silent_closed == 0.0
    assert result.bilabials_closed == 0.0


def test_the_gap_is_linear_in_the_actions_and_never_negative():
    actions = np.zeros((2, 52))
    actions[0, ACTION_INDEX["jawOpen"]] = 0.5
    actions[1, ACTION_INDEX["mouthClose"]] = 0.5
    assert lip_gap_mm(actions) == pytest.approx([15.6, 0.0])


def test_the_shipped_model_follows_a_real_voice(tmp_path):
    for suffix in (".flac", ".json"):
        shutil.copy(CLIP.with_suffix(suffix), tmp_path)
    result = measure(tmp_path, MODELS, lookahead_frames=1, share=None)
    assert result.correlation > 0.5
    assert abs(result.best_lag_frames) <= 2
    assert result.silent_closed > 0.75
