"""Which sound is heard when, on clocks that differ."""

import numpy as np
import pytest

from pipeline.delay_control import JUMP_S, LARGEST_BEND, DelayControl
from pipeline.media_clock import MediaClock

RATE_HZ = 48_000
BLOCK = 480
DELAY_S = 0.12


class Devices:
    """A microphone and an output whose clocks differ from ours, and the control between them."""

    def __init__(self, source_skew=0.0, output_skew=0.0, jitter_s=0.0):
        self.source = MediaClock(RATE_HZ)
        self.control = DelayControl(self.source, RATE_HZ, RATE_HZ)
        self.now_s = 10.0
        self._rates_hz = RATE_HZ * (1 + source_skew), RATE_HZ * (1 + output_skew)
        self._written = 0
        self._jitter_s = jitter_s
        self._random = np.random.default_rng(4)

    def run(self, blocks, delay_s=DELAY_S, is_silent=False):
        """True delays of what was heard, seconds, and the spans."""
        delays_s, spans = [], []
        for _ in range(blocks):
            self.now_s += BLOCK / self._rates_hz[1]
            late_s = self._jitter_s * self._random.random()
            captured = int((self.now_s - 10.0) * self._rates_hz[0])
            self.source.observe(captured, 10.0 + captured / self._rates_hz[0] + late_s)
            span = self.control.plan(BLOCK, self.now_s + late_s, delay_s, is_silent)
            delays_s.append(self.now_s - 10.0 - span.position / self._rates_hz[0])
            spans.append(span)
        return np.array(delays_s), spans


def test_the_first_block_is_right_at_once():
    delays_s, spans = Devices().run(10)
    assert delays_s == pytest.approx(DELAY_S, abs=1e-4)
    assert [span.begins for span in spans] == [True] + [False] * 9


@pytest.mark.parametrize(("source", "output"), [(1e-4, -1e-4), (-1e-4, 1e-4), (3e-4, 0.0)])
def test_clocks_that_differ_are_followed_without_a_jump(source, output):
    devices = Devices(source, output)
    delays_s, spans = devices.run(30_000)
    assert np.abs(delays_s[2000:] - DELAY_S).max() < 0.001
    assert devices.control.jumps == 0
    assert not any(span.begins for span in spans[1:])
    assert devices.control.skew == pytest.approx(source - output, abs=5e-6)


def test_jitter_of_callbacks_is_not_heard():
    delays_s, spans = Devices(1e-4, -1e-4, jitter_s=0.008).run(30_000)
    assert np.ptp(delays_s[6000:]) < 0.003
    steps = np.array([span.step for span in spans])
    assert np.abs(np.diff(steps[6000:])).max() < 5e-5


def test_a_new_delay_is_reached_by_speeds_nobody_hears():
    devices = Devices()
    devices.run(500)
    delays_s, spans = devices.run(3000, DELAY_S + 0.03)
    steps = np.array([span.step for span in spans])
    assert np.abs(steps - 1).max() <= LARGEST_BEND + 1e-9
    assert np.abs(np.diff(steps)).max() < 5e-5
    assert delays_s[-1] == pytest.approx(DELAY_S + 0.03, abs=0.001)
    assert devices.control.jumps == 0


def test_in_silence_a_new_delay_is_taken_at_once():
    devices = Devices()
    devices.run(500)
    delays_s, _ = devices.run(2, DELAY_S + 0.03, is_silent=True)
    assert delays_s[-1] == pytest.approx(DELAY_S + 0.03, abs=0.001)
    assert devices.control.jumps == 0


def test_what_is_far_off_fades_out_jumps_and_is_counted():
    devices = Devices()
    devices.run(500)
    delays_s, spans = devices.run(3, DELAY_S + JUMP_S + 0.05)
    assert [(span.begins, span.ends) for span in spans] == [
        (False, True), (True, False), (False, False)
    ]  # fmt: skip
    assert delays_s[0] == pytest.approx(DELAY_S, abs=0.001)
    assert delays_s[1:] == pytest.approx(DELAY_S + JUMP_S + 0.05, abs=0.001)
    assert devices.control.jumps == 1


def test_the_delay_told_is_the_one_heard():
    devices = Devices(1e-4, -1e-4)
    devices.run(500)
    delays_s, _ = devices.run(300, DELAY_S + 0.02)
    assert devices.control.delay_s == pytest.approx(delays_s[-1], abs=0.0005)
