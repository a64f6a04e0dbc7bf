"""The sound that the speed is measured with, and the measurement itself."""

import numpy as np
import pytest

from bench.speed import SpeedOptions, measure_speed, write_voice
from pipeline.assembly import StageOptions
from pipeline.rates import SAMPLE_RATE_HZ
from pipeline.sound_file import decode_audio
from pipeline.stages import Choices


def test_the_voice_has_syllables_and_pauses(tmp_path):
    samples = decode_audio(write_voice(tmp_path / "v.wav", 5.0))
    assert len(samples) == 5 * SAMPLE_RATE_HZ
    loudness = np.abs(samples.reshape(-1, 240)).max(axis=1)
    assert loudness.max() > 0.2
    assert (loudness < 1e-3).mean() > 0.3


@pytest.mark.slow
def test_rendering_and_following_are_measured():
    figures = measure_speed(StageOptions(width_px=512, height_px=768), Choices(),
                            SpeedOptions(1.0, 1.0))  # fmt: skip
    assert figures["render"]["frames_sent"] == figures["live"]["frames_sent"] == 30
    assert figures["render"]["speed"] > 0
    assert figures["render"]["frame_cpu_ms"] > 1
    assert figures["live"]["latency_ms"]["p50"] > figures["delay_ms"]
    assert figures["render"]["stages_ms"]["renderer"]["p95"] > 0
