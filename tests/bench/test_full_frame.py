"""Every stage of a frame is timed, and what operations move is counted."""

import pytest

torch = pytest.importorskip("torch")

from bench.full_frame import whole_frame  # noqa: E402
from bench.memory_traffic import traffic_of  # noqa: E402
from tests.painters import ship_painters  # noqa: E402


def test_all_stages_of_a_frame_are_timed(tmp_path_factory, monkeypatch):
    ship_painters(tmp_path_factory, monkeypatch)
    figures = whole_frame("maya", "cpu", frames=2, warm_up_frames=1)
    stages = figures["stages_ms"]
    assert figures["provider"] == "CPUExecutionProvider"
    names = ["template", "motion_field", "composite", "guide", "painters", "composer", "all"]
    assert list(stages) == names
    assert all(times["p95"] >= times["p50"] > 0 for times in stages.values())
    assert stages["all"]["p50"] > stages["painters"]["p50"] > stages["guide"]["p50"]


def test_bytes_are_those_of_what_is_read_and_written():
    values = torch.zeros(100, 10)
    assert traffic_of(torch.relu, values) == 2 * 4000
    assert traffic_of(lambda x: x.view(10, 100).T, values) == 0
    assert traffic_of(lambda x: x + values[:1], values) == 4000 + 40 + 4000
