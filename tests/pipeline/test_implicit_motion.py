import numpy as np

from pipeline.implicit_motion import (
    MOTION_SIZE,
    PAST_FRAMES,
    POSE_SIZE,
    motion_of,
    pose_of,
    remembered,
)
from pipeline.networks.sizes import ImplicitSizes
from pipeline.template import load_template
from tests.people import face_frame, resting_body

BODY = resting_body(load_template(), np.zeros(len(load_template().identity_names), np.float32))


def turned(yaw: float) -> np.ndarray:
    return pose_of(face_frame({}, (yaw, 0, 0)), BODY)


def test_it_is_as_long_as_its_network_expects():
    assert turned(0.1).shape == (POSE_SIZE,)
    assert motion_of(turned(0.1), ()).shape == (MOTION_SIZE,)
    assert ImplicitSizes().motion_size == MOTION_SIZE


def test_what_stands_still_has_no_speed():
    pose = turned(0.2)
    for past in ((), (pose,), (pose, pose)):
        assert not motion_of(pose, past)[POSE_SIZE:].any()


def test_a_turn_has_the_speed_of_the_turn_only():
    past = remembered(turned(0.0), remembered(turned(-0.1), ()))
    speeds = motion_of(turned(0.2), past)[POSE_SIZE:].reshape(PAST_FRAMES, POSE_SIZE)
    for speed, turn in zip(speeds, (0.2, 0.1), strict=True):
        assert np.count_nonzero(speed) == 1
        assert np.isclose(speed.max(), 6 * turn)


def test_no_more_is_remembered_than_is_needed():
    past = ()
    for yaw in np.linspace(0, 1, 8):
        past = remembered(turned(yaw), past)
    assert len(past) == PAST_FRAMES
    assert np.array_equal(past[0], turned(1.0))
