import numpy as np
import pytest

from bench.lip_alignment import Clip
from bench.speech_encoder import CONDITIONS, disturbed, hear, measure, narrowed
from pipeline.model_folder import MODELS
from pipeline.network import load_network
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from tests.pipeline.test_speech_features import CLIP
from tests.pipeline.test_speech_features import hear as hear_live


@pytest.fixture(scope="module")
def network():
    return load_network(MODELS / "speech", "cpu")


@pytest.fixture(scope="module")
def recording() -> np.ndarray:
    samples = decode_audio(CLIP)
    return samples[: len(samples) // 800 * 800]


def test_the_bench_hears_what_the_product_hears(network, recording):
    now, late = hear(network, recording)
    live = np.array([f.viseme for f in hear_live(SpeechFeatures(network), recording)])
    np.testing.assert_allclose(now, live, atol=1e-4)
    assert late.shape == now.shape


def test_babble_lies_10_db_under_the_voice():
    draw = np.random.default_rng(0)
    clips = [Clip(str(k), draw.standard_normal(24_000).astype(np.float32), []) for k in range(3)]
    noise = disturbed(clips, "babble")[1] - clips[1].samples
    ratio_db = 10 * np.log10(np.mean(noise**2) / np.mean(clips[1].samples ** 2))
    assert ratio_db == pytest.approx(-10.0, abs=0.3)


def test_a_narrow_microphone_hears_nothing_above_4_khz():
    noise = np.random.default_rng(0).standard_normal(24_000).astype(np.float32)
    power = np.abs(np.fft.rfft(narrowed(noise))) ** 2
    assert power[4001:].sum() < 1e-6 * power.sum()
    assert power[:3500].sum() > 0.9 * np.sum(np.abs(np.fft.rfft(noise))[:3500] ** 2)


def test_every_condition_gives_scores_at_both_lookaheads(network, recording):
    clips = [Clip("a", recording, [("sil", 0.0, 0.5), ("aa", 0.5, 1.0), ("PP", 1.0, 1.1)])] * 2
    for condition in CONDITIONS:
        scores = measure(clips, network, condition)
        assert scores.keys() == {0, 1}
        assert 0.0 <= scores[1].micro <= 1.0
