from functools import cache

import numpy as np
import pytest

from pipeline.body_pose import LARGEST_TORSO_TURN
from pipeline.hand_pose import POSE_SIZE, Slot
from pipeline.motion_file import Motion
from pipeline.motion_space import (
    ACTIONS,
    BREATH,
    CLAVICLE_LIFT,
    FACE_ACTIONS,
    GAZE,
    HANDS,
    HEAD_ROTATION,
    TORSO_TURN,
)
from pipeline.names import ACTION_INDEX, VISEMES
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import Skeleton
from pipeline.template import SourcePose, Template, load_template
from tests.people import portrait_camera, resting_body
from training.people.hand_places import CHIN_M, HandPlaces, share_in_frame
from training.people.pose import hanging_arms
from training.people.random_body import random_body, random_raised
from training.people.random_face import LARGEST_HEAD_TURN, possible, random_face
from training.people.random_motion import CLIP_FRAMES, LEAST_SHOWN, RandomMotion
from training.performance.hand_shapes import HAND_SHAPES, shape_of

POSES = 160


@cache
def faces():
    drawn = [random_face(np.random.default_rng(seed)) for seed in range(3000)]
    return np.stack([face.row for face in drawn]), np.stack([face.viseme for face in drawn])


@cache
def bodies():
    draws = [np.random.default_rng(seed) for seed in range(1500)]
    return np.stack([random_body(draw, random_raised(draw)) for draw in draws])


def person(seed: int) -> tuple[np.ndarray, Skeleton, SourcePose]:
    model = load_template()
    identity = np.random.default_rng(seed).normal(0, 0.3, len(model.identity_names))
    skeleton = model.skeleton(identity)
    still = np.zeros(52, np.float32), np.zeros(3, np.float32), np.zeros((2, 2), np.float32)
    return identity, skeleton, SourcePose(*still, hanging_arms(skeleton, 0.26))


@cache
def shown_hands():
    """Points (N, 2, 21, 3) of both hands and chins (N, 3), as the application poses a person."""
    identity, skeleton, source = person(1)
    template = Template(load_template(), identity, source, resting_joint_rotation(skeleton))
    places, motion = HandPlaces(skeleton, source), RandomMotion(skeleton, source, portrait_camera())
    points, chins = [], []
    head = skeleton.index("head")
    for seed in range(POSES):
        posed = template.step(*next(motion.pose(seed).frames()))
        points.append(places.points(posed.positions))
        chins.append(posed.positions[head] + posed.rotations[head] @ CHIN_M)
    return np.stack(points), np.stack(chins)


def least_share(values: np.ndarray, edges: np.ndarray) -> float:
    return float(np.histogram(values, edges)[0].min() / len(values))


def test_heads_turn_over_the_whole_range():
    turns = faces()[0][:, HEAD_ROTATION]
    assert (np.abs(turns) <= LARGEST_HEAD_TURN + 1e-6).all()
    for turn, largest in zip(turns.T, LARGEST_HEAD_TURN, strict=True):
        assert least_share(turn, np.linspace(-largest, largest, 8)) > 0.05


def test_every_action_goes_to_its_end_and_never_beyond():
    actions = faces()[0][:, ACTIONS]
    assert actions.min() >= 0.0
    assert actions.max() <= 1.0
    for name, values in zip(FACE_ACTIONS, actions.T, strict=True):
        assert values.max() > 0.85, name
        assert (values > 0.5).mean() > 0.004, name
        assert (values < 0.1).mean() > 0.3, name


def test_every_viseme_leads_often_and_many_mouths_are_silent():
    visemes = faces()[1]
    leading = np.bincount(visemes.argmax(1)[visemes.any(1)], minlength=len(VISEMES)) / len(visemes)
    assert leading.min() > 0.025
    assert 0.2 < (~visemes.any(1)).mean() < 0.5
    assert np.isin(np.round(visemes.sum(1), 4), (0.0, 1.0)).all()


def test_lids_shut_and_eyes_look_everywhere():
    rows = faces()[0]
    blink = rows[:, FACE_ACTIONS.index("eyeBlinkLeft")]
    assert (blink > 0.99).mean() > 0.05
    assert (blink < 0.07).mean() > 0.5
    assert ((blink > 0.1) & (blink < 0.95)).mean() > 0.05
    for gaze, edge_deg in zip(rows[:, GAZE].T, (40, 25), strict=True):
        assert least_share(np.degrees(gaze), np.linspace(-edge_deg, edge_deg, 9)) > 0.02


def test_irises_stay_in_sight():
    rows = faces()[0]
    shut = rows[:, [FACE_ACTIONS.index(f"eyeBlink{side}") for side in ("Left", "Right")]].min(1)
    turn = np.degrees(rows[:, GAZE] - rows[:, HEAD_ROTATION][:, :2])
    assert np.hypot(*(turn / [34, 22]).T).max() < 1.001
    assert np.abs(turn).max(0) == pytest.approx([33, 21], abs=2)
    assert (shut > 0.5).sum() > 20
    assert -turn[:, 1].min() < 13.01
    assert -turn[shut > 0.5, 1].min() < 1e-3


