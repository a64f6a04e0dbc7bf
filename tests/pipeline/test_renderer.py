"""The explicit composite, seen as a picture."""

import dataclasses

import cv2
import numpy as np
import pytest

from pipeline.arm import ARM_JOINTS, Arm, resting_torso
from pipeline.face_landmarks import LOWER_LIP_INNER, UPPER_LID, UPPER_LIP_INNER, landmark_points
from pipeline.layer_warp import LayerWarp
from pipeline.motion_field import MotionField
from pipeline.names import JOINT_INDEX
from pipeline.renderer import Renderer
from pipeline.stream_types import BodyFrame
from tests.people import face_frame, make_avatar, resting_body
from training.performance.hand_shapes import hand_pose


class Scene:
    def __init__(self, folder) -> None:
        self.avatar, self.template = make_avatar(folder)
        self.field = MotionField(self.avatar, self.template)
        self.renderer = Renderer(self.avatar, self.template, self.field)
        self.body = resting_body(self.template.model, self.avatar.identity)

    def picture(self, body=None, **face) -> np.ndarray:
        geometry = self.template.step(face_frame(**face), body or self.body)
        return self.renderer.step(self.field.step(geometry))

    def box(self, landmarks, margin: int) -> tuple[slice, slice]:
        points = landmark_points(self.template.model, self.field.source.points, landmarks)
        low, high = points.min(0).astype(int) - margin, points.max(0).astype(int) + margin
        return slice(low[1], high[1]), slice(low[0], high[0])


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("avatar"))


def difference(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.abs(first.astype(int) - second.astype(int)).max(2)


def test_without_motion_the_portrait_comes_out(scene):
    change = difference(scene.picture(), scene.avatar.portrait)
    assert change.mean() < 0.3
    assert (change > 40).mean() < 0.001


def test_an_open_jaw_shows_the_inside_of_the_mouth_and_changes_nothing_above_the_nose(scene):
    closed, opened = scene.picture(), scene.picture(actions={"jawOpen": 0.5})
    mouth = scene.box(UPPER_LIP_INNER + LOWER_LIP_INNER, 8)
    assert (difference(closed, opened)[mouth] > 40).mean() > 0.15
    eyes = scene.box(UPPER_LID[0] + UPPER_LID[1], 5)
    assert difference(closed, opened)[eyes].max() < 30


def test_the_mouth_opens_further_with_the_jaw(scene):
    mouth = scene.box(UPPER_LIP_INNER + LOWER_LIP_INNER, 10)
    rest = scene.picture()
    changed = [
        (difference(rest, scene.picture(actions={"jawOpen": jaw}))[mouth] > 40).mean()
        for jaw in (0.1, 0.3, 0.6)
    ]
    assert changed[0] < changed[1] < changed[2]


def test_a_blink_covers_the_eyeball_with_skin(scene):
    eye = scene.box(UPPER_LID[0], 1)
    opened = scene.picture()[eye].astype(int)
    closed = scene.picture(actions={"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0})[eye].astype(int)

    def whiteness(crop):
        return ((crop.min(2) > 120) & (np.ptp(crop, axis=2) < 30)).mean()

    assert whiteness(opened) > 0.2
    assert whiteness(closed) < 0.25 * whiteness(opened)


def test_one_eye_can_blink_alone(scene):
    change = difference(scene.picture(), scene.picture(actions={"eyeBlinkLeft": 1.0}))
    assert (change[scene.box(UPPER_LID[0], 2)] > 25).mean() > 0.2
    assert change[scene.box(UPPER_LID[1], 2)].max() < 25


def test_the_background_does_not_move_with_the_head(scene):
    turned = scene.picture(head_rotation=(0.2, 0, 0))
    np.testing.assert_array_equal(turned[:300, :60], scene.avatar.background[:300, :60])


def test_a_turned_head_leaves_no_hole_of_background_in_the_face(scene):
    for yaw in (-0.25, 0.25):
        turned = scene.picture(head_rotation=(yaw, 0, 0))
        face = scene.box((61, 291, 200, 5), 0)
        # Skin is coloured, the wall is grey; so is the slit between the lips.
        assert (np.ptp(turned[face].astype(int), axis=2) < 3).mean() < 0.05


def test_a_turned_head_shows_no_tear_and_nothing_twice(scene):
    """In every row of the head the person is one piece, as wide as a turned head."""
    avatar = scene.avatar
    plain = np.repeat(avatar.matte[..., None], 3, 2)
    warp = LayerWarp(dataclasses.replace(avatar, portrait=plain, background=np.zeros_like(plain)))
    turn = scene.template.step(face_frame(head_rotation=(0.2, 0.05, 0)), scene.body)
    coarse = scene.field.step(turn).flow
    person = warp.render(np.stack(cv2.split(cv2.resize(coarse, (512, 768)))), coarse)[..., 0] > 127
    rows = slice(120, scene.box((152,), 0)[0].start)
    for here, there in zip(person[rows], avatar.matte[rows] > 127, strict=True):
        # The wall shows between the tip of an ear and the skull.
        assert np.diff(np.flatnonzero(here)).max() < 18
        assert 0.85 < here.sum() / there.sum() < 1.15


def raised_left_hand(scene) -> BodyFrame:
    skeleton = scene.template.skeleton
    arm = Arm(skeleton, "L")
    lifted = hand_pose((-0.05, -0.2, 0.3), (60.0, 0.0, 0.0), "relaxed")
    joints = scene.body.joint_rotation.copy()
    first = JOINT_INDEX["upperarm01.L"]
    joints[first : first + ARM_JOINTS] = arm.solve(lifted, resting_torso(arm), 0.0).rotations
    return BodyFrame(0, joints, scene.body.implicit)


def test_a_raised_forearm_is_drawn_in_front_of_the_torso(scene):
    change = difference(scene.picture(), scene.picture(body=raised_left_hand(scene)))
    assert (change[500:, 256:] > 25).sum() > 2000
    assert (change[:300] > 25).sum() == 0


def test_hanging_hands_cost_nothing_and_show_nothing(scene):
    field = scene.field.step(scene.template.step(face_frame(), scene.body))
    assert scene.renderer._hands.lifted(field) == ""


def test_every_call_returns_a_new_picture(scene):
    first = scene.picture()
    kept = first.copy()
    scene.picture(head_rotation=(0.1, 0.1, 0))
    np.testing.assert_array_equal(first, kept)
