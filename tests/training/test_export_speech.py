import json

import numpy as np
import pytest
import torch

pytest.importorskip("onnx")

from pipeline.model_folder import open_model
from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import ALL_HEADS, SpeechEncoder
from pipeline.onnx_network import OnnxNetwork
from pipeline.torch_network import TorchNetwork
from training.export_speech import export_speech

SIZES = SpeechEncoderSizes(
    conv_channels=24, frame_channels=40, feature_size=32, convolutions=3, past_hops=16,
    recurrent_layers=3, heads=ALL_HEADS,
)  # fmt: skip


@pytest.mark.parametrize("frames", [1, 20])
def test_the_exported_graph_gives_what_torch_gives(tmp_path, frames):
    torch.manual_seed(0)
    weights = SpeechEncoder(SIZES).state_dict()
    export_speech(weights, SIZES, tmp_path, tmp_path / "models.json")
    model = open_model(tmp_path / "speech", tmp_path / "models.json")
    assert model.sizes == SIZES
    draw = np.random.default_rng(0)
    inputs = {"mel": draw.standard_normal((1, 4 * frames, 65)).astype(np.float32)}
    for name, (shape, _) in SIZES.init_state().items():
        inputs[name] = draw.standard_normal(shape).astype(np.float32)
    one, two = OnnxNetwork(model).run(inputs), TorchNetwork(model, "cpu").run(inputs)
    assert one.keys() == two.keys() >= {*ALL_HEADS, "feature", "next_hidden", "next_mel_past"}
    for name, value in one.items():
        np.testing.assert_allclose(value, two[name], atol=1e-3)
    assert json.loads((tmp_path / "models.json").read_text()).keys() == {
        f"speech/{name}" for name in ("config.json", "model.onnx", "weights.safetensors")
    }
