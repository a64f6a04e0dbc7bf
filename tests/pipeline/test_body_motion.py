"""The body as a whole."""

import math
import time

import numpy as np
import pytest

from pipeline.arm import CHEST_CLEARANCE_M, CHEST_DEPTH_M, TRUNK_WIDTH_SHARE
from pipeline.body_motion import BodyMotion
from pipeline.motion_settings import MotionSettings
from pipeline.names import BODY_JOINTS, IMPLICIT_SIZE, JOINT_INDEX
from pipeline.rates import FPS
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.style import load_style
from pipeline.template import load_template
from tests.pipeline.voices import conversation, face, silence, voice


@pytest.fixture(scope="module")
def skeleton():
    template = load_template()
    return template.skeleton(np.zeros(len(template.identity_names)))


def move(body_motion, frames, faces=None, state=None):
    state = body_motion.init_state() if state is None else state
    made = []
    for index, speech in enumerate(frames):
        body, state = body_motion.step(
            face(index) if faces is None else faces[index], speech, state
        )
        made.append(body)
    return made, state


def rotations(made):
    return np.array([body.joint_rotation for body in made])


def forward(skeleton, body):
    local = np.tile(np.eye(3, dtype=np.float32), (len(skeleton.joint_names), 1, 1))
    places = [skeleton.index(name) for name in BODY_JOINTS]
    local[places] = rotations_from_axis_angle(body.joint_rotation)
    return skeleton.forward_kinematics(local)


def in_chest(skeleton, body, name):
    """A joint's place in the axes of the chest, relative to its shoulder at rest."""
    rotation, position = forward(skeleton, body)
    chest = skeleton.index("spine01")
    place = (position[skeleton.index(name)] - position[chest]) @ rotation[chest]
    return place + skeleton.rest_positions[chest]


def test_frames_have_the_shape_and_the_number_of_the_face(skeleton):
    made, _ = move(BodyMotion(skeleton, load_style("natural")), [silence(i) for i in range(3)])
    assert [body.frame for body in made] == [0, 1, 2]
    assert made[0].joint_rotation.shape == (len(BODY_JOINTS), 3)
    assert made[0].joint_rotation.dtype == np.float32
    assert made[0].implicit.shape == (IMPLICIT_SIZE,)


