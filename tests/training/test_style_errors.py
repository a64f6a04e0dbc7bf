import numpy as np
import torch

from pipeline.rates import FPS
from pipeline.style_observation import OBSERVATION_SIZE
from training.observed_performance import Observed
from training.performance.presets import PRESETS as STYLES
from training.performance.presets import preset
from training.style_errors import nearest, style_encoder


def motions(seconds: float) -> list[Observed]:
    draw = np.random.default_rng(0)
    shape = round(seconds * FPS), OBSERVATION_SIZE
    return [
        Observed(draw.standard_normal(shape).astype(np.float32), preset(name), "000", index, True)
        for index, name in enumerate(STYLES)
    ]


def always(name: str) -> dict[str, torch.Tensor]:
    """Weights that read the same style in everything."""
    weights = style_encoder().state_dict()
    weights["knobs.weight"].zero_()
    weights["knobs.bias"].copy_(torch.tensor(preset(name)).clamp(1e-4, 1 - 1e-4).logit())
    return weights


def test_who_reads_one_preset_in_everything_is_right_once_in_eight():
    found = nearest(always("serious"), motions(20.5), 20 * FPS, "cpu")
    assert found["windows"] == len(STYLES)
    assert found["accuracy"] == 1 / len(STYLES)
    assert found["given"] == 1.0
    column = np.array(found["confusion"])[:, STYLES.index("serious")]
    assert column.tolist() == [1] * len(STYLES)


def test_whole_windows_alone_count():
    assert nearest(always("calm"), motions(25.0), 8 * FPS, "cpu")["windows"] == 3 * len(STYLES)
    assert nearest(always("calm"), motions(7.0), 8 * FPS, "cpu") == {"windows": 0}
