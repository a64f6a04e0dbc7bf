"""The template: equal in numpy and torch, skinned about its joints, driven by names."""

import shutil

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.names import ACTION_INDEX, BODY_JOINTS, JOINT_INDEX
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.stream_types import BodyFrame
from pipeline.template import FOLDER, Part, SourcePose, Template, load_template
from tests.people import face_frame, parts_of_vertices, resting_body


@pytest.fixture(scope="module")
def model():
    return load_template()


def neutral_source(joint_rotation=None) -> SourcePose:
    joints = (
        np.zeros((len(BODY_JOINTS), 3), np.float32) if joint_rotation is None else joint_rotation
    )
    return SourcePose(np.zeros(52, np.float32), np.zeros(3, np.float32), np.zeros((2, 2)), joints)


@pytest.fixture(scope="module")
def template(model):
    identity = np.random.default_rng(1).normal(0, 0.5, len(model.identity_names)).astype(np.float32)
    rest = resting_body(model, identity).joint_rotation
    return Template(model, identity, neutral_source(rest), rest)


def test_numpy_and_torch_give_the_same_vertices(model, template):
    torch = pytest.importorskip("torch")
    from pipeline.networks.template_module import TemplateModule

    rng = np.random.default_rng(2)
    identity = rng.normal(0, 0.5, (3, len(model.identity_names))).astype(np.float32)
    actions = rng.uniform(0, 1, (3, 52)).astype(np.float32)
    joints = rng.normal(0, 0.2, (3, len(BODY_JOINTS), 3)).astype(np.float32)
    module = TemplateModule(model)
    for k in range(3):
        numpy_template = Template(
            model,
            identity[k],
            SourcePose(actions[k], np.zeros(3), np.zeros((2, 2)), joints[k]),
            joints[k],
        )
        expected = numpy_template.source_geometry()
        local = np.tile(np.eye(3, dtype=np.float32), (len(model.joint_names), 1, 1))
        order = [model.joint_names.index(name) for name in BODY_JOINTS]
        local[order] = rotations_from_axis_angle(joints[k])
        with torch.no_grad():
            vertices, _, positions = module(
                *(torch.from_numpy(x)[None] for x in (identity[k], expected.actions, local)),
                torch.zeros(1, len(model.joint_names), 3),
            )
        assert np.abs(vertices[0].numpy() - expected.vertices).max() < 1e-5
        assert np.abs(positions[0].numpy() - expected.positions).max() < 1e-5


def test_a_damaged_template_is_refused(tmp_path):
    folder = tmp_path / "template"
    shutil.copytree(FOLDER, folder)
    (folder / "template.npz").write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"template\.npz is missing or damaged"):
        load_template(folder)


def test_without_motion_the_portrait_pose_is_reproduced(model, template):
    source = template.source_geometry().vertices
    body = BodyFrame(
        0, resting_body(model, np.zeros(len(model.identity_names))).joint_rotation, np.zeros(16)
    )
    own = BodyFrame(0, template.source.joint_rotation, body.implicit)
    assert np.abs(template.step(face_frame(), own).vertices - source).max() < 1e-5


def test_jaw_opens_downwards_and_takes_the_lower_teeth_along(model, template):
    body = BodyFrame(0, template.source.joint_rotation, np.zeros(16))
    closed = template.step(face_frame(), body).vertices
    opened = template.step(face_frame({"jawOpen": 0.5}), body).vertices
    moved = (opened - closed)[:, 1]
    parts = parts_of_vertices(model)
    assert moved[parts == Part.LOWER_TEETH].mean() < -0.004
    assert abs(moved[parts == Part.UPPER_TEETH]).max() < 0.002


@pytest.mark.parametrize(("angles", "axis", "sign"), [((0.3, 0, 0), 0, 1), ((0, 0.3, 0), 1, -1)])
def test_head_turns_to_the_avatars_left_and_nods_down(model, template, angles, axis, sign):
    body = BodyFrame(0, template.source.joint_rotation, np.zeros(16))
    nose = model.landmark_vertices[1]
    still = template.step(face_frame(), body).vertices[nose].mean(0)
    turned = template.step(face_frame(head_rotation=angles), body).vertices[nose].mean(0)
    assert sign * (turned - still)[axis] > 0.01


def test_roll_leans_the_crown_towards_the_left_shoulder(model, template):
    body = BodyFrame(0, template.source.joint_rotation, np.zeros(16))
    still, leaning = (
        template.step(face_frame(head_rotation=(0, 0, roll)), body).vertices for roll in (0, 0.2)
    )
    crown = still[:, 1].argmax()
    assert (leaning - still)[crown, 0] > 0.01


def test_looking_down_lowers_the_upper_lids(template):
    body = BodyFrame(0, template.source.joint_rotation, np.zeros(16))
    down = template.step(face_frame(gaze=(0, 0.25)), body)
    assert down.actions[ACTION_INDEX["eyeLookDownLeft"]] == pytest.approx(0.5)
    assert down.actions[ACTION_INDEX["eyeLookUpLeft"]] == 0


def test_the_portraits_smile_stays_and_its_open_mouth_does_not(model):
    actions = np.zeros(52, np.float32)
    actions[ACTION_INDEX["mouthSmileLeft"]] = 0.3
    actions[ACTION_INDEX["jawOpen"]] = 0.4
    joints = np.zeros((len(BODY_JOINTS), 3), np.float32)
    source = SourcePose(actions, np.zeros(3), np.zeros((2, 2)), joints)
    template = Template(model, np.zeros(len(model.identity_names), np.float32), source, joints)
    driven = template.step(face_frame(), BodyFrame(0, joints, np.zeros(16)))
    assert driven.actions[ACTION_INDEX["mouthSmileLeft"]] == pytest.approx(0.3)
    assert driven.actions[ACTION_INDEX["jawOpen"]] == 0


def test_raising_an_elbow_moves_only_that_arm(model, template):
    joints = template.source.joint_rotation.copy()
    joints[JOINT_INDEX["lowerarm01.L"]] += (0, 0, 0.5)
    still = template.source_geometry().vertices
    raised = template.step(face_frame(), BodyFrame(0, joints, np.zeros(16))).vertices
    parts = parts_of_vertices(model)
    moved = np.linalg.norm(raised - still, axis=1)
    assert moved[(parts == Part.HAND) & (still[:, 0] > 0)].min() > 0.02
    assert moved[still[:, 0] < 0].max() < 1e-5
