import pytest

from bench.soak import GOAL_S, Outcome, Soak, memory_growth, prepared_soak, report
from bench.soak_devices import Watch
from pipeline.notices import Notices
from pipeline.stages import Choices
from pipeline.statistics import Statistics
from tests.pipeline.small_stages import SmallAssembly


class Ran:
    """A loop that has run: only its figures are left."""

    statistics = Statistics()


def soak(outcomes, rss_mb=(300.0,) * 40, crash=""):
    return Soak(
        Ran(), None, Notices(), Watch(), None, None, outcomes=list(outcomes), rss_mb=list(rss_mb),
        crash=crash,
    )  # fmt: skip


WELL = Outcome("camera gone", 0.5, True)


def test_growth_is_told_from_the_loading_at_the_start():
    assert memory_growth([100.0, 250.0] * 2 + [300.0] * 36) == 0.0
    assert memory_growth([300.0, 380.0] * 50) == 0.0, "for a while there are two engines"
    assert memory_growth([300.0 + second for second in range(100)]) == pytest.approx(50 / 325)
    assert memory_growth([300.0]) == 0.0


@pytest.mark.parametrize(
    "bad",
    [
        soak([WELL, Outcome("engine lost", GOAL_S + 0.1, True)]),
        soak([WELL, Outcome("engine lost", None, True)]),
        soak([WELL, Outcome("disk full", 0.1, False)]),
        soak([WELL], rss_mb=[300.0] * 30 + [330.0] * 10),
        soak([WELL], crash="Traceback"),
    ],
)
def test_one_bad_thing_is_enough_to_fail(bad):
    assert report(soak([WELL]), 60.0)["passed"]
    assert not report(bad, 60.0)["passed"]


@pytest.mark.slow
def test_half_a_minute_of_faults_ends_nothing_and_leaves_their_names(tmp_path):
    choices = [Choices("dark", "calm"), Choices("light", "calm")]
    with prepared_soak(tmp_path, SmallAssembly(), choices) as real:
        real.run(30.0, pause_s=0.5, seed=3)
        figures = report(real, 30.0)
    assert figures["crash"] == ""
    assert figures["faults"] >= 4
    assert figures["unnamed"] == []
    assert figures["recovery_s"]["beyond_goal"] == []
