"""The body as a whole."""

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.arm import CHEST_CLEARANCE_M, CHEST_DEPTH_M, TRUNK_WIDTH_SHARE
from pipeline.body_motion import BodyMotion, resting_body
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import BODY_SIZE, HANDS
from pipeline.names import BODY_JOINTS, IMPLICIT_SIZE, JOINT_INDEX
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.style import load_style
from pipeline.template import load_template
from tests.pipeline.motion_networks import SmallBody
from tests.pipeline.voices import conversation, face, silence, voice


@pytest.fixture(scope="module")
def skeleton():
    template = load_template()
    return template.skeleton(np.zeros(len(template.identity_names)))


class Wild(SmallBody):
    """A network that has lost its way."""

    def run(self, inputs):
        return super().run(inputs) | {"motion": 2.0 * inputs["noise"][..., :BODY_SIZE]}


def make(skeleton, style="natural", seed=4, network=None, **settings):
    network = network or SmallBody()
    return BodyMotion(network, skeleton, load_style(style), MotionSettings(**settings), seed)


def move(body_motion, frames, state=None):
    state = body_motion.init_state() if state is None else state
    made = []
    for speech in frames:
        body, state = body_motion.step(face(speech.frame, heard=speech), speech, state)
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
    made, _ = move(make(skeleton), [silence(i) for i in range(3)])
    assert [body.frame for body in made] == [0, 1, 2]
    assert made[0].joint_rotation.shape == (len(BODY_JOINTS), 3)
    assert made[0].joint_rotation.dtype == np.float32
    assert made[0].implicit.shape == (IMPLICIT_SIZE,)
    assert not made[0].implicit.any()


def test_the_same_seed_makes_the_same_motion_and_another_seed_another(skeleton):
    frames = conversation(300)
    first, again, other = (
        rotations(move(make(skeleton, seed=seed), frames)[0]) for seed in (4, 4, 5)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_a_saved_state_goes_on_as_if_nothing_had_happened(skeleton):
    frames, body_motion = conversation(300), make(skeleton, "energetic")
    whole = rotations(move(body_motion, frames)[0])
    _, middle = move(body_motion, frames[:217])
    move(body_motion, frames[:100], state=middle)
    rest = rotations(move(body_motion, frames[217:], state=middle)[0])
    assert (whole[217:] == rest).all()


def test_later_speech_never_changes_earlier_motion(skeleton):
    frames, body_motion = conversation(240), make(skeleton, "energetic")
    changed = frames[:120] + [silence(index) for index in range(120, 240)]
    whole, other = (rotations(move(body_motion, f)[0]) for f in (frames, changed))
    assert (whole[:120] == other[:120]).all()
    assert (whole[120:] != other[120:]).any()


def test_the_body_follows_the_face(skeleton):
    body_motion, state = make(skeleton), make(skeleton).init_state()
    still, nodding = (face(0, (0.0, pitch, 0.0)) for pitch in (0.0, 0.3))
    one, other = (body_motion.step(f, silence(0), state)[0] for f in (still, nodding))
    assert (one.joint_rotation != other.joint_rotation).any()


def test_a_face_that_no_network_made_is_refused(skeleton):
    body_motion = make(skeleton)
    with pytest.raises(ValueError, match="generated face"):
        body_motion.step(replace(face(0), generated=None), silence(0), body_motion.init_state())


def test_the_body_begins_at_rest(skeleton):
    class Still(SmallBody):
        def run(self, inputs):
            return super().run(inputs) | {"motion": inputs["previous"]}

    made, _ = move(make(skeleton, network=Still()), [silence(i) for i in range(3)])
    rest = resting_joint_rotation(skeleton)
    np.testing.assert_allclose(made[-1].joint_rotation, rest, atol=1e-6)


def test_without_gestures_the_hands_stay_at_rest_in_speech(skeleton):
    calm = move(make(skeleton, "energetic", network=Wild(), gesture=0.0), [voice(0)])[0]
    rest = resting_joint_rotation(skeleton)
    wrists = [JOINT_INDEX[f"wrist.{side}"] for side in "LR"]
    assert np.abs(calm[0].joint_rotation - rest)[wrists].max() < 1e-6
    assert resting_body()[HANDS].any()


def test_more_gesture_moves_the_hands_further(skeleton):
    heights = []
    for gesture in (0.0, 0.1, 0.5, 1.0, 2.0):
        made, _ = move(make(skeleton, gesture=gesture), [voice(i) for i in range(120)])
        heights.append(np.mean([in_chest(skeleton, b, "wrist.R")[1] for b in made[30::10]]))
    assert heights == sorted(heights)
    assert heights[3] > heights[0] + 0.1


@pytest.mark.parametrize("network", [SmallBody(), Wild()])
def test_limits_hold_whatever_the_network_says(skeleton, network):
    made, _ = move(make(skeleton, network=network, gesture=2.0), conversation(400, 131, 47))
    values = rotations(made)
    assert np.isfinite(values).all()
    assert np.linalg.norm(values, axis=2).max() < math.radians(140.0)
    spine = [JOINT_INDEX[f"spine0{k}"] for k in range(1, 6)]
    assert np.abs(values[:, spine].sum(axis=1)).max() < math.radians(16.0)
    rest = skeleton.rest_positions
    for body in made[::7]:
        for side in "LR":
            shoulder = rest[skeleton.index(f"upperarm01.{side}")]
            wrist = in_chest(skeleton, body, f"wrist.{side}")
            assert wrist[1] < rest[skeleton.index("head")][1] - 0.095 - 0.08 + 0.035
            if abs(wrist[0]) < TRUNK_WIDTH_SHARE * abs(shoulder[0]) - 0.01:
                assert wrist[2] - shoulder[2] > CHEST_DEPTH_M + CHEST_CLEARANCE_M - 0.02


def test_bones_keep_their_lengths(skeleton):
    made, _ = move(make(skeleton, "energetic"), conversation(120))
    parents = skeleton.parents
    bones = np.linalg.norm(
        skeleton.rest_positions[1:] - skeleton.rest_positions[parents[1:]], axis=1
    )
    for body in made[::10]:
        _, position = forward(skeleton, body)
        moved = np.linalg.norm(position[1:] - position[parents[1:]], axis=1)
        assert moved == pytest.approx(bones, abs=1e-5)


def test_another_style_intensity_or_avatar_during_a_run_makes_no_jump(skeleton):
    template = load_template()
    draw = np.random.default_rng(1)
    other = template.skeleton(0.3 * draw.standard_normal(len(template.identity_names)))
    natural = make(skeleton)
    _, state = move(natural, [voice(i) for i in range(200)])
    before = natural.step(face(200, heard=voice(200)), voice(200), state)[0].joint_rotation
    for changed in (
        make(skeleton, "energetic"),
        make(skeleton, gesture=0.0),
        make(other, "shy"),
    ):
        after = changed.step(face(200, heard=voice(200)), voice(200), state)[0].joint_rotation
        assert np.degrees(np.abs(after - before)).max() < 4.0


def test_after_the_talk_the_hands_come_down_without_a_jump(skeleton):
    made, _ = move(make(skeleton), conversation(300, 100, 200))
    heights = np.array([in_chest(skeleton, body, "wrist.R")[1] for body in made])
    assert heights[60:100].mean() > heights[-30:].mean() + 0.15
    assert np.abs(np.diff(heights)).max() < 0.1
