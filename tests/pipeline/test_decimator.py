import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decimator import Decimator, stopband_edge_hz, transition_width_hz
from pipeline.rates import SAMPLE_RATE_HZ

# The last has too many phases for a matrix.
RATES_HZ = (
    8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000, 44_056
)  # fmt: skip


def tone(frequency_hz: float, rate_hz: int, duration_s: float = 0.5) -> np.ndarray:
    times_s = np.arange(round(rate_hz * duration_s)) / rate_hz
    return np.sin(2 * np.pi * frequency_hz * times_s).astype(np.float32)


def gain_db(frequency_hz: float, rate_hz: int) -> float:
    """Level of everything that comes out for a tone, behind the onset."""
    output = Decimator(rate_hz).step(tone(frequency_hz, rate_hz))[200:]
    return 20 * np.log10(np.sqrt(2 * np.mean(np.square(output, dtype=np.float64))) + 1e-12)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_the_delay_is_below_two_milliseconds(rate_hz):
    assert 0 <= Decimator(rate_hz).latency_s < 0.002


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_an_output_sample_is_the_input_one_latency_earlier(rate_hz):
    decimator = Decimator(rate_hz)
    output = decimator.step(tone(440, rate_hz))
    times_s = np.arange(len(output)) / SAMPLE_RATE_HZ - decimator.latency_s
    expected = np.sin(2 * np.pi * 440 * times_s)
    np.testing.assert_allclose(output[100:], expected[100:], atol=2e-4)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_the_pass_band_is_flat(rate_hz):
    edge_hz = stopband_edge_hz(rate_hz) - transition_width_hz() - 100
    if rate_hz == SAMPLE_RATE_HZ:
        edge_hz = 11_000
    for frequency_hz in np.linspace(60, edge_hz, 9):
        assert abs(gain_db(frequency_hz, rate_hz)) < 0.01


@pytest.mark.parametrize("rate_hz", [rate for rate in RATES_HZ if rate > SAMPLE_RATE_HZ])
def test_nothing_above_12_khz_aliases(rate_hz):
    for frequency_hz in np.linspace(12_050, rate_hz / 2 - 50, 12):
        assert gain_db(frequency_hz, rate_hz) < -75


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000])
def test_going_up_adds_no_mirror_images(rate_hz):
    frequency_hz = 0.8 * rate_hz / 2
    output = Decimator(rate_hz).step(tone(frequency_hz, rate_hz))[200:8200]
    spectrum = np.abs(np.fft.rfft(output * np.kaiser(len(output), 20)))
    bins_hz = np.fft.rfftfreq(len(output), 1 / SAMPLE_RATE_HZ)
    elsewhere = np.abs(bins_hz - frequency_hz) > 60
    assert spectrum[elsewhere].max() / spectrum.max() < 10 ** (-70 / 20)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_a_constant_stays_constant_in_every_phase(rate_hz):
    output = Decimator(rate_hz).step(np.ones(rate_hz // 10, np.float32))
    np.testing.assert_allclose(output[100:], 1.0, atol=1e-5)


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from([8_000, 11_025, 44_100, 48_000]),
    st.lists(st.integers(0, 700), min_size=1, max_size=20),
    st.integers(0, 2**32 - 1),
)
def test_streamed_equals_offline_for_any_chunking(rate_hz, sizes, seed):
    samples = np.random.default_rng(seed).uniform(-1, 1, sum(sizes)).astype(np.float32)
    whole = Decimator(rate_hz).step(samples)
    streamed = Decimator(rate_hz)
    blocks = np.split(samples, np.cumsum(sizes)[:-1])
    parts = np.concatenate([streamed.step(block) for block in blocks])
    np.testing.assert_allclose(parts, whole, atol=2e-6)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(RATES_HZ), st.lists(st.integers(0, 900), max_size=15))
def test_it_says_how_much_input_the_next_outputs_need(rate_hz, wanted):
    decimator = Decimator(rate_hz)
    for count in wanted:
        needed = decimator.inputs_for(count)
        if count:
            before = len(decimator.step(np.zeros(needed - 1, np.float32)))
            assert before < count <= before + len(decimator.step(np.zeros(1, np.float32)))
        else:
            assert needed == 0


@pytest.mark.parametrize("rate_hz", [11_025, 44_100])
def test_a_minute_drifts_by_nothing_and_memory_does_not_grow(rate_hz):
    decimator = Decimator(rate_hz)
    produced, second = 0, np.zeros(rate_hz, np.float32)
    for _ in range(60):
        produced += len(decimator.step(second))
    assert produced == 60 * SAMPLE_RATE_HZ
    assert len(decimator._history) < 0.004 * rate_hz + 2
    assert decimator._position < 2 * SAMPLE_RATE_HZ * rate_hz


def test_reset_reproduces_the_first_run():
    decimator = Decimator(44_100)
    noise = np.random.default_rng(1).uniform(-1, 1, 3001).astype(np.float32)
    first = decimator.step(noise)
    decimator.reset()
    np.testing.assert_array_equal(decimator.step(noise), first)


def test_later_input_never_changes_earlier_output():
    noise = np.random.default_rng(2).uniform(-1, 1, 4000).astype(np.float32)
    changed = noise.copy()
    changed[2000:] = 0
    first, second = Decimator(48_000).step(noise), Decimator(48_000).step(changed)
    np.testing.assert_allclose(first[:1000], second[:1000], atol=1e-6)


@pytest.mark.parametrize("rate_hz", [0, 100, 5_000_000])
def test_an_absurd_rate_is_refused(rate_hz):
    with pytest.raises(ValueError, match="not supported"):
        Decimator(rate_hz)
