import numpy as np
import torch

from pipeline.body_pose import BodyPose
from pipeline.hand_pose import POSE_SIZE, REST, Slot
from pipeline.motion_space import (
    BODY_SIZE,
    CLAVICLE_LIFT,
    FACE_ACTIONS,
    FACE_SIZE,
    GAZE,
    HANDS,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
    TORSO_TURN,
)
from pipeline.style_observation import (
    HANDS_SEEN,
    OBSERVATION_SIZE,
    TORSO,
    TORSO_SEEN,
    WRISTS,
    observe,
)
from pipeline.template import load_template
from training.performed_motion import performed_motion
from training.style_augment import mirrored, partly_hidden, shifted


def face_and_body(mirror: bool) -> tuple[np.ndarray, np.ndarray]:
    """Two frames of somebody who turns and lifts the left side; or the right."""
    sign, (near, far) = (-1.0, (1, 0)) if mirror else (1.0, (0, 1))
    side = ("Left", "Right")[near]
    face, body = np.zeros((2, FACE_SIZE), np.float32), np.zeros((2, BODY_SIZE), np.float32)
    face[:, FACE_ACTIONS.index(f"mouthSmile{side}")] = 0.4
    face[:, FACE_ACTIONS.index(f"jaw{side}")] = 0.1
    face[:, FACE_ACTIONS.index("jawOpen")] = 0.2
    face[:, HEAD_ROTATION] = (0.1 * sign, 0.05, 0.03 * sign)
    face[:, HEAD_TRANSLATION] = (0.01 * sign, 0.004, 0.003)
    face[:, GAZE] = (-0.06 * sign, 0.02)
    body[:, TORSO_TURN] = (0.03, 0.04 * sign, 0.05 * sign)
    body[:, CLAVICLE_LIFT.start + near] = 0.1
    hands = np.stack([REST, REST])
    hands[near, [Slot.LATERAL, Slot.UP, Slot.FORWARD]] = (0.02, -0.2, 0.25)
    body[:, HANDS] = hands.reshape(2 * POSE_SIZE)
    body[0, HANDS.start + far * POSE_SIZE + Slot.UP] += 0.1
    body[0, TORSO_TURN] = 0.0
    return face, body


def seen(mirror: bool) -> torch.Tensor:
    model = load_template()
    skeleton = model.skeleton(np.zeros(len(model.identity_names)))
    vectors = face_and_body(mirror)
    state = np.full(2, 2)
    return torch.from_numpy(
        observe(performed_motion(*vectors, state, BodyPose(skeleton)), skeleton)
    )


def test_the_mirror_image_is_what_is_seen_of_somebody_who_moves_the_other_side():
    one, other = seen(mirror=False), seen(mirror=True)
    assert (one - other).abs().max() > 0.1
    generator = torch.Generator().manual_seed(0)
    torch.testing.assert_close(mirrored(one[None], 1.0, generator)[0], other, atol=2e-3, rtol=0)
    torch.testing.assert_close(mirrored(one[None], 0.0, generator)[0], one)


def test_a_shift_is_the_same_in_all_frames_of_a_window():
    motion = torch.zeros(200, 5, OBSERVATION_SIZE)
    deviation = torch.arange(float(OBSERVATION_SIZE))
    moved = shifted(motion, deviation, 0.1, torch.Generator().manual_seed(0))
    assert (moved == moved[:, :1]).all()
    spread = moved[:, 0].std(0)
    assert spread[0] == 0.0
    torch.testing.assert_close(spread[1:], 0.1 * deviation[1:], rtol=0.3, atol=0.0)


def test_what_is_hidden_is_zero_and_flagged():
    motion = torch.ones(64, 10, OBSERVATION_SIZE)
    hidden = partly_hidden(motion, 0.5, torch.Generator().manual_seed(0))
    for channels, flag in ((TORSO, TORSO_SEEN), (WRISTS, HANDS_SEEN)):
        unseen = hidden[:, 0, flag] == 0.0
        assert 10 < unseen.sum() < 54
        assert (hidden[unseen][..., channels] == 0.0).all()
        assert (hidden[~unseen][..., channels] == 1.0).all()
