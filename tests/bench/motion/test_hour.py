import numpy as np
import pytest

from bench.motion.hour import MINUTE, channels, drift, long_speech, still, violations
from bench.motion.signals import longest_run_s
from bench.motion.tracks import reference_skeleton, tracks_of
from pipeline.body_pose import BodyPose
from pipeline.hand_pose import REST
from pipeline.motion_space import ACTIONS, BODY_SIZE, FACE_SIZE, HANDS, HEAD_ROTATION
from tests.bench.motion.motions import tracks, wandering
from tests.bench.motion.test_clips import write_sound
from training.performed_motion import performed_motion


def test_a_steady_drift_is_told_in_standard_deviations():
    frames = 10 * MINUTE
    head = wandering(frames, 3, 1)
    head[:, 0] += np.linspace(0, 3, frames)
    found = drift(channels(tracks(frames, head_deg=head)))
    sd = head[:, 0].std()
    assert next(iter(found["trend"])) == "head_yaw"
    assert found["trend"]["head_yaw"] == pytest.approx(2.7 / sd, abs=0.1)
    assert found["last_minute"]["head_yaw"] == pytest.approx(2.7 / sd, abs=0.1)
    assert found["outside"] == 1


def test_wandering_without_drift_stays_within_one_deviation():
    frames = 10 * MINUTE
    found = drift(channels(tracks(frames, head_deg=wandering(frames, 3, 2))))
    assert found["outside"] == 0
    assert max(map(abs, found["last_minute"].values())) < 0.3


def test_a_freeze_is_as_long_as_nothing_at_all_moves():
    head = wandering(600, 3, 3)
    head[200:291] = head[200]
    frozen = tracks(600, head_deg=head)
    assert longest_run_s(still(frozen)) == pytest.approx(3.0)
    blinking = tracks(600, {"eyeBlinkLeft": np.arange(600) % 2}, head_deg=head)
    assert longest_run_s(still(blinking)) == 0.0


def motion(change):
    face, body = np.zeros((4, FACE_SIZE)), np.zeros((4, BODY_SIZE))
    body[:, HANDS] = np.tile(REST, 2)
    change(face, body)
    return performed_motion(face, body, np.full(4, 2), BodyPose(reference_skeleton()))


def test_a_resting_person_breaks_no_limit():
    resting = motion(lambda face, body: None)
    assert not any(violations(resting, tracks_of(resting)).values())


def test_hands_asked_into_the_face_are_kept_out_by_the_arms():
    def reach_up(face, body):
        body[:, HANDS.start : HANDS.start + 3] = -0.2, 0.1, 0.05

    reaching = motion(reach_up)
    assert not any(violations(reaching, tracks_of(reaching)).values())


def test_frames_beyond_a_limit_are_counted():
    def turn(face, body):
        face[1:3, HEAD_ROTATION] = 0.7
        face[:, ACTIONS] = 0.5

    turned = motion(turn)
    turned.joint_rotation[3, 10] = 2.5
    turned.facial_actions[0, 3] = 1.2
    found = violations(turned, tracks_of(turned))
    assert (found["head"], found["actions"], found["joints"], found["jumps"]) == (2, 1, 1, 1)


def test_a_wrist_in_face_or_trunk_is_counted():
    resting = motion(lambda face, body: None)
    shoulder = reference_skeleton().rest_positions[reference_skeleton().index("upperarm01.L")]
    wrists = tracks_of(resting).wrists_m.copy()
    wrists[0, 0] = 0.1, 0.2, 0.3
    wrists[2, 1] = shoulder[0], -0.2, 0.05
    found = violations(resting, tracks(4, wrists_m=wrists))
    assert (found["hand_before_face"], found["hand_in_trunk"]) == (1, 1)


def test_a_long_speech_ends_as_it_began_and_pauses_in_between(tmp_path):
    for name in "ab":
        write_sound(tmp_path / f"{name}.wav", 61.0)
    samples = long_speech(tmp_path, 4.0, sounds=2)
    assert len(samples) == 4 * 60 * 24_000
    assert (samples[:1_440_000] == samples[-1_440_000:]).all()
    assert longest_run_s(np.abs(samples.reshape(-1, 800)).max(axis=1) == 0) > 1.0
