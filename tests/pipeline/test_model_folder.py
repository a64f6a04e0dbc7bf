import json
import shutil
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.model_folder import MODELS, open_model, sha256_of
from pipeline.networks.sizes import MotionTransformerSizes


@pytest.fixture
def model(tmp_path) -> Path:
    """A copy of a good model, to damage."""
    return Path(shutil.copytree(MODELS / "speech", tmp_path / "speech"))


def opened(model: Path):
    """Opens a model whose checksums have just been written."""
    sums = {f"{model.name}/{p.name}": sha256_of(p) for p in model.iterdir()}
    checksums = model.parent / "models.json"
    checksums.write_text(json.dumps(sums))
    return open_model(model, checksums)


def change(model: Path, **entries) -> None:
    path = model / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | entries))


def test_the_shipped_models_are_as_listed():
    assert open_model(MODELS / "speech").kind == "speech_encoder"
    for name in ("face_motion", "body_motion"):
        assert isinstance(open_model(MODELS / name).sizes, MotionTransformerSizes)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ModelError, match="no model in"):
        open_model(tmp_path / "nothing")


def test_a_changed_file_is_refused(model):
    opened(model)
    weights = model / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="damaged"):
        open_model(model, model.parent / "models.json")


def test_a_file_that_is_not_listed_is_refused(model):
    (model.parent / "models.json").write_text("{}")
    with pytest.raises(ModelError, match="not in the list"):
        open_model(model, model.parent / "models.json")


def test_a_missing_file_is_refused(model):
    (model / "model.onnx").unlink()
    with pytest.raises(ModelError, match=r"lacks its file model\.onnx"):
        opened(model)


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"colour": "red"}, "unknown entry 'colour'"),
        ({"kind": "oracle"}, "unknown kind"),
        ({"small": 1}, "true or false"),
        ({"graph": "../../model.onnx"}, "plain file name"),
        ({"sizes": [1]}, "JSON object"),
        ({"sizes": {"feature_size": 256, "depth": 3}}, "unknown 'depth'"),
        ({"sizes": {"feature_size": -1}}, "not usable"),
    ],
)
def test_a_wrong_config_is_refused(model, entries, sentence):
    change(model, **entries)
    with pytest.raises(ModelError, match=sentence):
        opened(model)


def test_a_config_without_an_entry_is_refused(model):
    (model / "config.json").write_text('{"kind": "speech_encoder"}')
    with pytest.raises(ModelError, match="lacks the entry"):
        opened(model)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_broken_config_is_refused(model, content):
    (model / "config.json").write_text(content)
    with pytest.raises(ModelError, match=r"config\.json"):
        opened(model)


def test_weights_that_do_not_fit_are_refused(model):
    from pipeline.torch_network import TorchNetwork

    sizes = json.loads((model / "config.json").read_text())["sizes"]
    change(model, sizes=sizes | {"frame_channels": 8})
    with pytest.raises(ModelError, match="do not fit"):
        TorchNetwork(opened(model), "cpu")
