"""The self-test of the latency."""

import numpy as np
import pytest

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.latency_check import (
    CLICK_PERIOD_S,
    LatencyReport,
    _MouthWatch,
    check_latency,
    click_track,
    frame_count,
    mouth_region,
)
from pipeline.latency_target import Buffering
from pipeline.rates import FRAME_PERIOD_S, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from pipeline.stages import Choices
from tests.pipeline.fakes import FakeClock

REGION = (slice(4, 12), slice(4, 12))


def watch_frames(brightness, clock=None):
    """Show one picture a frame, each as bright in the region as told."""
    watch = _MouthWatch(REGION, clock)
    for value in brightness:
        frame = np.full((16, 16, 3), 100, np.uint8)
        frame[REGION] = value
        watch.send(frame)
        if clock is not None:
            clock.advance(FRAME_PERIOD_S)
    return watch


def test_clicks_begin_sharply_on_all_parts_of_a_frame():
    sound, places = click_track(6)
    assert np.diff(places) == pytest.approx(CLICK_PERIOD_S * SAMPLE_RATE_HZ, abs=1)
    assert len({place % SAMPLES_PER_FRAME // 100 for place in places}) > 3
    for place in places:
        assert not sound[place - 1000 : place].any()
        assert np.abs(sound[place : place + 40]).max() > 0.1
    assert frame_count(6) == 2 * -(-len(sound) // SAMPLES_PER_FRAME)


def test_the_first_moving_picture_is_found_by_the_time_it_was_there():
    clock = FakeClock(50.0)
    watch = watch_frames([100] * 40 + [101] + [120] * 10 + [100] * 20, clock)
    assert watch.first_after(50.0 + 38 * FRAME_PERIOD_S) == pytest.approx(50 + 41 * FRAME_PERIOD_S)


def test_without_a_clock_it_is_told_by_the_time_of_its_sound():
    watch = watch_frames([100] * 40 + [130] * 10)
    assert watch.first_after(40.4 * FRAME_PERIOD_S) == pytest.approx(40 * FRAME_PERIOD_S)


def test_a_mouth_that_does_not_answer_is_not_seen():
    watch = watch_frames([100] * 120)
    assert watch.first_after(40 * FRAME_PERIOD_S) is None


def test_stirring_in_silence_is_no_answer():
    noise = 100 + 3 * np.random.default_rng(0).integers(-1, 2, 120)
    assert watch_frames(noise).first_after(60 * FRAME_PERIOD_S) is None


@pytest.mark.parametrize(
    ("seen", "response_ms", "confirmed"), [(8, 101.0, True), (8, 125.0, False), (3, 100.0, False)]
)
def test_the_figure_is_confirmed_where_both_agree_on_enough_clicks(seen, response_ms, confirmed):
    assert LatencyReport(8, seen, response_ms, 120.0, 100.0, 80.0).confirmed is confirmed


@pytest.mark.slow
def test_the_real_chain_answers_clicks():
    assembly = ModelAssembly(StageOptions(device="cpu"))
    rows, columns = mouth_region(assembly, Choices())
    assert 20 < rows.stop - rows.start < 200
    assert 40 < columns.stop - columns.start < 250
    report = check_latency(assembly, Choices(), Buffering(), clicks=3)
    assert report.seen
    assert report.response_ms == pytest.approx(report.expected_ms, abs=40)
