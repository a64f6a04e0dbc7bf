from importlib.util import find_spec

import numpy as np
import pytest

from bench.reenactment.visible_difference import VisibleDifference
from pipeline.errors import ModelError


@pytest.mark.skipif(find_spec("pycvvdp") is not None, reason="ColorVideoVDP is installed")
def test_a_missing_metric_says_how_to_get_it():
    with pytest.raises(ModelError, match="pip install cvvdp"):
        VisibleDifference()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_visible_differences_cost_jods_of_pictures_and_videos():
    pytest.importorskip("pycvvdp")
    difference = VisibleDifference()
    truth = np.random.default_rng(2).integers(60, 190, (3, 96, 64, 3)).astype(np.uint8)
    wrong = truth.copy()
    wrong[:, 20:60] //= 2
    assert difference.jod(truth, truth) == pytest.approx(10, abs=0.01)
    assert difference.jod(wrong, truth) < 9
    assert difference.jod(wrong[:1], truth[:1]) < 9
