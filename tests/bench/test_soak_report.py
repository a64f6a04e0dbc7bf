import json

import pytest

from bench.soak_report import GOAL_S, Outcome, figures, loop_figures, memory_growth, table
from pipeline.statistics import Statistics

WELL = Outcome("camera gone", "", 10.0, 2.5, 0.5, True)
SLOW = Outcome("engine lost", "", 20.0, 0.1, GOAL_S + 0.1, True)
LOST = Outcome("engine lost", "", 20.0, 0.1, None, True)
UNNAMED = Outcome("camera hangs", "0.3 s", 30.0, 0.3, 0.1, False)
STEADY_MB = [300.0] * 40


def test_growth_is_told_from_the_loading_at_the_start():
    assert memory_growth([100.0, 250.0] * 2 + [300.0] * 36) == 0.0
    assert memory_growth([300.0, 380.0] * 50) == 0.0, "for a while there are two engines"
    assert memory_growth([300.0 + second for second in range(100)]) == pytest.approx(50 / 325)
    assert memory_growth([300.0]) == 0.0


@pytest.mark.parametrize(
    ("outcomes", "rss_mb", "crash"),
    [
        ([WELL, SLOW], STEADY_MB, ""),
        ([WELL, LOST], STEADY_MB, ""),
        ([WELL, UNNAMED], STEADY_MB, ""),
        ([WELL], [300.0] * 30 + [330.0] * 10, ""),
        ([WELL], STEADY_MB, "Traceback"),
    ],
)
def test_one_bad_thing_is_enough_to_fail(outcomes, rss_mb, crash):
    assert figures([WELL], STEADY_MB, "", 60.0)["passed"]
    assert not figures(outcomes, rss_mb, crash, 60.0)["passed"]


def test_every_kind_of_fault_has_its_own_figures():
    later = Outcome("camera gone", "", 40.0, 1.5, 1.5, True)
    report = figures([WELL, SLOW, later, LOST, UNNAMED], STEADY_MB, "", 60.0)
    assert report["kinds"]["camera gone"] == {
        "times": 2, "named": 2, "beyond_goal": 0, "median": 1.0, "largest": 1.5,
    }  # fmt: skip
    assert report["kinds"]["engine lost"]["beyond_goal"] == 2
    assert report["unnamed"] == ["camera hangs 0.3 s"]
    assert [entry["kind"] for entry in report["recovery_s"]["beyond_goal"]] == ["engine lost"] * 2
    assert json.loads(json.dumps(report)) == report


def test_the_table_has_a_line_a_kind_and_says_how_memory_went():
    report = figures([WELL, LOST], [250.0, *STEADY_MB], "", 60.0)
    lines = table(report).splitlines()
    assert lines[2:5] == [
        "| camera gone | 1 | 1 | 0.5 | 0.5 | 0 |",
        "| engine lost | 1 | 1 | - | - | 1 |",
        "| all | 2 | 2 | 0.5 | 0.5 | 1 |",
    ]
    assert "memory 250 MB at the start, 300 at the end, 300 at most" in lines[-1]
    assert lines[-1].endswith("no crash; not passed.")


def test_the_loops_own_counts_stand_beside_what_reached_the_camera():
    loop = Statistics()
    loop.frames_sent, loop.quality = 90, "lite"
    counted = loop_figures(loop, 92, 0.12345)
    assert (counted["frames_sent"], counted["pictures_at_camera"]) == (90, 92)
    assert (counted["longest_gap_at_camera_s"], counted["quality"]) == (0.123, "lite")
