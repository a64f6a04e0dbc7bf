import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.wav_source import WavSource, decode_audio
from tests.pipeline.fakes import FakeClock
from tests.pipeline.sounds import tone, write_wav


def test_chunks_cover_the_file_and_the_last_is_padded(tmp_path):
    path = write_wav(tmp_path / "a.wav", tone(24_000, 0.11), 24_000)
    with WavSource(path) as source:
        assert source.chunk_count == 4
        chunks = []
        while (chunk := source.read(timeout_s=0.0)) is not None:
            chunks.append(chunk)
        assert source.ended
    assert [chunk.start_sample for chunk in chunks] == [0, 800, 1600, 2400]
    samples = np.concatenate([chunk.samples for chunk in chunks])
    np.testing.assert_array_equal(samples[:2640], decode_audio(path))
    assert not samples[2640:].any()
    assert {chunk.samples.dtype for chunk in chunks} == {np.dtype(np.float32)}


def test_a_file_of_whole_frames_gets_no_extra_chunk(tmp_path):
    path = write_wav(tmp_path / "a.wav", tone(24_000, 0.1), 24_000)
    source = WavSource(path)
    assert source.chunk_count == 3
    for _ in range(3):
        assert source.read() is not None
    assert source.read() is None


def test_the_capture_time_is_the_time_of_reading(tmp_path):
    clock = FakeClock(start_s=7.0)
    source = WavSource(write_wav(tmp_path / "a.wav", tone(24_000, 0.1), 24_000), clock)
    clock.advance(1.0)
    assert source.read().capture_time_s == 8.0


def test_it_has_the_counters_of_a_source(tmp_path):
    source = WavSource(write_wav(tmp_path / "speech.wav", tone(24_000, 0.1), 24_000))
    assert source.name == "speech.wav"
    assert (source.lost_samples, source.xruns, source.backlog_samples) == (0, 0, 0)


def test_a_missing_file_is_reported_at_once(tmp_path):
    with pytest.raises(MediaError, match="no file"):
        WavSource(tmp_path / "none.wav")
