import pytest

from bench.motion.cost import WARM_UP_FRAMES, times
from bench.motion.player import Spent


def test_the_stages_add_up_frame_by_frame_once_warm():
    spent = Spent()
    for frame in range(WARM_UP_FRAMES + 100):
        cold = 1.0 if frame < WARM_UP_FRAMES else 0.0
        spent.speech.append(0.001 + cold)
        spent.face.append(0.002 if frame % 2 else 0.004)
        spent.body.append(0.003)
    found = times(spent)
    assert found["speech"] == {"median_ms": 1.0, "p95_ms": 1.0, "least_ms": 1.0}
    assert found["together"]["least_ms"] == pytest.approx(6.0)
    assert found["together"]["p95_ms"] == pytest.approx(8.0)
