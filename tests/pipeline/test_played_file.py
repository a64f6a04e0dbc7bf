import time

import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.played_file import PlayedFile
from pipeline.wav_source import WavSource
from tests.pipeline.fakes import SteppedClock
from tests.pipeline.sounds import tone, write_wav


@pytest.fixture
def path(tmp_path):
    return write_wav(tmp_path / "a.wav", tone(24_000, 0.51), 24_000)


def all_chunks(source):
    chunks = []
    while not source.ended:
        chunk = source.read(timeout_s=5.0)
        if chunk is not None:
            chunks.append(chunk)
    return chunks


def test_it_plays_the_same_chunks_as_the_file_in_real_time(path):
    with PlayedFile(path) as source:
        start_s = time.monotonic()
        chunks = all_chunks(source)
        took_s = time.monotonic() - start_s
    expected = all_chunks(WavSource(path))
    assert [chunk.start_sample for chunk in chunks] == [chunk.start_sample for chunk in expected]
    np.testing.assert_array_equal(
        np.concatenate([chunk.samples for chunk in chunks]),
        np.concatenate([chunk.samples for chunk in expected]),
    )
    assert 0.5 <= took_s < 2.0
    assert source.lost_samples == 0


def test_a_chunk_comes_when_its_last_sample_has_been_played(path):
    clock = SteppedClock(start_s=10.0)
    with PlayedFile(path, clock) as source:
        assert source.read(timeout_s=0.0) is None
        clock.advance_when_asleep(0.0401)
        chunk = source.read(timeout_s=0.0)
        assert chunk.start_sample == 0
        assert chunk.capture_time_s == pytest.approx(10.0 + 800 / 24_000)
        assert source.read(timeout_s=0.0) is None
        clock.release()


def test_a_slow_reader_loses_the_oldest_and_keeps_the_time_line(tmp_path):
    sound = np.arange(5 * 24_000) / (5 * 24_000)
    path = write_wav(tmp_path / "ramp.wav", sound, 24_000)
    clock = SteppedClock(start_s=0.0)
    with PlayedFile(path, clock) as source:
        source.read(timeout_s=0.0)
        clock.advance_when_asleep(4.0)
        first = source.read(timeout_s=0.0)
        assert source.lost_samples == pytest.approx(48_000, abs=240)
        assert first.start_sample == pytest.approx(48_000, abs=1100)
        assert first.start_sample % 800 == 0
        second = source.read(timeout_s=0.0)
        np.testing.assert_allclose(
            second.samples, sound[second.start_sample : second.start_sample + 800], atol=1e-4
        )
        assert source.backlog_samples > 40_000
        clock.release()


def test_closing_in_the_middle_stops_the_player(path):
    source = PlayedFile(path)
    source.read(timeout_s=0.05)
    source.close()
    assert not source._thread.is_alive()


def test_closing_before_the_first_read_is_fine(path):
    PlayedFile(path).close()


def test_a_bad_file_is_reported_at_once(tmp_path):
    with pytest.raises(MediaError, match="folder"):
        PlayedFile(tmp_path)
