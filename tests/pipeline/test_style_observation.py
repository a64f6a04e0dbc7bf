import numpy as np
import pytest

from pipeline.body_pose import BodyPose
from pipeline.hand_pose import REST
from pipeline.motion_space import (
    BODY_SIZE,
    FACE_ACTIONS,
    FACE_SIZE,
    GAZE,
    HANDS,
    HEAD_ROTATION,
    TORSO_TURN,
)
from pipeline.stream_types import State
from pipeline.style_observation import (
    FACE,
    HANDS_SEEN,
    OBSERVATION_SIZE,
    SPEAKING,
    TORSO,
    TORSO_SEEN,
    WRISTS,
    observe,
)
from pipeline.template import load_template
from training.performed_motion import performed_motion

FRAMES = 30


@pytest.fixture(scope="module")
def skeleton():
    model = load_template()
    return model.skeleton(np.zeros(len(model.identity_names)))


def motion(skeleton, moving_hands: bool):
    draw = np.random.default_rng(0)
    face = np.zeros((FRAMES, FACE_SIZE), np.float32)
    face[:, HEAD_ROTATION] = 0.05 * draw.standard_normal((FRAMES, 3))
    face[:, GAZE] = (0.05, -0.03)
    face[:, FACE_ACTIONS.index("mouthSmileLeft")] = 0.4
    body = np.zeros((FRAMES, BODY_SIZE), np.float32)
    body[:, HANDS] = np.tile(REST, 2)
    if moving_hands:
        body[:, HANDS.start + 1] += np.linspace(0.0, 0.2, FRAMES)
        body[:, TORSO_TURN] = 0.02 * draw.standard_normal((FRAMES, 3))
    state = np.full(FRAMES, State.SPEAKING)
    return performed_motion(face, body, state, BodyPose(skeleton)), face, body


def test_the_face_is_seen_as_it_was_performed(skeleton):
    arrays, face, _ = motion(skeleton, moving_hands=True)
    seen = observe(arrays, skeleton)
    assert seen.shape == (FRAMES, OBSERVATION_SIZE)
    rotation = seen[:, FACE][:, len(FACE_ACTIONS) : len(FACE_ACTIONS) + 3]
    np.testing.assert_allclose(rotation, face[:, HEAD_ROTATION], atol=1e-6)
    np.testing.assert_allclose(seen[:, FACE_ACTIONS.index("mouthSmileLeft")], 0.4, atol=1e-6)
    # Adding angles stands for turning the eyes with the head: right to a degree.
    np.testing.assert_allclose(seen[:, FACE][:, -2:], face[:, GAZE], atol=0.02)
    assert (seen[:, SPEAKING] == 1.0).all()


def test_hands_and_torso_are_seen_where_they_move(skeleton):
    arrays, _, body = motion(skeleton, moving_hands=True)
    seen = observe(arrays, skeleton)
    assert (seen[:, [TORSO_SEEN, HANDS_SEEN]] == 1.0).all()
    np.testing.assert_allclose(seen[:, TORSO][:, :3], body[:, TORSO_TURN], atol=2e-3)
    rise = np.ptp(seen[:, WRISTS][:, 1])
    assert rise == pytest.approx(0.2, abs=0.05)


def test_what_never_moves_was_not_seen(skeleton):
    seen = observe(motion(skeleton, moving_hands=False)[0], skeleton)
    assert (seen[:, [TORSO_SEEN, HANDS_SEEN]] == 0.0).all()
    assert (seen[:, TORSO] == 0.0).all()
    assert (seen[:, WRISTS] == 0.0).all()
