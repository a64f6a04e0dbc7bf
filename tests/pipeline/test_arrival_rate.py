import pytest

from pipeline.arrival_rate import ArrivalRate
from tests.pipeline.fakes import FakeClock


def verdicts(rates_hz, jumps_s=()):
    """One verdict a second, of a source that delivers `rates_hz[n]` samples in second n."""
    clock, samples = FakeClock(), 0
    rate = ArrivalRate(clock)
    found = []
    for second, rate_hz in enumerate(rates_hz):
        found.append(rate.is_right(samples))
        clock.advance(1.0 + (60.0 if second in jumps_s else 0.0))
        samples += rate_hz
    return found


@pytest.mark.parametrize("rate_hz", [24_000, 24_003, 23_500])
def test_a_clock_that_differs_a_little_is_right(rate_hz):
    assert all(verdicts([rate_hz] * 20))


@pytest.mark.parametrize("rate_hz", [22_050, 26_122, 12_000, 72_000])
def test_another_rate_is_noticed_within_ten_seconds(rate_hz):
    found = verdicts([24_000] * 10 + [rate_hz] * 13)
    assert all(found[:10])
    assert not all(found)


def test_a_clock_that_jumps_once_is_no_other_rate():
    assert all(verdicts([24_000] * 30, jumps_s=(13,)))