def test_no_face_does_opposite_things_at_once():
    actions = np.zeros(52, np.float32)
    named = {"jawLeft": 0.7, "jawRight": 0.3, "mouthClose": 0.9, "jawOpen": 0.2, "tongueOut": 0.1}
    for name, amount in named.items():
        actions[ACTION_INDEX[name]] = amount
    allowed = possible(actions)
    assert np.isclose(allowed[ACTION_INDEX["jawLeft"]], 0.4)
    assert allowed[ACTION_INDEX["jawRight"]] == 0.0
    assert np.isclose(allowed[ACTION_INDEX["mouthClose"]], 0.2)


def test_torso_breath_and_shoulders_cover_their_range():
    rows = bodies()
    turn = LARGEST_TORSO_TURN * np.tanh(rows[:, TORSO_TURN] / LARGEST_TORSO_TURN)
    for axis in np.degrees(turn).T:
        assert least_share(axis, np.linspace(-11, 11, 8)) > 0.03
    assert least_share(rows[:, BREATH].ravel(), np.linspace(0, 1, 6)) > 0.15
    assert (np.degrees(rows[:, CLAVICLE_LIFT]) > 6).any(1).mean() > 0.02


def test_fingers_take_every_shape_and_wrists_turn_every_way():
    hands = bodies()[:, HANDS].reshape(-1, POSE_SIZE)
    shapes = np.stack([shape_of(name) for name in HAND_SHAPES])
    nearest = np.abs(hands[:, None, Slot.SPREAD :] - shapes).mean(-1).argmin(1)
    assert np.bincount(nearest, minlength=len(shapes)).min() > 0.01 * len(hands)
    raised = hands[hands[:, Slot.UP] > -0.25]
    for slot, edge_deg in ((Slot.PRONATION, 70), (Slot.FLEXION, 40), (Slot.DEVIATION, 15)):
        lowest = -edge_deg if slot != Slot.FLEXION else -50
        highest = edge_deg if slot != Slot.FLEXION else 20
        edges = np.linspace(lowest, highest, 6)
        assert least_share(np.degrees(raised[:, slot]), edges) > 0.05


def test_both_hands_are_in_frame_in_half_of_the_poses():
    points, _ = shown_hands()
    shares = np.stack([share_in_frame(hands, portrait_camera()) for hands in points])
    assert (shares >= LEAST_SHOWN).all(1).mean() >= 0.5
    assert (shares < 0.2).any(1).mean() > 0.1


def test_no_hand_is_in_the_face_or_in_the_other_hand():
    for points, chin in zip(*shown_hands(), strict=True):
        assert not HandPlaces.in_face(points, chin).any()
        assert not HandPlaces.meet(points)


def test_hands_before_the_face_and_hands_that_meet_are_seen():
    points, chin = np.zeros((2, 21, 3)), np.array([0.0, -0.1, 0.1])
    points[0] = [-0.2, -0.4, 0.3]
    points[1] = [0.2, -0.4, 0.3]
    assert not HandPlaces.in_face(points, chin).any()
    assert not HandPlaces.meet(points)
    points[1, 20] = [0.03, -0.05, 0.3]
    assert HandPlaces.in_face(points, chin).tolist() == [False, True]
    points[0, 3] = [0.17, -0.4, 0.3]
    assert HandPlaces.meet(points)


def test_equal_seeds_give_equal_motions_and_others_do_not():
    _, skeleton, source = person(2)
    clips = [RandomMotion(skeleton, source).clip(seed).arrays() for seed in (5, 5, 6)]
    for name in ("facial_actions", "head_rotation", "gaze", "joint_rotation", "viseme"):
        first, same, other = (getattr(clip, name) for clip in clips)
        assert np.array_equal(first, same)
        assert not np.array_equal(first, other)


def test_clips_move_and_are_smooth():
    _, skeleton, source = person(3)
    motion = RandomMotion(skeleton, source)
    moved = []
    for seed in range(12):
        arrays = motion.clip(seed).arrays()
        assert len(arrays.state) == CLIP_FRAMES
        for values, most in (
            (arrays.facial_actions, 0.75),
            (arrays.head_rotation, np.radians(8)),
            (arrays.head_translation, 0.02),
            (arrays.joint_rotation, np.radians(20)),
        ):
            assert np.abs(np.diff(values, axis=0)).max() < most
        moved.append(np.abs(np.diff(arrays.head_rotation, axis=0)).max())
    assert np.median(moved) > np.radians(0.2)


def test_a_clip_survives_its_motion_file(tmp_path):
    _, skeleton, source = person(4)
    motion = RandomMotion(skeleton, source).clip(0)
    motion.save(tmp_path / "m.npz")
    loaded = Motion.load(tmp_path / "m.npz").arrays()
    assert np.allclose(loaded.joint_rotation, motion.arrays().joint_rotation, atol=1e-6)
    assert np.allclose(loaded.facial_actions, motion.arrays().facial_actions, atol=1e-6)


def test_a_clip_without_frames_is_refused():
    _, skeleton, source = person(5)
    with pytest.raises(ValueError, match="frame"):
        RandomMotion(skeleton, source).clip(0, 0)


def test_resting_hands_hang_below_the_face():
    identity, skeleton, source = person(6)
    body = resting_body(load_template(), identity)
    face, _ = next(RandomMotion(skeleton, source).pose(0).frames())
    points, chin = HandPlaces(skeleton, source).place(face, body)
    assert (points[..., 1] < chin[1] - 0.2).all()
