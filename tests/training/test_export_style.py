import numpy as np
import pytest
import torch
from safetensors.torch import save_file

pytest.importorskip("onnx")

from pipeline.knobs import KNOBS
from pipeline.model_folder import open_model
from pipeline.networks.sizes import StyleEncoderSizes
from pipeline.networks.style_encoder import StyleEncoder
from pipeline.onnx_network import OnnxNetwork
from pipeline.style_observation import OBSERVATION_SIZE
from pipeline.torch_network import TorchNetwork
from training.export_style import export


@pytest.fixture
def model(tmp_path):
    torch.manual_seed(0)
    network = StyleEncoder(StyleEncoderSizes(channels=OBSERVATION_SIZE, knobs=len(KNOBS)))
    network.get_buffer("mean").normal_()
    network.get_buffer("scale").uniform_(0.1, 1.0)
    save_file(network.state_dict(), tmp_path / "average.safetensors")
    export(tmp_path / "average.safetensors", tmp_path, tmp_path / "models.json")
    return open_model(tmp_path / "style", tmp_path / "models.json")


@pytest.mark.parametrize("frames", [120, 333])
def test_the_graph_computes_what_the_module_does(model, frames):
    motion = np.random.default_rng(1).standard_normal((1, frames, OBSERVATION_SIZE))
    motion = motion.astype(np.float32)
    made = OnnxNetwork(model).run({"motion": motion})["knobs"]
    expected = TorchNetwork(model, "cpu").run({"motion": motion})["knobs"]
    np.testing.assert_allclose(made, expected, atol=1e-4)
