from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from pipeline.rates import FPS, SAMPLES_PER_FRAME
from tests.training.performance.utterances import spoken_shard
from training.lip_targets import MOUTH_POSES
from training.performance.mouth import play_mouth
from training.performance.score import Habits, Score

INDEX = {name: k for k, name in enumerate(MOUTH_POSES)}
PARTING = [INDEX[name] for name in ("jawOpen", "mouthFunnel", "mouthLowerDown", "mouthUpperUp",
                                    "mouthStretch", "mouthRollLower", "tongueOut")]  # fmt: skip


@pytest.fixture(scope="module")
def score():
    samples, clips = spoken_shard(40.0, seed=5)
    return Score.of_clips(samples, clips, len(samples) // SAMPLES_PER_FRAME)


def around(score, name):
    """Frames whose centre is within 20 ms of each phone of a viseme."""
    for viseme, start_s, end_s, _ in score.visemes:
        if viseme == name:
            low, high = (start_s - 0.02) * FPS - 0.5, (end_s + 0.02) * FPS - 0.5
            yield slice(int(np.ceil(low)), int(np.floor(high)) + 1)


@pytest.mark.parametrize("articulation", [0.0, 0.5, 1.0])
def test_the_lips_touch_in_every_p_b_m_for_two_frames(score, articulation):
    poses, closed = play_mouth(score, articulation)
    parted = poses[:, PARTING].max(axis=1)
    spans = list(around(score, "PP"))
    assert len(spans) > 10
    for span in spans:
        assert (parted[span] == 0.0).sum() >= 2
        assert (closed[span] == 1.0).sum() >= 2


@pytest.mark.parametrize("articulation", [0.0, 1.0])
def test_the_lower_lip_reaches_the_teeth_in_every_f_v(score, articulation):
    poses, _ = play_mouth(score, articulation)
    for span in around(score, "FF"):
        assert poses[span, INDEX["mouthRollLower"]].max() > 0.2
        at = span.start + int(poses[span, INDEX["mouthRollLower"]].argmax())
        assert poses[at, INDEX["jawOpen"]] < 0.1


def test_the_tongue_shows_in_th_alone(score):
    poses, _ = play_mouth(score, 0.5)
    shown = np.zeros(score.frames, bool)
    for span in around(score, "TH"):
        assert poses[span, INDEX["tongueOut"]].max() > 0.15
        shown[span.start - 4 : span.stop + 4] = True
    assert poses[~shown, INDEX["tongueOut"]].max() < 0.1


def test_nothing_moves_in_pauses(score):
    poses, closed = play_mouth(score, 1.0)
    pauses = [(a, b) for name, a, b, _ in score.visemes if name == "sil" and b - a > 0.1]
    for start_s, end_s in pauses:
        inside = slice(int(np.ceil(start_s * FPS - 0.5)), int(end_s * FPS - 0.5))
        assert not poses[inside].any()
        assert closed[inside].all()


def test_rounding_comes_a_tenth_of_a_second_ahead(score):
    poses, _ = play_mouth(score, 0.5)
    pucker = poses[:, INDEX["mouthPucker"]]
    kept = [v for v in score.visemes if v[0] not in ("PP", "sil")]
    ahead, far = [], []
    for before, (name, start_s, _, _) in pairwise(kept):
        if name == "ou" and before[0] in ("SS", "DD", "kk", "nn") and start_s - before[2] < 0.01:
            ahead.append(pucker[int((start_s - 0.04) * FPS)])
            far.append(pucker[int((start_s - 0.3) * FPS)])
    assert len(ahead) > 2
    assert np.mean(ahead) > max(0.1, 1.5 * np.mean(far))


def test_stress_energy_articulation_and_habits_open_the_mouth_further(score):
    jaw = INDEX["jawOpen"]
    usual = play_mouth(score, 0.5)[0][:, jaw].mean()
    assert play_mouth(score, 0.9)[0][:, jaw].mean() > 1.15 * usual
    assert play_mouth(score, 0.1)[0][:, jaw].mean() < 0.85 * usual
    wide = replace(score, habits=Habits(gain=1.2))
    assert play_mouth(wide, 0.5)[0][:, jaw].mean() > 1.1 * usual
    loud = score.energy_db + np.linspace(-6, 6, score.frames)
    swelling = play_mouth(replace(score, energy_db=loud), 0.5)[0][:, jaw]
    quarter = score.frames // 4
    plain = play_mouth(score, 0.5)[0][:, jaw]
    growth = swelling[-quarter:].mean() / swelling[:quarter].mean()
    assert growth > 1.08 * plain[-quarter:].mean() / plain[:quarter].mean()


def test_a_stretch_without_speech_has_a_shut_mouth():
    score = Score.of_clips(np.zeros(24_000, np.float32), [], 30)
    poses, closed = play_mouth(score, 0.5)
    assert not poses.any()
    assert closed.all()
