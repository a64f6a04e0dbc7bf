import logging
import struct

import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.sound_file import decode_audio
from tests.pipeline.sounds import (
    frequency_of,
    level_of,
    tone,
    write_encoded,
    write_silent_video,
    write_wav,
)

FORMATS = [
    ("flac", "flac", 44_100, "s16"),
    ("mp3", "libmp3lame", 44_100, "fltp"),
    ("ogg", "libopus", 48_000, "flt"),
    ("m4a", "aac", 44_100, "fltp"),
]


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("bits", [8, 16])
def test_wav_files_of_any_rate_keep_length_level_and_pitch(tmp_path, rate_hz, bits):
    path = write_wav(tmp_path / "a.wav", tone(rate_hz, 1.037), rate_hz, bits)
    samples = decode_audio(path)
    assert samples.dtype == np.float32
    assert abs(len(samples) - 1.037 * 24_000) <= 1
    assert frequency_of(samples) == pytest.approx(440, abs=1)
    assert level_of(samples[2000:-2000]) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 48_000])
def test_sound_is_not_shifted(tmp_path, rate_hz):
    click = np.zeros(rate_hz, np.float32)
    click[rate_hz // 2] = 0.9
    samples = decode_audio(write_wav(tmp_path / "a.wav", click, rate_hz))
    assert abs(int(np.argmax(np.abs(samples))) - 12_000) <= 1


@pytest.mark.parametrize(("ending", "codec", "rate_hz", "sample_format"), FORMATS)
def test_encoded_files_keep_length_and_place(tmp_path, ending, codec, rate_hz, sample_format):
    sound = tone(rate_hz, 2.0)
    sound[: rate_hz // 2] = 0
    path = write_encoded(
        tmp_path / f"a.{ending}", sound[None], rate_hz, codec, sample_format=sample_format
    )
    samples = decode_audio(path)
    assert abs(len(samples) - 48_000) <= 1
    assert frequency_of(samples[13_000:47_000]) == pytest.approx(440, abs=1)
    onset = int(np.argmax(np.abs(samples) > 0.25))
    assert abs(onset - 12_000) < 48


def test_the_sound_of_a_video_is_used(tmp_path):
    path = write_encoded(
        tmp_path / "a.mp4", tone(48_000, 1.0)[None], 48_000, "aac", with_video=True
    )
    samples = decode_audio(path)
    assert frequency_of(samples) == pytest.approx(440, abs=2)
    assert abs(len(samples) - 24_000) <= 512


def test_stereo_is_the_mean_of_both_sides(tmp_path):
    left = tone(48_000, 1.0)
    both = decode_audio(write_wav(tmp_path / "b.wav", np.stack([left, left]), 48_000))
    one = decode_audio(write_wav(tmp_path / "o.wav", np.stack([left, 0 * left]), 48_000))
    assert level_of(both[1000:-1000]) == pytest.approx(0.5, rel=0.01)
    assert level_of(one[1000:-1000]) == pytest.approx(0.25, rel=0.01)


@pytest.mark.parametrize(("channel", "level"), [(0, 0.25), (2, 0.3536), (3, 0.0), (4, 0.1768)])
def test_surround_is_mixed_down_by_the_standard(tmp_path, channel, level):
    surround = np.zeros((6, 48_000), np.float32)
    surround[channel] = tone(48_000, 1.0)
    path = write_encoded(
        tmp_path / "a.flac", surround, 48_000, "flac", layout="5.1", sample_format="s16"
    )
    assert level_of(decode_audio(path)[1000:-1000]) == pytest.approx(level, abs=0.005)


def test_a_mix_over_full_scale_is_scaled_back_not_clipped(tmp_path):
    surround = np.tile(0.99 / 0.5 * tone(48_000, 1.0), (6, 1))
    path = write_encoded(
        tmp_path / "a.flac", surround, 48_000, "flac", layout="5.1", sample_format="s16"
    )
    samples = decode_audio(path)
    assert np.abs(samples).max() <= 1.0
    spectrum = np.abs(np.fft.rfft(samples[2400:-2400] * np.hanning(len(samples) - 4800)))
    assert spectrum[1000:].max() < 1e-3 * spectrum.max()


def test_not_a_number_and_infinity_become_silence(tmp_path):
    sound = tone(24_000, 1.0)
    sound[1000:1010], sound[2000], sound[3000] = np.nan, np.inf, -np.inf
    data = sound.astype("<f4").tobytes()
    header = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
    header += struct.pack("<IHHIIHH", 16, 3, 1, 24_000, 96_000, 4, 32)
    path = tmp_path / "a.wav"
    path.write_bytes(header + b"data" + struct.pack("<I", len(data)) + data)
    samples = decode_audio(path)
    assert len(samples) == 24_000
    assert np.isfinite(samples).all()
    assert not samples[1000:1010].any()
    assert samples[2000] == samples[3000] == 0
    np.testing.assert_allclose(samples[4000:], sound[4000:], atol=1e-6)


def test_a_truncated_file_is_used_as_far_as_it_goes(tmp_path, caplog):
    path = write_encoded(
        tmp_path / "a.flac", tone(44_100, 3.0)[None], 44_100, "flac", sample_format="s16"
    )
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with caplog.at_level(logging.WARNING, "pipeline.sound_file"):
        samples = decode_audio(path)
    assert 0.5 * 24_000 < len(samples) < 2.9 * 24_000
    assert frequency_of(samples[:12_000]) == pytest.approx(440, abs=2)
    assert "a.flac" in caplog.text
    caplog.clear()


def test_a_truncated_wav_is_used_as_far_as_it_goes(tmp_path, caplog):
    path = write_wav(tmp_path / "a.wav", tone(48_000, 2.0), 48_000)
    path.write_bytes(path.read_bytes()[: 44 + 2 * 48_000])
    with caplog.at_level(logging.WARNING, "pipeline.sound_file"):
        samples = decode_audio(path)
    assert len(samples) == 24_000
    assert "a.wav" in caplog.text
    caplog.clear()


def wav_header_only(path):
    write_wav(path, tone(48_000, 1.0), 48_000)
    path.write_bytes(path.read_bytes()[:30])


def wav_without_samples(path):
    write_wav(path, np.zeros(0), 48_000)


@pytest.mark.parametrize(
    ("make", "ending", "sentence"),
    [
        (lambda path: None, "wav", "There is no file"),
        (lambda path: path.mkdir(), "wav", "is a folder"),
        (lambda path: path.touch(), "wav", "is empty"),
        (wav_header_only, "wav", "damaged"),
        (wav_without_samples, "wav", "no sound"),
        (lambda path: path.write_text("Dear diary, " * 200), "wav", "not a sound file"),
        (lambda path: path.write_text("Dear diary, " * 200), "txt", "not a sound file"),
        (lambda path: path.write_bytes(bytes(range(256)) * 64), "mp3", "not a sound|no sound"),
        (write_silent_video, "mp4", "without sound"),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path, make, ending, sentence):
    path = tmp_path / f"input.{ending}"
    make(path)
    with pytest.raises(MediaError, match=sentence) as raised:
        decode_audio(path)
    message = str(raised.value)
    assert message.endswith(".")
    assert "\n" not in message


def test_a_header_that_breaks_off_is_also_noted_in_the_log(tmp_path, caplog):
    wav_header_only(tmp_path / "a.wav")
    with caplog.at_level(logging.WARNING, "pipeline.sound_file"), pytest.raises(MediaError):
        decode_audio(tmp_path / "a.wav")
    assert "shorter than it says" in caplog.text


def test_plain_wav_with_six_channels_is_taken_for_surround(tmp_path):
    surround = np.zeros((6, 48_000), np.float32)
    surround[2] = tone(48_000, 1.0)
    samples = decode_audio(write_wav(tmp_path / "a.wav", surround, 48_000))
    assert level_of(samples[1000:-1000]) == pytest.approx(0.3536, abs=0.005)


def test_channels_without_known_places_are_averaged(tmp_path):
    sound = np.tile(tone(48_000, 1.0), (3, 1))
    samples = decode_audio(write_wav(tmp_path / "a.wav", sound, 48_000))
    assert level_of(samples[1000:-1000]) == pytest.approx(0.5, abs=0.005)


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(MediaError):
        decode_audio("a\0b.wav")
