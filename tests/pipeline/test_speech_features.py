from pathlib import Path

import numpy as np
import pytest

from pipeline.log_mel import LogMel
from pipeline.model_folder import MODELS
from pipeline.network import init_arrays, load_network
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, SpeechFrame

CLIP = Path(__file__).parent.parent / "data" / "go_forward.flac"
SPEECH, SILENCE, NOISE = 0, 1, 2


@pytest.fixture(scope="module")
def features() -> SpeechFeatures:
    return SpeechFeatures(load_network(MODELS / "speech", "cpu"))


@pytest.fixture(scope="module")
def recording() -> np.ndarray:
    samples = decode_audio(CLIP)
    return samples[: len(samples) // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME]


def hear(features: SpeechFeatures, samples: np.ndarray) -> list[SpeechFrame]:
    state, frames = features.init_state(), []
    for start in range(0, len(samples), SAMPLES_PER_FRAME):
        chunk = AudioChunk(samples[start : start + SAMPLES_PER_FRAME], start, 0.0)
        frame, state = features.step(chunk, state)
        frames.append(frame)
    return frames


def test_streamed_features_equal_those_of_the_whole_recording(features, recording):
    network = load_network(MODELS / "speech", "cpu")
    log_mel = LogMel()
    mel, _ = log_mel.step(recording, log_mel.init_state())
    whole = network.run({"mel": mel[None], **init_arrays(network)})["feature"][0]
    streamed = np.array([frame.feature for frame in hear(features, recording)])
    np.testing.assert_allclose(streamed, whole, atol=1e-4)


def test_later_sound_never_changes_earlier_frames(features, recording):
    other = recording.copy()
    other[40 * SAMPLES_PER_FRAME :] = 0.5
    first, second = hear(features, recording)[:40], hear(features, other)[:40]
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.feature, two.feature)
        assert (one.f0_hz, one.energy_db, one.stress) == (two.f0_hz, two.energy_db, two.stress)


def test_a_fresh_state_reproduces_the_first_run(features, recording):
    first, second = hear(features, recording), hear(features, recording)
    np.testing.assert_array_equal(first[-1].feature, second[-1].feature)


def test_frames_carry_their_number_and_valid_values(features, recording):
    for number, frame in enumerate(hear(features, recording)):
        assert frame.frame == number
        assert frame.feature.shape == (256,)
        assert frame.viseme.sum() == pytest.approx(1.0, abs=1e-5)
        assert frame.activity.sum() == pytest.approx(1.0, abs=1e-5)
        assert 0.0 <= frame.voicing <= 1.0
        assert 0.0 <= frame.stress <= 1.0
        assert frame.f0_hz == 0.0 or 60.0 < frame.f0_hz < 460.0


def test_real_speech_is_heard_as_speech_and_the_pause_after_it_is_not(features, recording):
    frames = hear(features, recording)
    speaking = np.mean([frame.activity[SPEECH] for frame in frames[17:60]])
    after = np.mean([frame.activity[SPEECH] for frame in frames[-8:]])
    assert speaking > 0.8
    assert after < 0.4


def test_muted_sound_is_silence(features):
    last = hear(features, np.zeros(60 * SAMPLES_PER_FRAME, np.float32))[-1]
    assert last.activity[SPEECH] < 0.1
    assert last.energy_db == -100.0
    assert last.f0_hz == 0.0


def test_steady_noise_is_not_speech(features):
    noise = np.random.default_rng(3).standard_normal(90 * SAMPLES_PER_FRAME) * 0.02
    frames = hear(features, noise.astype(np.float32))
    assert np.mean([frame.activity[SPEECH] for frame in frames[30:]]) < 0.2


def test_broken_samples_do_not_poison_the_state(features, recording):
    other = recording.copy()
    other[100:200] = np.nan
    assert np.isfinite(hear(features, other)[-1].feature).all()


def test_a_chunk_of_another_length_is_refused(features):
    with pytest.raises(ValueError, match="800"):
        features.step(AudioChunk(np.zeros(799, np.float32), 0, 0.0), features.init_state())
