import numpy as np
import pytest
import torch

from pipeline.names import VISEME_INDEX
from pipeline.pitch import PITCH_WINDOW_SAMPLES, Pitch
from training.phone_classes import PHONE_CLASSES, UNKNOWN_PHONE, phone_class
from training.speech_dataset import ENERGY, NOISE, PITCH, STRESS, VOICED, Corpus, label
from training.voice_track import voice_track

RATE_HZ = 24_000


def tone(hz: float, seconds: float, level: float = 0.3) -> np.ndarray:
    """Harmonics of a voice."""
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    waves = sum(np.sin(2 * np.pi * k * hz * time_s) / k for k in range(1, 8))
    return (level * waves / 2).astype(np.float32)


@pytest.fixture(scope="module")
def shard():
    """A second of "ama" between pauses, a pause without a clip, a second of noise."""
    draw = np.random.default_rng(0)
    voice = np.concatenate([np.zeros(4800), tone(128, 0.6), np.zeros(4800)]).astype(np.float32)
    noise = (0.05 * draw.standard_normal(RATE_HZ)).astype(np.float32)
    samples = np.concatenate([voice, np.zeros(RATE_HZ, np.float32), noise])
    phones = [["sil", 0.0, 0.2, 0], ["a", 0.2, 0.4, 1], ["m", 0.4, 0.6, 0], ["a", 0.6, 0.8, 0],
              ["sil", 0.8, 1.0, 0]]  # fmt: skip
    clips = [
        {"engine": "kokoro", "voice": "x", "start_sample": 0, "samples": len(voice),
         "alphabet": "ipa", "phones": phones},
        {"engine": "nonspeech", "voice": "rain", "start_sample": 2 * RATE_HZ, "samples": RATE_HZ,
         "alphabet": "ipa", "phones": []},
    ]  # fmt: skip
    return label("000", samples, clips)


def test_hops_carry_the_visemes_of_their_phones(shard):
    seen = shard.labels[:, 0]
    assert (seen[:24] == VISEME_INDEX["sil"]).all()
    assert (seen[24:48] == VISEME_INDEX["aa"]).all()
    assert (seen[48:72] == VISEME_INDEX["PP"]).all()
    assert (seen[100:] == VISEME_INDEX["sil"]).all()
    assert PHONE_CLASSES[shard.labels[60, 1]] == "M"


def test_voice_has_pitch_and_level_and_pauses_have_not(shard):
    middle = slice(40, 90)
    assert (shard.values[middle, VOICED] == 1).all()
    assert np.abs(shard.values[middle, PITCH]).max() < 0.02
    assert np.abs(shard.values[middle, ENERGY]).max() < 0.2
    assert shard.values[150:, VOICED].max() == 0
    assert shard.values[150:, ENERGY].max() == -3.0


def test_sound_without_phones_is_noise(shard):
    assert shard.values[245:355, NOISE].min() == 1
    assert shard.values[:235, NOISE].max() == 0
    assert shard.engine == "kokoro"


def test_the_track_is_what_the_product_measures():
    draw = np.random.default_rng(1)
    sound = np.concatenate([tone(110, 0.5), tone(220, 0.5)])
    sound += (0.01 * draw.standard_normal(len(sound))).astype(np.float32)
    energy_db, pitch_hz = voice_track(sound)
    padded, pitch = np.concatenate([np.zeros(PITCH_WINDOW_SAMPLES, np.float32), sound]), Pitch()
    for frame in range(30):
        newest = padded[: (frame + 1) * 800 + PITCH_WINDOW_SAMPLES][-PITCH_WINDOW_SAMPLES:]
        assert pitch_hz[4 * frame + 3] == pytest.approx(pitch(newest)[1], abs=0.05)
        expected = 10 * np.log10(np.mean(newest[-800:].astype(float) ** 2) + 1e-12)
        assert energy_db[4 * frame + 3] == pytest.approx(expected, abs=0.05)


def test_crops_at_normal_speed_are_the_sound_itself(shard):
    corpus = Corpus("cpu")
    corpus.append([shard])
    crops = corpus._cut(torch.tensor([20]), torch.ones(1, dtype=torch.float64), 12)
    np.testing.assert_allclose(crops.sound[0], shard.samples[4000:13600] / 32768.0, atol=1e-7)
    assert crops.viseme.sum(2).allclose(torch.ones(1, 12))
    assert crops.viseme[0, 1, VISEME_INDEX["aa"]] == 1.0
    assert crops.viseme[0, 7, VISEME_INDEX["PP"]] == 1.0
    assert crops.stress.shape == (1, 12)
    assert float(crops.stress[0, 5]) == pytest.approx(float(shard.values[43, STRESS]))


def test_faster_crops_are_higher_and_keep_their_labels(shard):
    corpus = Corpus("cpu")
    corpus.append([shard])
    crops = corpus._cut(torch.tensor([24]), torch.tensor([1.25], dtype=torch.float64), 12)
    assert float(crops.pitch[0, 8]) == pytest.approx(np.log2(1.25), abs=0.03)
    made = voice_track(crops.sound[0].numpy())[1]
    assert made[30] == pytest.approx(160.0, rel=0.01)
    # "m" lies 24..48 hops behind the start and is passed 1.25 times as fast
    assert crops.viseme[0, 4, VISEME_INDEX["aa"]] > 0.5
    assert crops.viseme[0, 5, VISEME_INDEX["PP"]] == 1.0
    assert crops.viseme[0, 10, VISEME_INDEX["aa"]] == 1.0


def test_a_corpus_grows_while_it_is_used(shard):
    corpus = Corpus("cpu")
    corpus.append([shard])
    corpus.append([shard])
    assert corpus.hours == pytest.approx(6 / 3600)
    crops = corpus.draw(16, 30, torch.Generator().manual_seed(0))
    assert crops.sound.shape == (16, 24_000)
    assert torch.isfinite(crops.sound).all()


@pytest.mark.parametrize(
    ("symbol", "alphabet", "name"),
    [("AH0", "arpabet", "AH"), ("p", "ipa", "P"), ("sil", "ipa", "sil"), ("ɝ", "ipa", "ER")],
)
def test_phones_of_several_alphabets_share_classes(symbol, alphabet, name):
    assert PHONE_CLASSES[phone_class(symbol, alphabet)] == name


def test_an_uncertain_phone_has_no_class():
    assert phone_class("ʦ", "ipa") == phone_class("tt", "sampa") == UNKNOWN_PHONE
