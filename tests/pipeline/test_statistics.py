"""Counters and distributions of a run."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.statistics import Distribution, Statistics


@given(st.lists(st.floats(0.02, 9e4), min_size=1, max_size=200))
def test_percentiles_are_within_the_width_of_a_bin(durations_ms):
    distribution = Distribution()
    for duration_ms in durations_ms:
        distribution.add(duration_ms)
    for percent in (50, 95, 99):
        exact = np.percentile(durations_ms, percent, method="inverted_cdf")
        assert distribution.percentile(percent) == pytest.approx(exact, rel=0.013)


def test_what_came_before_can_be_left_out():
    distribution = Distribution()
    for _ in range(100):
        distribution.add(500.0)
    before = distribution.counts()
    assert distribution.percentile(50, before) is None
    distribution.add(20.0)
    assert distribution.percentile(50, before) == pytest.approx(20.0, rel=0.013)
    assert distribution.percentile(50) == pytest.approx(500.0, rel=0.013)


@pytest.mark.parametrize("duration_ms", [0.0, -1.0, 1e9])
def test_durations_out_of_range_count_at_the_border(duration_ms):
    distribution = Distribution()
    distribution.add(duration_ms)
    assert distribution.percentile(50) == pytest.approx(1e5 if duration_ms > 0 else 0.01)


def test_nothing_measured_is_null_in_json():
    figures = Statistics(lambda: 0.0).as_json()
    assert figures["latency_ms"] is None
    assert figures["av_offset_ms"] is None
    assert figures["fps"] == 0.0
    json.dumps(figures)


def test_json_has_the_keys_other_tools_rely_on():
    assert set(Statistics(lambda: 0.0).as_json()) == {
        "frames_sent", "frames_dropped", "late_frames", "fps", "stages_ms", "latency_ms",
        "latency_legs_ms", "av_offset_ms", "provider", "tier", "rss_mb", "xruns",
        "audio_lost_samples", "quality", "quality_changes", "rested_frames",
    }  # fmt: skip


def test_stage_times_and_frame_rate_follow_the_clock():
    now_s = 100.0
    statistics = Statistics(lambda: now_s)
    for _ in range(31):
        with statistics.stage("renderer"):
            now_s += 0.02
        now_s += 0.02
        statistics.count_sent(offset_s=0.05)
    figures = statistics.as_json()
    assert figures["fps"] == pytest.approx(25.0)
    assert figures["stages_ms"]["renderer"]["p95"] == pytest.approx(20.0, rel=0.013)
    assert figures["av_offset_ms"] == pytest.approx(50.0)
    assert figures["rss_mb"] > 10


def test_a_failing_stage_is_timed_too():
    now_s = 0.0
    statistics = Statistics(lambda: now_s)

    def fail():
        nonlocal now_s
        with statistics.stage("camera"):
            now_s += 0.01
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert statistics.stages["camera"].percentile(50) == pytest.approx(10.0, rel=0.013)
