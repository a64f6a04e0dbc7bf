import pytest

from bench.soak import prepared_soak, report
from pipeline.stages import Choices
from tests.pipeline.small_stages import SmallAssembly


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
