"""The code of the full tier is guessed frame by frame from motion, and from nothing later."""

import numpy as np
import pytest

pytest.importorskip("torch")

from pipeline.body_motion import BodyMotion
from pipeline.implicit_motion import PAST_FRAMES
from pipeline.implicit_offset import ImplicitOffset
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.sizes import ImplicitSizes
from pipeline.style import load_style
from pipeline.template import load_template
from pipeline.torch_network import TorchNetwork
from tests.painters import torch_model
from tests.people import face_frame, resting_body
from tests.pipeline.motion_networks import SmallBody
from tests.pipeline.voices import face, voice

IDENTITY = np.zeros(len(load_template().identity_names), np.float32)


@pytest.fixture(scope="module")
def offset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("implicit")
    model = torch_model(folder, "implicit", "implicit", ImplicitSizes())
    return ImplicitOffset(TorchNetwork(model, "cpu"))


def codes(offset, yaws, state=None):
    state = offset.init_state() if state is None else state
    made = []
    for yaw in yaws:
        body = resting_body(load_template(), IDENTITY)
        body, state = offset.step(face_frame({}, (yaw, 0, 0)), body, state)
        made.append(body.implicit)
    return np.array(made), state


YAWS = np.sin(np.arange(12) * 0.7) * 0.4


def test_a_code_of_each_frame_depends_on_how_the_person_moves(offset):
    made, _ = codes(offset, YAWS)
    assert made.shape == (12, IMPLICIT_SIZE)
    assert np.abs(made).max() < 1
    assert np.ptp(made, 0).max() > 1e-3


def test_it_goes_on_from_its_state_and_begins_anew_from_the_first(offset):
    whole, _ = codes(offset, YAWS)
    first, state = codes(offset, YAWS[:5])
    second, _ = codes(offset, YAWS[5:], state)
    assert np.array_equal(np.concatenate([first, second]), whole)
    assert np.array_equal(codes(offset, YAWS)[0], whole)
    assert len(state) == PAST_FRAMES


def test_what_comes_later_changes_nothing_before(offset):
    other = np.where(np.arange(12) < 8, YAWS, 0.0)
    assert np.array_equal(codes(offset, other)[0][:8], codes(offset, YAWS)[0][:8])


def test_a_body_has_a_code_only_where_it_is_guessed(offset):
    skeleton, style = load_template().skeleton(IDENTITY), load_style("natural")
    told = []
    for given in (offset, None):
        body_motion = BodyMotion(SmallBody(), skeleton, style, offset=given)
        state, made = body_motion.init_state(), []
        for speech in (voice(index) for index in range(4)):
            body, state = body_motion.step(face(speech.frame, heard=speech), speech, state)
            made.append(body)
        told.append(made)
    with_code, without = told
    assert not any(body.implicit.any() for body in without)
    assert all(body.implicit.any() for body in with_code)
    for one, two in zip(with_code, without, strict=True):
        assert np.array_equal(one.joint_rotation, two.joint_rotation)
