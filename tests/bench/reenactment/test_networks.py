from functools import partial
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from safetensors.torch import save_file  # noqa: E402

from bench.reenactment import networks as module  # noqa: E402
from bench.reenactment.networks import load  # noqa: E402
from bench.reenactment.weights import FOLDERS, Weights  # noqa: E402
from pipeline.errors import ModelError  # noqa: E402
from pipeline.implicit_motion import MOTION_SIZE  # noqa: E402
from pipeline.model_folder import open_model  # noqa: E402
from tests.bench.reenactment.fresh import fresh_modules, write_fresh  # noqa: E402

MOVED = {"motion": np.ones((1, MOTION_SIZE), np.float32)}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    return write_fresh(tmp_path_factory.mktemp("run") / "average.safetensors")


def test_the_weights_of_a_run_are_shared_out(run):
    networks = load(Weights(run))
    fresh = fresh_modules()
    for own, same in zip(networks.painters.parameters(), fresh["painters"].parameters(),
                         strict=True):  # fmt: skip
        assert torch.equal(own, same)
        assert not own.requires_grad
    expected = fresh["implicit"](torch.ones(1, MOTION_SIZE))["implicit"].detach().numpy()
    np.testing.assert_allclose(networks.implicit.run(MOVED)["implicit"], expected, atol=1e-6)
    assert load(Weights(run)) is networks


def test_models_that_ship_are_taken_without_a_run(run, tmp_path, monkeypatch):
    pytest.importorskip("onnx")
    from training.export_renderer import PARTS, export, of_part

    sums = tmp_path / "models.json"
    sums.write_text("{}")
    weights = module._read(run)
    for part in PARTS:
        export(part, of_part(weights, part), tmp_path, sums)
    monkeypatch.setattr(module, "shipped", lambda part: tmp_path / FOLDERS[part])
    monkeypatch.setattr(module, "open_model", partial(open_model, checksums=sums))
    load.cache_clear()
    shipped, trained = load(Weights()), load(Weights(run))
    load.cache_clear()
    for name in ("implicit", "lite"):
        assert getattr(shipped, name).sizes == getattr(trained, name).sizes
    np.testing.assert_allclose(
        shipped.implicit.run(MOVED)["implicit"], trained.implicit.run(MOVED)["implicit"], atol=5e-3
    )


def test_weights_that_are_missing_or_of_something_else_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(ModelError, match="no weights in"):
        load(Weights(tmp_path / "none.safetensors"))
    other = tmp_path / "other.safetensors"
    save_file({"painters.generator.stem.weight": torch.zeros(3)}, other)
    with pytest.raises(ModelError, match="not those of the painters"):
        load(Weights(other))
    other.write_bytes(b"nothing of that kind")
    with pytest.raises(ModelError, match="holds no weights"):
        load(Weights(other))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_said(run):
    with pytest.raises(ModelError, match="no CUDA device"):
        load(Weights(run, "cuda"))


@pytest.mark.gpu
def test_on_a_gpu_painters_are_in_half_precision(run):
    networks = load(Weights(run, "cuda"))
    assert {p.dtype for p in networks.painters.parameters()} == {torch.float16}
    assert networks.implicit.run(MOVED)["implicit"].dtype == np.float32
