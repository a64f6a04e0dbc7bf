from dataclasses import replace

import numpy as np
import pytest

from pipeline.rates import FPS
from pipeline.template import SourcePose
from tests.training.people.long_haired import long_haired
from training.people.character import Character
from training.people.looseness import Loose, loose_parts
from training.people.pose import JointPose, hanging_arms, joint_pose, posed_by
from training.people.sway import Sway, sways

# The first groups of the long-haired person.
HAIR = 2


@pytest.fixture(scope="module")
def character() -> Character:
    return long_haired()


@pytest.fixture(scope="module")
def loose(character) -> Loose:
    return loose_parts(character)


def turned(character: Character, yaw=0.0, pitch=0.0, roll=0.0, shift=(0.0, 0.0, 0.0)) -> JointPose:
    skeleton = character.body.skeleton
    angles, gaze = np.array([yaw, pitch, roll], np.float32), np.zeros((2, 2), np.float32)
    pose = SourcePose(np.zeros(52, np.float32), angles, gaze, hanging_arms(skeleton, 0.2))
    return joint_pose(skeleton, pose, np.array(shift, np.float32))


def moved_sideways(character: Character, frames: int, speed_m_s: float) -> list[JointPose]:
    """Faster and faster to the person's left until the speed is reached, then on."""
    ramp = np.minimum(np.arange(frames) / 5, 1) * speed_m_s / FPS
    return [turned(character, shift=(x, 0, 0)) for x in np.cumsum(ramp)]


def test_roots_stay_and_tips_hang_free(character, loose):
    hair = np.isin(loose.vertex, character.parts[-1].source)
    height, share = character.rest[loose.vertex[hair], 1], loose.share[hair].sum(1)
    assert share[(height < -0.07) & (height > -0.13)].min() > 0.4
    assert share[height < -0.17].max() > 0.9
    assert share[height > character.eye_centre[:, 1].mean()].max() < 0.3


def test_nothing_sways_on_somebody_who_keeps_still(character, loose):
    for sway in sways(Sway(character, loose), [turned(character)] * 5):
        assert np.abs(sway).max() < 1e-6


def test_hair_lags_behind_a_movement_and_then_follows(character, loose):
    sway = np.stack(sways(Sway(character, loose), moved_sideways(character, 30, 0.4)))
    sideways = sway[:, :HAIR, 0]
    assert (sideways[2:8].min(0) < -0.004).all()
    assert (np.abs(sideways[-1]) < 0.6 * np.abs(sideways[:10]).max(0)).all()


def test_it_swings_past_its_place_and_comes_to_rest(character, loose):
    start = [turned(character, yaw=0.5 * np.sin(k / 3)) for k in range(12)]
    poses = start + [turned(character)] * (4 * FPS)
    sway = np.stack(sways(Sway(character, loose), poses))[:, :HAIR]
    length = np.linalg.norm(sway, axis=-1)
    assert (length[:14].max(0) > 0.004).all()
    swung = sway[12 : 12 + FPS]
    assert (np.sign(swung.max(0)) != np.sign(swung.min(0))).any(1).all()
    seconds = length[12 : 12 + 4 * FPS].reshape(4, FPS, -1).max(1)
    assert (seconds[1:] < 0.6 * seconds[:-1] + 1e-5).all()
    assert (length[-1] < 5e-4).all()


def test_what_hangs_gives_way_to_gravity_when_the_head_tilts(character, loose):
    pose = turned(character, roll=0.4)
    sway = Sway(character, loose)
    head = pose.rotation[character.body.skeleton.index("head")]
    carried_away = -head[:, 1]
    world = sway.hanging(pose)[:HAIR] @ head.T
    assert abs(carried_away[0]) > 0.3
    assert (world[:, 0] * carried_away[0] < 0).all()
    assert (np.linalg.norm(world, axis=1) > 0.01).all()


def test_no_movement_makes_it_explode(character, loose):
    rng = np.random.default_rng(3)
    poses = [
        turned(character, *rng.uniform(-1.5, 1.5, 3), shift=rng.uniform(-2, 2, 3))
        for _ in range(300)
    ]
    sway = np.stack(sways(Sway(character, loose), poses))
    assert np.isfinite(sway).all()
    longest = max(group.length_m for group in loose.groups)
    assert np.linalg.norm(sway, axis=-1).max() < longest / 2
    after = [turned(character)] * (6 * FPS)
    assert np.abs(sways(Sway(character, loose), poses[-1:] + after)[-1]).max() < 1e-3


def test_the_same_movement_gives_the_same_sway(character, loose):
    poses = moved_sideways(character, 10, 0.5)
    first, second = (np.stack(sways(Sway(character, loose), poses)) for _ in range(2))
    assert np.array_equal(first, second)


def test_frames_one_by_one_are_the_whole_movement(character, loose):
    poses = moved_sideways(character, 6, 0.5)
    sway, whole = Sway(character, loose), sways(Sway(character, loose), poses)
    state = sway.init_state(poses[0])
    for k in range(1, 6):
        moved, state = sway.step(poses[k - 1], poses[k], state)
        assert np.array_equal(moved, whole[k])


def test_no_vertex_is_swayed_into_the_skin(character, loose):
    groups = len(loose.groups)
    for direction in np.concatenate([np.eye(3), -np.eye(3)]):
        offset = loose.offsets(np.tile(0.05 * direction, (groups, 1)))
        inwards = -(offset * loose.normal).sum(1)
        assert (inwards <= loose.clearance_m + 1e-5).all()


def test_hair_lies_on_the_shoulder_of_a_tilted_head(character, loose):
    pose = turned(character, roll=0.45)
    lying = loose.lying
    upright = character.turned(lying.ground, lying.normal, pose.rotation)
    rigid, lifted = (posed_by(character, pose, some).vertices for some in (None, loose))
    before, after = (
        np.linalg.norm(
            lying.lifts(vertices[lying.hair], vertices[lying.ground], upright), axis=1
        ).max()
        for vertices in (rigid, lifted)
    )
    assert before > 0.01
    assert after < 0.35 * before
    others = np.setdiff1d(np.arange(len(rigid)), lying.hair)
    assert np.array_equal(rigid[others], lifted[others])


def test_hair_that_lies_on_a_shoulder_goes_down_with_it(character, loose):
    lying = loose.lying
    hair, ground = character.rest[lying.hair], character.rest[lying.ground]
    for _ in range(3):
        hair = hair + lying.lifts(hair, ground, lying.normal)
    moved = lying.lifts(hair, ground - [0, 0.015, 0], lying.normal)
    held = lying.held > 0.9
    assert held.sum() > 10
    assert moved[held, 1].mean() < -0.004
    assert moved[held, 1].max() < 0
    assert (moved[lying.held == 0, 1] >= -1e-6).all()


def test_somebody_without_hair_and_clothes_has_nothing_loose():
    character = long_haired()
    bare = replace(character, parts=character.parts[:1])
    loose = loose_parts(bare)
    assert loose.groups == ()
    pose = turned(bare, yaw=0.3)
    assert sways(Sway(bare, loose), [pose, pose])[1].shape == (0, 3)
    assert np.array_equal(posed_by(bare, pose, loose).vertices, posed_by(bare, pose).vertices)
