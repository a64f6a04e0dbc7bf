from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.motion.player import Manner, Player, chunks
from pipeline.motion_space import HEAD_ROTATION
from pipeline.sound_file import decode_audio

CLIP = Path(__file__).parents[2] / "data" / "go_forward.flac"


@pytest.fixture(scope="module")
def player():
    return Player(lookahead_frames=2)


@pytest.fixture(scope="module")
def speech(player):
    return player.hear(decode_audio(CLIP)[: 45 * 800 + 300])


def test_the_motion_is_as_long_as_the_sound_and_starts_at_its_first_frame(player, speech):
    frames = [face.frame for face, _ in player.play(speech, Manner()).frames()]
    assert frames == list(range(45))


def test_a_seed_repeats_and_another_one_differs(player, speech):
    first, again, other = (
        player.play(speech, Manner("energetic", seed=seed)).arrays().head_rotation
        for seed in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_a_body_that_is_shown_another_face_moves_otherwise(player, speech):
    own = player.play(speech, Manner())
    faces = [face for face, _ in own.frames()]
    same = player.play(speech, Manner(), seen=faces).arrays()
    turned = [replace(face, generated=_turned(face.generated)) for face in faces]
    other = player.play(speech, Manner(), seen=turned).arrays()
    assert (same.joint_rotation == own.arrays().joint_rotation).all()
    assert (other.joint_rotation != own.arrays().joint_rotation).any()
    assert (other.head_rotation == own.arrays().head_rotation).all()


def _turned(generated):
    turned = generated.copy()
    turned[HEAD_ROTATION] = 0.3
    return turned


def test_every_frame_of_every_stage_is_timed(player):
    spent = player.play_timed(np.zeros(8000, np.float32), Manner())
    assert len(spent.speech) == len(spent.face) == len(spent.body) == 10
    assert min(spent.speech) > 0.0


def test_sound_reaches_the_stages_in_whole_frames_with_silence_behind():
    found = list(chunks(np.ones(1700, np.float32), 2))
    assert [chunk.start_sample for chunk in found] == [0, 800, 1600, 2400]
    assert [bool(chunk.samples.any()) for chunk in found] == [True, True, False, False]
