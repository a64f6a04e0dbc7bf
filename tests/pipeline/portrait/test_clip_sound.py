"""Who speaks when, by ear or by eye."""

import numpy as np
import pytest

from pipeline.portrait.clip_sound import heard_in, seen_to_speak
from pipeline.rates import FPS
from pipeline.sound_file import decode_audio
from pipeline.stream_types import State
from tests.pipeline.recitals import CLIP
from tests.pipeline.sounds import write_encoded, write_silent_video


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    voice = decode_audio(CLIP)
    sound = np.concatenate((np.zeros(24_000, np.float32), voice, np.zeros(24_000, np.float32)))
    path = tmp_path_factory.mktemp("talk") / "talk.mp4"
    return write_encoded(path, sound[None], 24_000, "aac", with_video=True)


def test_the_voice_of_a_clip_tells_when_somebody_speaks(talk):
    states, visemes = heard_in(talk, 120)
    assert states.shape == (120,)
    assert visemes.shape == (120, 15)
    assert (states[:24] == State.IDLE).all()
    assert (states[50:100] == State.SPEAKING).mean() > 0.8
    assert visemes.sum(axis=1) == pytest.approx(np.ones(120), abs=1e-3)


def test_a_clip_without_sound_or_voice_tells_nothing(tmp_path):
    assert heard_in(write_silent_video(tmp_path / "v.mp4"), 10) is None
    quiet = np.zeros((1, 48_000), np.float32)
    assert heard_in(write_encoded(tmp_path / "q.mp4", quiet, 48_000, "aac", with_video=True),
                    30) is None  # fmt: skip


def test_a_jaw_that_moves_speaks():
    time_s = np.arange(300) / FPS
    jaw = 0.2 * np.abs(np.sin(2 * np.pi * 2.5 * time_s)) * ((time_s > 3) & (time_s < 7))
    states = seen_to_speak(jaw)
    assert (states[:60] == State.IDLE).all()
    assert (states[100:200] == State.SPEAKING).all()
    assert (states[240:] == State.LISTENING).all()
    assert (seen_to_speak(np.zeros(40)) == State.IDLE).all()
