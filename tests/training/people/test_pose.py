import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.motion_file import Motion
from pipeline.names import ACTION_INDEX, BODY_JOINTS, FACIAL_ACTIONS
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.template import EYE_JOINTS, SourcePose, Template, TemplateModel, load_template
from tests.people import face_frame, resting_body
from training.people.body import Body
from training.people.character import Character, Kind, Part
from training.people.motion_frame import pose_of_frame, reach_of
from training.people.pose import actions_from, hanging_arms, posed

NOTHING = np.zeros((0, 3), np.float32)


def character_of(model: TemplateModel, identity: np.ndarray) -> Character:
    """The template's own mesh as a character: both must pose it alike."""
    rest = model.identity_vertices(identity)
    skeleton = model.skeleton(identity)
    body = Body(rest, NOTHING, NOTHING, NOTHING, NOTHING, skeleton)
    order = np.argsort(-model.skin_weights, 1)[:, :8]
    weight = np.take_along_axis(model.skin_weights, order, 1)
    every = np.arange(len(rest))
    part = Part(Kind.SKIN, every, rest[:, :2], model.triangles, np.zeros_like(rest))
    centre = skeleton.rest_positions[[skeleton.index(name) for name in EYE_JOINTS]]
    moving, deltas = model.action_vertices, model.action_deltas
    return Character(body, rest, moving, deltas, weight, order, centre, 0.012, 0.0, every, [part])


def source_of(model: TemplateModel, identity: np.ndarray) -> SourcePose:
    return SourcePose(
        actions_from({"browInnerUp": 0.2, "mouthSmile": 0.25}),
        np.array([0.02, -0.01, 0.03], np.float32),
        np.zeros((2, 2), np.float32),
        hanging_arms(model.skeleton(identity), 0.2),
    )


def test_a_recorded_frame_is_posed_as_the_application_poses_it(tmp_path):
    rng = np.random.default_rng(4)
    model = load_template()
    identity = rng.normal(0, 0.3, len(model.identity_names)).astype(np.float32)
    source = source_of(model, identity)
    face = FaceFrame(
        0,
        rng.uniform(0, 0.4, len(FACIAL_ACTIONS)).astype(np.float32),
        rng.normal(0, 0.1, 3).astype(np.float32),
        rng.normal(0, 0.01, 3).astype(np.float32),
        rng.normal(0, 0.1, (2, 2)).astype(np.float32),
        np.zeros(15, np.float32),
        State.SPEAKING,
    )
    joints = rng.normal(0, 0.2, (len(BODY_JOINTS), 3)).astype(np.float32)
    body = BodyFrame(0, joints, np.zeros(16, np.float32))
    Motion([(face_frame(), resting_body(model, identity)), (face, body)]).save(tmp_path / "m.npz")
    character = character_of(model, identity)
    skeleton, reach = character.body.skeleton, reach_of(identity, source)
    pose, shift = pose_of_frame(tmp_path / "m.npz", 1, source, skeleton, reach)
    ours = posed(character, pose, shift)

    rest = resting_joint_rotation(model.skeleton(identity))
    theirs = Template(model, identity, source, rest).step(face, body)
    assert np.abs(ours.vertices - theirs.vertices).max() < 1e-4


def test_a_frame_behind_the_end_of_a_motion_is_refused(tmp_path):
    model = load_template()
    identity = np.zeros(len(model.identity_names), np.float32)
    source = source_of(model, identity)
    Motion([(face_frame(), resting_body(model, identity))]).save(tmp_path / "m.npz")
    with pytest.raises(MediaError, match="frames 0 to 0"):
        pose_of_frame(tmp_path / "m.npz", 1, source, model.skeleton(identity), np.ones(52))


def test_arms_hang_beside_the_body_on_both_sides():
    model = load_template()
    identity = np.zeros(len(model.identity_names), np.float32)
    source = source_of(model, identity)
    character = character_of(model, identity)
    skeleton = character.body.skeleton
    geometry = Template(model, identity, source, source.joint_rotation).source_geometry()
    wrist = geometry.positions[[skeleton.index(f"wrist.{side}") for side in "LR"]]
    shoulder = geometry.positions[[skeleton.index(f"upperarm01.{side}") for side in "LR"]]
    assert (wrist[:, 1] < shoulder[:, 1] - 0.4).all()
    assert np.allclose(wrist[0], wrist[1] * [-1, 1, 1], atol=0.02)
    assert abs(wrist[0, 0] - shoulder[0, 0]) < 0.15


def test_an_action_without_a_side_moves_both():
    actions = actions_from({"mouthSmile": 0.3, "jawOpen": 0.1})
    assert actions[ACTION_INDEX["mouthSmileLeft"]] == np.float32(0.3)
    assert actions[ACTION_INDEX["mouthSmileRight"]] == np.float32(0.3)
    assert np.isclose(actions.sum(), 0.7)
