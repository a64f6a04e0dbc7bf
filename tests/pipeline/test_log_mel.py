import numpy as np
import pytest

from pipeline.log_mel import BAND_COUNT, CHANNEL_COUNT, LogMel, mel_filters
from pipeline.rates import SAMPLE_RATE_HZ


def sound(seconds: float = 1.0, seed: int = 0) -> np.ndarray:
    """Noise bursts of changing level."""
    draw = np.random.default_rng(seed)
    count = int(seconds * SAMPLE_RATE_HZ) // 200 * 200
    swell = 0.02 + 0.3 * np.sin(np.arange(count) / 3000.0) ** 2
    return (draw.standard_normal(count) * swell).astype(np.float32)


def in_chunks(samples: np.ndarray, chunk: int) -> np.ndarray:
    log_mel = LogMel()
    state, parts = log_mel.init_state(), []
    for start in range(0, len(samples), chunk):
        part, state = log_mel.step(samples[start : start + chunk], state)
        parts.append(part)
    return np.concatenate(parts)


@pytest.mark.parametrize("chunk", [200, 400, 800, 1000, 7000])
def test_any_chunking_gives_what_the_whole_gives(chunk):
    whole = in_chunks(sound(), 24_000)
    np.testing.assert_allclose(in_chunks(sound(), chunk), whole, atol=1e-5)


def test_later_sound_never_changes_earlier_hops():
    first, second = sound(), sound()
    second[12_000:] = 0.9
    before = 12_000 // 200
    np.testing.assert_array_equal(
        in_chunks(first, 24_000)[:before], in_chunks(second, 24_000)[:before]
    )


def test_a_hop_hears_its_own_last_samples():
    first, second = sound(), sound()
    second[11_950:12_000] = 0.9
    changed = np.abs(in_chunks(first, 24_000) - in_chunks(second, 24_000)).max(axis=1)
    assert np.flatnonzero(changed)[0] == 12_000 // 200 - 1


def test_a_fresh_state_reproduces_the_first_run():
    log_mel = LogMel()
    first, _ = log_mel.step(sound(), log_mel.init_state())
    second, _ = log_mel.step(sound(), log_mel.init_state())
    np.testing.assert_array_equal(first, second)


def test_gain_hardly_changes_the_bands():
    loud = in_chunks(sound(), 24_000)[30:, :BAND_COUNT]
    soft = in_chunks(sound() * np.float32(0.1), 24_000)[30:, :BAND_COUNT]
    assert np.abs(loud - soft).max() < 0.02


def test_the_last_channel_tells_the_level():
    loud = in_chunks(sound(), 24_000)[-1, -1]
    soft = in_chunks(sound() * np.float32(0.1), 24_000)[-1, -1]
    assert (loud - soft) * 30.0 == pytest.approx(20.0, abs=0.1)


def test_a_tone_is_loudest_in_its_own_band():
    time_s = np.arange(24_000) / SAMPLE_RATE_HZ
    tone = (0.3 * np.sin(2 * np.pi * 1000.0 * time_s)).astype(np.float32)
    loudest = int(np.argmax(in_chunks(tone, 24_000)[-1, :BAND_COUNT]))
    centre_hz = np.argmax(mel_filters()[:, loudest]) * SAMPLE_RATE_HZ / 1024
    assert centre_hz == pytest.approx(1000.0, abs=60.0)


def test_digital_silence_gives_finite_numbers():
    bands = in_chunks(np.zeros(8000, np.float32), 800)
    assert bands.shape == (40, CHANNEL_COUNT)
    assert np.isfinite(bands).all()


def test_a_broken_hop_is_refused():
    log_mel = LogMel()
    with pytest.raises(ValueError, match="multiple"):
        log_mel.step(np.zeros(300, np.float32), log_mel.init_state())
