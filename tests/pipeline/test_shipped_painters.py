"""What ships of the painters says the same on every engine."""

import numpy as np
import pytest

pytest.importorskip("torch")

from pipeline.model_folder import MODELS, open_model
from pipeline.onnx_painters import OnnxPainters
from pipeline.torch_painters import TorchPainters
from tests.painters import frame_maps, small_part_on_both_engines, subject


def shipped(name: str):
    if not (MODELS / name / "config.json").is_file():
        pytest.skip(f"{name} does not ship yet")
    return open_model(MODELS / name)


def test_painters_paint_the_same_on_onnx_runtime_and_on_torch():
    model, maps = shipped("painters"), frame_maps()
    one = OnnxPainters(model).of(subject()).paint(maps).astype(int)
    two = TorchPainters(model, "cpu").of(subject()).paint(maps).astype(int)
    assert np.abs(one - two).max() <= 1
    assert (one != two).mean() < 1e-3
    assert (one != maps.composite).mean() > 0.01


@pytest.mark.gpu
def test_painters_paint_nearly_the_same_in_half_precision():
    """Its rounding is worth a level here and there: 0.5 in the mean, 4 for one in a thousand."""
    model, maps = shipped("painters"), frame_maps()
    wanted = TorchPainters(model, "cpu").of(subject()).paint(maps).astype(int)
    made = TorchPainters(model, "cuda").of(subject()).paint(maps).astype(int)
    assert np.abs(made - wanted).mean() < 0.5
    assert np.quantile(np.abs(made - wanted), 0.999) <= 4


@pytest.mark.parametrize("name", ["implicit", "lite_painter"])
def test_small_parts_say_the_same_on_both_engines(name):
    for value, other in small_part_on_both_engines(shipped(name)):
        np.testing.assert_allclose(value, other, atol=1e-4)
        assert value.any()
