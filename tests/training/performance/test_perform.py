import time
from dataclasses import fields

import numpy as np
import pytest

pytest.importorskip("soundfile")

from pipeline.arm import Arm, resting_torso
from pipeline.avatar import load_avatar
from pipeline.hand_pose import POSE_SIZE, Slot
from pipeline.motion_space import BODY_SIZE, FACE_SIZE, HANDS
from pipeline.template import load_template
from tests.training.performance.scores import talk
from training.performance.perform import perform
from training.performance.performances import drawn_style
from training.performance.presets import preset


def test_a_seed_gives_the_same_performance_and_another_one_a_different():
    first, again, other = (perform(talk(), preset("natural"), 1.0, s) for s in (4, 4, 5))
    for entry in fields(first):
        np.testing.assert_array_equal(getattr(first, entry.name), getattr(again, entry.name))
    assert not np.array_equal(first.body, other.body)
    assert not np.array_equal(first.strokes, other.strokes)


def test_a_performance_has_one_row_per_frame_and_nothing_undefined():
    score = talk()
    played = perform(score, preset("storyteller"))
    assert played.face.shape == (score.frames, FACE_SIZE)
    assert played.body.shape == (score.frames, BODY_SIZE)
    assert played.body.dtype == played.face.dtype == np.float32
    assert played.closed.shape == played.state.shape == (score.frames,)
    assert np.isfinite(played.body).all()
    assert np.isfinite(played.face).all()
    assert len(played.strokes) == len(played.stroke_accents)
    np.testing.assert_array_equal(played.state, score.state)


@pytest.mark.parametrize("knobs", [np.zeros(13), np.full(14, 1.1), np.full(14, np.nan)])
def test_a_style_out_of_range_is_refused(knobs: np.ndarray):
    with pytest.raises(ValueError, match="knobs"):
        perform(talk(), knobs)


def test_an_intensity_out_of_range_is_refused():
    with pytest.raises(ValueError, match="intensity"):
        perform(talk(), preset("natural"), 2.5)


def test_an_hour_is_performed_within_a_minute_of_one_core():
    score, spent_s = talk(), []
    for seed in range(3):
        start_s = time.process_time()
        perform(score, preset("energetic"), 1.0, seed)
        spent_s.append(time.process_time() - start_s)
    assert score.length_s / min(spent_s) > 60.0


@pytest.mark.parametrize("avatar", ["amara", "leon", "maya"])
def test_arms_can_do_what_any_style_asks_of_them(avatar: str):
    skeleton = load_template().skeleton(load_avatar(avatar).identity)
    arms = (Arm(skeleton, "L"), Arm(skeleton, "R"))
    draw, missed = np.random.default_rng(1), []
    for seed in range(5):
        body = perform(talk(), drawn_style(draw), float(draw.uniform(0.5, 2.0)), seed).body
        poses = body[:, HANDS].reshape(-1, 2, POSE_SIZE)
        frames, hands = np.nonzero(poses[:, :, Slot.UP] > -0.25)
        for which in draw.choice(len(frames), 60):
            pose, arm = poses[frames[which], hands[which]].astype(float), arms[hands[which]]
            asked = np.array([arm.sign, 1.0, 1.0]) * pose[: Slot.SWIVEL] * arm._scale
            wrist = np.array(arm.solve(pose, resting_torso(arm), 0.04).wrist)
            missed.append(np.linalg.norm(wrist - np.array(arm.shoulder) - asked))
    assert np.mean(np.array(missed) > 0.02) < 0.05
    assert np.max(missed) < 0.06
