import numpy as np
import pytest

from pipeline.capture import Capture
from pipeline.ring_buffer import RingBuffer
from tests.pipeline.fakes import FakeClock


def filled(rate_hz, samples, capacity_s=2.0, capture_time_s=0.0):
    ring = RingBuffer(int(capacity_s * rate_hz))
    capture = Capture(ring, rate_hz, FakeClock())
    ring.write(samples, capture_time_s)
    return ring, capture


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 24_000, 44_100, 48_000, 96_000])
def test_a_second_of_any_device_becomes_thirty_chunks(rate_hz):
    times_s = np.arange(rate_hz) / rate_hz
    _, capture = filled(rate_hz, np.sin(2 * np.pi * 440 * times_s))
    chunks = [capture.read(0.0) for _ in range(30)]
    assert [chunk.start_sample for chunk in chunks] == list(range(0, 24_000, 800))
    samples = np.concatenate([chunk.samples for chunk in chunks])
    expected = np.sin(2 * np.pi * 440 * (np.arange(24_000) / 24_000 - capture.latency_s))
    np.testing.assert_allclose(samples[100:], expected[100:], atol=3e-4)
    assert capture.read(0.0) is None


def test_the_capture_time_is_that_of_the_last_sample():
    _, capture = filled(48_000, np.zeros(4800), capture_time_s=20.0)
    first, second = capture.read(0.0), capture.read(0.0)
    # Only half of the last step's two samples is needed for the chunk.
    assert first.capture_time_s == pytest.approx(20.0 - (4800 - 1600) / 48_000, abs=1e-4)
    assert second.capture_time_s - first.capture_time_s == pytest.approx(1 / 30)


@pytest.mark.parametrize("rate_hz", [11_025, 16_000, 44_100, 48_000])
def test_after_an_overrun_samples_lie_where_they_belong(rate_hz):
    ring = RingBuffer(rate_hz)
    capture = Capture(ring, rate_hz, FakeClock())
    clicks = np.zeros(3 * rate_hz, np.float32)
    clicks[[rate_hz // 4, rate_hz * 5 // 2]] = 0.9
    ring.write(clicks[: rate_hz // 2])
    chunks = [capture.read(0.0) for _ in range(10)]
    ring.write(clicks[rate_hz // 2 :])
    while (chunk := capture.read(0.0)) is not None:
        chunks.append(chunk)
    timeline = np.zeros(4 * 24_000)
    for chunk in chunks:
        assert chunk.start_sample % 800 == 0
        timeline[chunk.start_sample :][:800] = chunk.samples
    delay = round(capture.latency_s * 24_000)
    for click_s in (0.25, 2.5):
        window = np.abs(timeline[round(click_s * 24_000) - 2000 :][:4000])
        assert abs(int(np.argmax(window)) - 2000 - delay) <= 2
    assert capture.lost_samples == pytest.approx(24_000 * 5 / 3, abs=2)


def test_damaged_samples_do_not_reach_the_chunk():
    noise = np.full(4800, 5.0)
    noise[100:110] = np.nan
    _, capture = filled(48_000, noise)
    chunk = capture.read(0.0)
    assert np.isfinite(chunk.samples).all()
    assert np.abs(chunk.samples).max() <= 1.0


def test_the_rest_after_the_end_is_padded_with_silence():
    ring, capture = filled(24_000, np.ones(900))
    ring.close()
    assert capture.read(0.0).samples.sum() == 800
    assert not capture.ended
    last = capture.read(0.0)
    assert (last.start_sample, last.samples.sum()) == (800, 100)
    assert capture.ended
    assert capture.read(0.0) is None


def test_the_backlog_is_counted_at_24_khz():
    _, capture = filled(48_000, np.zeros(9600))
    assert capture.backlog_samples == 4800
    capture.read(0.0)
    assert capture.backlog_samples == pytest.approx(4000, abs=1)