def test_the_same_seed_makes_the_same_motion_and_another_seed_another(skeleton):
    frames, natural = conversation(300), load_style("natural")
    first, again, other = (
        rotations(move(BodyMotion(skeleton, natural, seed=seed), frames)[0]) for seed in (4, 4, 5)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_a_saved_state_goes_on_as_if_nothing_had_happened(skeleton):
    frames, body_motion = conversation(300), BodyMotion(skeleton, load_style("energetic"), seed=4)
    whole = rotations(move(body_motion, frames)[0])
    _, middle = move(body_motion, frames[:217])
    move(body_motion, frames[:100], state=middle)
    rest = rotations(move(body_motion, frames[217:], state=middle)[0])
    assert (whole[217:] == rest).all()


def test_later_speech_never_changes_earlier_motion(skeleton):
    frames, body_motion = conversation(240), BodyMotion(skeleton, load_style("energetic"), seed=4)
    changed = frames[:120] + [silence(index) for index in range(120, 240)]
    whole, other = (rotations(move(body_motion, f)[0]) for f in (frames, changed))
    assert (whole[:120] == other[:120]).all()
    assert (whole[120:] != other[120:]).any()


def test_in_silence_the_hands_rest_but_the_body_is_alive(skeleton):
    made, _ = move(BodyMotion(skeleton, load_style("natural")), [silence(i) for i in range(600)])
    values = rotations(made)
    assert (np.abs(np.diff(values, axis=0)).max(axis=(1, 2)) > 0).all()
    for body in made[::30]:
        for side in "LR":
            shoulder = skeleton.rest_positions[skeleton.index(f"upperarm01.{side}")]
            wrist = in_chest(skeleton, body, f"wrist.{side}") - shoulder
            assert wrist[1] < -0.4


def test_in_lively_speech_the_hands_rise_before_the_lower_chest(skeleton):
    made, _ = move(BodyMotion(skeleton, load_style("natural")), [voice(i) for i in range(300)])
    highest = max(
        (in_chest(skeleton, body, f"wrist.{side}")
         - skeleton.rest_positions[skeleton.index(f"upperarm01.{side}")])[1]
        for body in made[::5] for side in "LR"
    )  # fmt: skip
    assert -0.3 < highest < 0.0


def test_breath_lifts_the_shoulders_by_some_millimetres(skeleton):
    made, _ = move(BodyMotion(skeleton, load_style("natural")), [silence(i) for i in range(900)])
    height = np.array(
        [forward(skeleton, body)[1][skeleton.index("upperarm01.L")][1] for body in made[::6]]
    )
    assert 0.002 < np.ptp(height) < 0.015


def test_the_torso_follows_the_head_80_to_150_ms_later(skeleton):
    turn = [0.2 * math.sin(2.0 * math.pi * 0.4 * i / FPS) for i in range(600)]
    faces = [face(i, (angle, 0.0, 0.0)) for i, angle in enumerate(turn)]
    frames = [silence(i) for i in range(600)]
    body_motion = BodyMotion(skeleton, load_style("natural"), seed=2)
    moved = rotations(move(body_motion, frames, faces)[0])
    still = rotations(move(body_motion, frames)[0])
    yaw = (moved - still)[:, JOINT_INDEX["spine02"], 1]
    fine = np.linspace(0, 599, 599 * 20 + 1)
    head, torso = np.interp(fine, range(600), turn), np.interp(fine, range(600), yaw)
    lags = range(0, 200)
    scores = [np.corrcoef(head[600 : -600], torso[600 + lag : len(torso) - 600 + lag])[0, 1]
              for lag in lags]  # fmt: skip
    lag_ms = lags[int(np.argmax(scores))] / 20 * 1000 / FPS
    assert 80 <= lag_ms <= 150


@pytest.mark.parametrize("style", ["natural", "calm", "energetic", "presenter", "shy"])
def test_limits_hold_over_a_long_run_at_double_intensity(skeleton, style):
    body_motion = BodyMotion(skeleton, load_style(style), MotionSettings(gesture=2.0), seed=11)
    frames = conversation(900, 131, 47)
    faces = [
        face(i, (0.4 * math.sin(i / 9.0), 0.3 * math.sin(i / 7.0), 0.3 * math.sin(i / 5.0)))
        for i in range(900)
    ]
    made, _ = move(body_motion, frames, faces)
    values = rotations(made)
    assert np.isfinite(values).all()
    assert np.linalg.norm(values, axis=2).max() < math.radians(130.0)
    spine = [JOINT_INDEX[f"spine0{k}"] for k in range(1, 6)]
    assert np.abs(values[:, spine].sum(axis=1)).max() < math.radians(9.0)
    assert np.abs(np.diff(values, axis=0)).max() < math.radians(22.0)
    rest = skeleton.rest_positions
    for body in made[::7]:
        for side in "LR":
            shoulder = rest[skeleton.index(f"upperarm01.{side}")]
            wrist = in_chest(skeleton, body, f"wrist.{side}")
            assert wrist[1] < rest[skeleton.index("head")][1] - 0.095 - 0.08 + 0.01
            if abs(wrist[0]) < TRUNK_WIDTH_SHARE * abs(shoulder[0]) - 0.01:
                assert wrist[2] - shoulder[2] > CHEST_DEPTH_M + CHEST_CLEARANCE_M - 0.02


def test_bones_keep_their_lengths(skeleton):
    made, _ = move(BodyMotion(skeleton, load_style("energetic")), conversation(120))
    parents = skeleton.parents
    bones = np.linalg.norm(
        skeleton.rest_positions[1:] - skeleton.rest_positions[parents[1:]], axis=1
    )
    for body in made[::10]:
        _, position = forward(skeleton, body)
        moved = np.linalg.norm(position[1:] - position[parents[1:]], axis=1)
        assert moved == pytest.approx(bones, abs=1e-5)


def test_a_change_of_style_during_a_run_makes_no_jump(skeleton):
    natural, energetic = (BodyMotion(skeleton, load_style(n)) for n in ("natural", "energetic"))
    _, state = move(natural, [silence(i) for i in range(200)])
    before, _ = natural.step(face(200), silence(200), state)
    after, _ = energetic.step(face(200), silence(200), state)
    assert np.degrees(np.abs(after.joint_rotation - before.joint_rotation)).max() < 0.2


def test_a_frame_takes_well_under_two_milliseconds(skeleton):
    body_motion = BodyMotion(skeleton, load_style("natural"))
    frames = conversation(600)
    started_s = time.thread_time()
    move(body_motion, frames)
    assert (time.thread_time() - started_s) / len(frames) < 0.002
