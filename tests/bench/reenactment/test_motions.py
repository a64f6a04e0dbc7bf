import numpy as np
import pytest

from bench.motion.tracks import Tracks, reference_skeleton, tracks_of
from bench.reenactment.motions import FRAMES, motion_of, write
from pipeline.motion_file import Motion
from pipeline.names import ACTION_INDEX

SEEDS = range(16)


@pytest.fixture(scope="module")
def motions() -> dict[int, Motion]:
    return {seed: Motion(motion_of(seed)) for seed in SEEDS}


def test_there_is_a_motion_of_eight_seconds_for_every_held_out_person(motions):
    assert [len(motion) for motion in motions.values()] == [FRAMES] * len(SEEDS)


@pytest.fixture(scope="module")
def tracks(motions) -> list[Tracks]:
    return [tracks_of(motion.arrays(), reference_skeleton()) for motion in motions.values()]


def test_everybody_speaks_and_moves_the_head(tracks):
    for one in tracks:
        assert np.ptp(one.actions[:, ACTION_INDEX["jawOpen"]]) > 0.25
        assert np.ptp(one.head_deg, 0).max() > 3


def test_nearly_everybody_blinks(tracks):
    blinks = [np.ptp(one.actions[:, ACTION_INDEX["eyeBlinkLeft"]]) > 0.9 for one in tracks]
    assert sum(blinks) >= 14


def test_most_of_them_gesture(tracks):
    assert sum(np.ptp(one.wrists_m, 0).max() > 0.1 for one in tracks) >= 12


def test_no_two_motions_are_the_same(motions):
    rows = [motion.arrays().head_rotation.tobytes() for motion in motions.values()]
    assert len(set(rows)) == len(rows)


def test_a_file_keeps_a_motion_within_a_thousandth(tmp_path, motions):
    before = motions[3].arrays()
    moved = Motion([*motions[3].frames()])
    write(moved, tmp_path / "m.npz")
    after = Motion.load(tmp_path / "m.npz").arrays()
    for name in ("facial_actions", "head_rotation", "joint_rotation", "head_translation"):
        assert np.abs(getattr(after, name) - getattr(before, name)).max() <= 1e-3
