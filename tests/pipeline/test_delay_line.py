"""Sound that is read a little later, at any speed."""

import numpy as np
import pytest

from pipeline.delay_line import TAPS, DelayLine

RATE_HZ = 48_000


def sine(count, frequency_hz, start=0.0, rate_hz=RATE_HZ):
    return np.sin(2 * np.pi * frequency_hz * (start + np.arange(count)) / rate_hz)


def filled(frequency_hz, count=20_000):
    line = DelayLine(1 << 15, 480)
    for block in np.split(sine(count, frequency_hz).astype(np.float32), 50):
        line.write(block)
    return line


@pytest.mark.parametrize("frequency_hz", [100, 1000, 5000, 10_000])
@pytest.mark.parametrize("position", [1000.0, 1000.25, 1234.777])
def test_sound_is_read_at_any_fraction_of_a_sample(frequency_hz, position):
    out = np.empty(480, np.float32)
    filled(frequency_hz).read(position, 1.0, out)
    assert out == pytest.approx(sine(480, frequency_hz, position), abs=0.002)


def test_blocks_at_another_speed_join_without_a_click():
    line, step, position = filled(1000), 1.0003, 500.0
    blocks = []
    for _ in range(20):
        out = np.empty(480, np.float32)
        line.read(position, step, out)
        blocks.append(out)
        position += 480 * step
    heard = np.concatenate(blocks)
    assert heard == pytest.approx(sine(len(heard), 1000 * step, 500.0 / step), abs=0.002)


def test_the_ring_keeps_the_newest_and_knows_what_it_holds():
    line = DelayLine(4096, 480)
    ramp = np.arange(10_000, dtype=np.float32)
    for block in np.split(ramp, 100):
        line.write(block)
    assert line.written == 10_000
    assert line.holds(8000, 9000)
    assert not line.holds(9000, 10_000 - TAPS // 4)
    assert not line.holds(5000, 6000)
    out = np.empty(100, np.float32)
    line.read(9000.0, 1.0, out)
    assert out == pytest.approx(ramp[9000:9100], abs=0.5)


def test_a_block_longer_than_the_ring_leaves_its_end():
    line = DelayLine(1024, 480)
    ramp = np.linspace(0, 1, 5000, dtype=np.float32)
    line.write(ramp)
    out = np.empty(100, np.float32)
    line.read(4800.0, 1.0, out)
    assert out == pytest.approx(ramp[4800:4900], abs=1e-3)


def test_a_lower_rate_gets_no_mirrored_frequencies():
    line = DelayLine(1 << 15, 480, pass_band=16_000 / 48_000)
    line.write(sine(20_000, 13_000).astype(np.float32))
    out = np.empty(480, np.float32)
    line.read(1000.0, 3.0, out)
    assert np.abs(out).max() < 0.05


def test_reading_makes_no_arrays():
    import tracemalloc

    line, out = filled(1000), np.empty(480, np.float32)
    line.read(1000.0, 1.0, out)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    line.read(2000.0, 1.0001, out)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert peak < 4096
