"""Gates open where the composite has changed, and nowhere else."""

import dataclasses

import cv2
import numpy as np
import pytest

from pipeline.arm import ARM_JOINTS, Arm, resting_torso
from pipeline.avatar import load_avatar
from pipeline.face_crop import FACE_PX, STEP_PX, FaceCrop
from pipeline.gate import Gate
from pipeline.gates import HEIGHT, WIDTH, Gates
from pipeline.motion_field import MotionField
from pipeline.names import ACTION_INDEX, JOINT_INDEX
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.template import Template, load_template
from tests.people import face_frame, make_avatar, resting_body
from training.performance.hand_shapes import hand_pose


class Scene:
    def __init__(self, avatar, template) -> None:
        self.avatar, self.template = avatar, template
        self.field = MotionField(self.avatar, self.template)
        self._renderer = Renderer(self.avatar, self.template, self.field)
        self._gates = Gates(self.avatar, self.template)
        self.body = resting_body(self.template.model, self.avatar.identity)

    def composite(self, body=None, geometry=None, **face):
        geometry = geometry or self.template.step(face_frame(**face), body or self.body)
        return self._renderer.composite(self.field.step(geometry))

    def guide(self, body=None, geometry=None, **face):
        return self._gates.guide(self.composite(body, geometry, **face))

    def raised(self):
        """The left hand before the chest."""
        arm = Arm(self.template.skeleton, "L")
        joints, first = self.body.joint_rotation.copy(), JOINT_INDEX["upperarm01.L"]
        lifted = hand_pose((-0.05, -0.2, 0.3), (60.0, 0.0, 0.0), "relaxed")
        joints[first : first + ARM_JOINTS] = arm.solve(lifted, resting_torso(arm), 0.0).rotations
        return dataclasses.replace(self.body, joint_rotation=joints)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(*make_avatar(tmp_path_factory.mktemp("avatar")))


def test_a_portrait_that_does_not_move_has_shut_gates():
    avatar, model = load_avatar("maya"), load_template()
    rest = resting_joint_rotation(model.skeleton(avatar.identity))
    template = Template(model, avatar.identity, avatar.source, rest, avatar.correction)
    guide = Scene(avatar, template).guide()
    assert guide.gates.max() == 0
    assert guide.hands.max() == 0


def test_a_portrait_that_laughs_and_looks_down_has_shut_gates_as_it_is():
    avatar, model = load_avatar("maya"), load_template()
    actions = avatar.source.actions.copy()
    actions[ACTION_INDEX["mouthUpperUpLeft"]] = 0.8
    gaze = np.tile(np.array([0.0, 0.3], np.float32), (2, 1))
    source = dataclasses.replace(avatar.source, actions=actions, gaze=gaze)
    avatar = dataclasses.replace(avatar, source=source)
    rest = resting_joint_rotation(model.skeleton(avatar.identity))
    scene = Scene(avatar, Template(model, avatar.identity, source, rest, avatar.correction))
    assert scene.guide(geometry=scene.template.source_geometry()).gates.max() == 0
    # Lips are driven absolutely: without a command they do not laugh.
    assert scene.guide().gates[..., Gate.FACE].max() > 200


def test_an_open_jaw_opens_the_gate_of_the_mouth_around_the_lips(scene):
    composite = scene.composite(actions={"jawOpen": 0.5})
    mouth = scene._gates.guide(composite).gates[..., Gate.MOUTH]
    line = composite.line
    middle = int((line.x_left + line.x_right) / 4)
    row = int((line.upper.max() + line.lower.max()) / 4)
    assert mouth[row, middle] > 200
    rows, columns = np.nonzero(mouth)
    assert columns.min() * 2 > line.x_right - 20
    assert columns.max() * 2 < line.x_left + 20
    assert rows.max() * 2 < line.lower.max() + 30


def test_a_blink_opens_the_gates_of_both_lids_only(scene):
    gates = scene.guide(actions={"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}).gates
    left, right = gates[:, WIDTH // 2 :, Gate.LIDS], gates[:, : WIDTH // 2, Gate.LIDS]
    assert left.max() > 200
    assert right.max() > 200
    assert gates[..., Gate.HANDS].max() == 0


def test_a_turned_head_opens_outlines_and_never_the_background_far_from_them(scene):
    gates = scene.guide(head_rotation=(0.2, 0, 0)).gates
    assert gates[..., Gate.RIMS].max() > 200
    near = cv2.dilate(scene.avatar.matte, np.ones((65, 65), np.uint8))
    far = cv2.resize(near, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST) == 0
    assert far.any()
    assert gates[far].max() == 0


def test_a_raised_hand_has_normals_towards_the_viewer_and_an_open_gate(scene):
    guide = scene.guide(scene.raised())
    shown = guide.hands[..., 3] > 200
    assert shown.sum() > 200
    normals = guide.hands[shown][:, :3].astype(np.float32) / 127 - 128 / 127
    # Between the corners of a triangle they are a little shorter.
    assert np.median(np.linalg.norm(normals, axis=1)) == pytest.approx(1, abs=0.05)
    assert (normals[:, 2] > -0.1).mean() > 0.95
    assert guide.gates[shown][:, Gate.HANDS].min() > 200
    assert not guide.hands[guide.hands[..., 3] == 0].any()


def test_the_square_of_the_face_moves_with_it_in_whole_steps(scene):
    crop = FaceCrop(scene.template.model)
    still = crop.corner(scene.composite().field)
    turned = crop.corner(scene.composite(head_rotation=(0.5, 0, 0)).field)
    assert turned[0] > still[0]
    for corner in (still, turned):
        assert all(side % STEP_PX == 0 for side in corner)
        assert 0 <= corner[0] <= 512 - FACE_PX
        assert 0 <= corner[1] <= 768 - FACE_PX


@pytest.mark.parametrize("yaw", [0.0, 0.4, -0.4])
def test_the_gates_of_a_face_alone_are_those_of_the_whole_in_its_square(scene, yaw):
    composite = scene.composite(
        actions={"jawOpen": 0.5, "eyeBlinkRight": 0.7}, head_rotation=(yaw, 0.1, 0.0)
    )
    x, y = corner = FaceCrop(scene.template.model).corner(composite.field)
    made = scene._gates.of_face(composite, corner, FACE_PX)
    whole = scene._gates.guide(composite).gates[..., [Gate.MOUTH, Gate.LIDS, Gate.FACE]]
    half = FACE_PX // 2
    square = whole[y // 2 : y // 2 + half, x // 2 : x // 2 + half].transpose(2, 0, 1) / 255
    assert made.shape == square.shape
    assert made.max(axis=(1, 2)).min() > 0.3
    np.testing.assert_allclose(made, square, atol=0.003)
