"""What a run of the renderer learned becomes models that say the same on every engine."""

import numpy as np
import pytest
import torch

pytest.importorskip("onnx")

from pipeline.model_folder import open_model
from pipeline.onnx_painters import OnnxPainters
from pipeline.torch_painters import TorchPainters
from tests.painters import exported, frame_maps, random_weights, small_part_on_both_engines, subject
from training.export_renderer import PARTS, export, halfway, of_part


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("models"))


def opened(models, name):
    return open_model(models / name, models / "models.json")


def test_painters_paint_the_same_on_both_engines(models):
    model, maps = opened(models, "painters"), frame_maps()
    one = OnnxPainters(model).of(subject()).paint(maps).astype(int)
    two = TorchPainters(model, "cpu").of(subject()).paint(maps).astype(int)
    assert np.abs(one - two).max() <= 1
    assert (one != two).mean() < 1e-3
    assert np.abs(one - maps.composite).mean() > 1


@pytest.mark.parametrize("name", ["implicit", "lite_painter"])
def test_small_parts_say_the_same_on_both_engines(models, name):
    for value, other in small_part_on_both_engines(opened(models, name)):
        np.testing.assert_allclose(value, other, atol=1e-4)
        assert value.std() > 1e-3


def test_weights_of_another_run_are_refused():
    with pytest.raises(ValueError, match=r"no weights painters\.\*"):
        of_part({"layers.0.weight": torch.zeros(1)}, PARTS[0])


def test_what_half_precision_cannot_hold_is_refused(tmp_path):
    weights = of_part(random_weights(), PARTS[1])
    weights["first.bias"] = weights["first.bias"] + 1e6
    with pytest.raises(ValueError, match=r"first\.bias of implicit"):
        export(PARTS[1], weights, tmp_path, tmp_path / "models.json")


def test_halfway_between_two_runs_is_the_mean_of_their_weights():
    one, two = {"a.weight": torch.full((2,), 1.0)}, {"a.weight": torch.full((2,), 3.0).half()}
    assert torch.equal(halfway(one, two)["a.weight"], torch.full((2,), 2.0))
    with pytest.raises(ValueError, match="another network"):
        halfway(one, {"b.weight": two["a.weight"]})
