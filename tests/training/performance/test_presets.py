import numpy as np

from pipeline.style import BUILT_IN_STYLES, list_styles, load_style
from training.performance.presets import PRESETS, preset


def test_they_are_the_shipped_styles():
    assert sorted(PRESETS) == sorted(list_styles([BUILT_IN_STYLES]))
    for name in PRESETS:
        np.testing.assert_array_equal(preset(name), np.float32(load_style(name).knobs))
