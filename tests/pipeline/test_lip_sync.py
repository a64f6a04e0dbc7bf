"""Lips and voice for hours, on three clocks that differ and with the jitter of a busy machine."""

import math

import numpy as np
import pytest

from pipeline.deadlines import Deadlines, Verdict
from pipeline.latency_target import Buffering
from pipeline.pacer import Pacer
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.voice_out import AFTER_LIPS_S, VoiceOut
from tests.pipeline.fakes import FakeClock

RATE_HZ = 48_000
AUDIO_BLOCK = 4800
BLOCK_S = AUDIO_BLOCK / RATE_HZ
SETTLING_S = 20.0
FRAMES_AT_ONCE = 4096


class Call:
    """A microphone and an output whose clocks differ from ours by these fractions, pictures that
    take 12 to 16 ms and now and then 40 ms more, and callbacks that come late by up to 6 ms."""

    def __init__(self, microphone_skew, output_skew):
        self.clock = FakeClock(0.0)
        self.deadlines = Deadlines(Pacer(FPS, self.clock), self.clock, Buffering())
        self.voice = VoiceOut()
        self.voice.begin(RATE_HZ, RATE_HZ)
        self._microphone_rate = 1 + microphone_skew
        self._output_rate = 1 + output_skew
        self._random = np.random.default_rng(7)
        self._blocks = 0
        self._audio_delay_s = 0.0
        self.shown_frames = 0
        self.stall_at_s = math.inf

    def run(self, until_s, first_s=0.0):
        """How long after its own lips the voice was truly heard, seconds, for each picture that
        left in time."""
        offsets_s, frames = [], range(int(first_s * FPS), int(until_s * FPS))
        for frame in frames:
            if frame % FRAMES_AT_ONCE == 0 or frame == frames[0]:
                late_s, work_s = self._draws(FRAMES_AT_ONCE)
                self.clock.sleeps.clear()
            jitter_s = late_s[frame % FRAMES_AT_ONCE]
            captured_s = (frame + 1) * FRAME_PERIOD_S / self._microphone_rate
            had_waited = self.clock.now_s() > captured_s + 0.006 + jitter_s
            self.clock.sleep_until(captured_s + 0.006 + jitter_s)
            self._play_until(self.clock.now_s())
            behind_s = self.clock.now_s() - captured_s - 0.006
            told_s, end_sample = captured_s + jitter_s, (frame + 1) * SAMPLES_PER_FRAME
            self.deadlines.hear(end_sample, told_s, had_waited=had_waited)
            waiting = int(behind_s / FRAME_PERIOD_S) * SAMPLES_PER_FRAME
            if self.deadlines.judge(waiting) is not Verdict.DRAW:
                continue
            self.clock.advance(work_s[frame % FRAMES_AT_ONCE])
            if captured_s > self.stall_at_s:
                self.stall_at_s = math.inf
                self.clock.advance(0.5)
            late_by_s = self.deadlines.wait((frame + 1) * SAMPLES_PER_FRAME)
            self.voice.follow(self.clock.now_s() - captured_s - jitter_s)
            if captured_s < SETTLING_S:
                continue
            self.shown_frames += 1
            if late_by_s == 0.0:
                latency_s = self.clock.now_s() - captured_s
                offsets_s.append(self._audio_delay_s - latency_s - FRAME_PERIOD_S)
        return np.array(offsets_s)

    def _draws(self, count):
        late_s = 0.006 * self._random.random(count)
        work_s = 0.012 + 0.004 * self._random.random(count)
        work_s[self._random.random(count) < 0.003] += 0.04
        return late_s.tolist(), work_s.tolist()

    def _play_until(self, now_s):
        """The callbacks of both devices up to now, without the sound itself."""
        _, source, control = self.voice._route
        while (self._blocks + 1) * BLOCK_S / self._output_rate <= now_s:
            self._blocks += 1
            time_s = self._blocks * BLOCK_S / self._output_rate
            late_s = 0.006 * float(self._random.random())
            captured = int(time_s * RATE_HZ * self._microphone_rate)
            source.observe(captured, captured / RATE_HZ / self._microphone_rate + late_s)
            heard_s = time_s + 0.03
            span = control.plan(AUDIO_BLOCK, heard_s + late_s, self.voice.delay_s, False)
            self._audio_delay_s = heard_s - span.position / RATE_HZ / self._microphone_rate


def check(call, duration_s):
    """Run it and hold it to the promise; returns the drift in seconds an hour."""
    offsets_s = call.run(duration_s)
    assert len(offsets_s) > 0.98 * call.shown_frames
    assert call.shown_frames > 0.99 * (duration_s - SETTLING_S) * FPS
    assert np.abs(offsets_s).max() <= 0.02
    assert offsets_s.mean() == pytest.approx(AFTER_LIPS_S, abs=0.004)
    hours = np.linspace(0, duration_s / 3600, len(offsets_s))
    return np.polyfit(hours, offsets_s, 1)[0]


@pytest.mark.parametrize(("microphone", "output"), [(1e-4, -1e-4), (-1e-4, 1e-4)])
def test_voice_and_lips_stay_together_for_minutes(microphone, output):
    check(Call(microphone, output), 150.0)


def test_after_a_stall_they_are_together_again_within_two_seconds():
    call = Call(1e-4, -1e-4)
    call.run(60.0)
    call.stall_at_s = 70.0
    offsets_s = call.run(90.0, first_s=60.0)
    assert call.clock.now_s() > 89.0
    before, after = offsets_s[: 9 * FPS], offsets_s[-17 * FPS :]
    assert np.abs(before).max() <= 0.02
    assert np.abs(after).max() <= 0.02


@pytest.mark.slow
@pytest.mark.parametrize(("microphone", "output"), [(1e-4, -1e-4), (-1e-4, 1e-4), (1e-4, 1e-4)])
def test_voice_and_lips_stay_together_for_eight_hours(microphone, output):
    drift_s_per_hour = check(Call(microphone, output), 8 * 3600.0)
    assert abs(drift_s_per_hour) < 0.0005
