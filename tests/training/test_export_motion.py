import numpy as np
import onnxruntime
import pytest
import torch

pytest.importorskip("onnx")

from pipeline.model_folder import open_model
from pipeline.network import init_arrays
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.sizes import body_motion_sizes, face_motion_sizes
from pipeline.onnx_network import OnnxNetwork
from pipeline.torch_network import TorchNetwork
from training.export_motion import export

SIZES = {"face": face_motion_sizes(), "body": body_motion_sizes()}
FRAMES = 200


def random_weights(part: str) -> dict[str, torch.Tensor]:
    """Weights that move: also where training starts from zero."""
    torch.manual_seed(0)
    network = MotionTransformer(SIZES[part])
    with torch.no_grad():
        for value in network.parameters():
            value.add_(0.02 * torch.randn_like(value))
        network.deviation.uniform_(0.1, 0.3)
        network.speed.uniform_(0.01, 0.03)
        network.damping.uniform_(0.0, 0.9)
        network.innovation.uniform_(0.001, 0.005)
        network.low.fill_(-0.8)
        network.high.fill_(0.8)
        if part == "face":
            network.heard[20:30] = 1.0
    return network.state_dict()


@pytest.fixture(scope="module", params=["face", "body"])
def engines(request, tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    part = request.param
    export(part, random_weights(part), SIZES[part], models, models / "models.json")
    folder = open_model(models / f"{part}_motion", models / "models.json")
    return folder, OnnxNetwork(folder), TorchNetwork(folder, "cpu")


def stream(network, frames: int) -> dict[str, np.ndarray]:
    sizes, draw = network.sizes, np.random.default_rng(0)
    state = init_arrays(network)
    motion = np.zeros((1, 1, sizes.motion_size), np.float32)
    style = draw.random((1, 1, sizes.style_size)).astype(np.float32)
    made = {}
    parts = []
    for frame in range(frames):
        inputs = {
            "feature": draw.standard_normal((1, 1, sizes.feature_size)).astype(np.float32),
            "previous": motion,
            "noise": draw.standard_normal((1, 1, sizes.noise_size)).astype(np.float32),
            "style": style,
            "state": np.eye(3, dtype=np.float32)[None, None, frame // 50 % 3],
        }
        if sizes.lookaheads:
            inputs["lookahead"] = np.eye(5, dtype=np.float32)[None, None, 1]
        if sizes.face_size:
            inputs["face"] = draw.random((1, 1, sizes.face_size)).astype(np.float32)
            inputs["rest"] = np.linspace(0.0, 0.5, 52, dtype=np.float32)[None, None]
        made = network.run(inputs | state)
        state = {name: made[f"next_{name}"] for name in state}
        motion = made["motion"]
        parts.append(np.concatenate([made[n] for n in ("motion", "closed") if n in made], axis=2))
    return {"made": np.concatenate(parts, axis=1)} | state


def test_onnx_equals_torch_over_a_long_stream(engines):
    _, onnx, torch_ = engines
    one, two = stream(onnx, FRAMES), stream(torch_, FRAMES)
    assert one.keys() == two.keys()
    for name, value in one.items():
        np.testing.assert_allclose(value, two[name], atol=1e-3, err_msg=name)
    assert np.diff(one["made"], axis=1).std(axis=1).min() > 1e-5
    assert one["valid"].all()


def test_the_graph_has_the_names_of_the_contract(engines):
    folder, _, _ = engines
    session = onnxruntime.InferenceSession(str(folder.graph), providers=["CPUExecutionProvider"])
    given = {i.name: i.shape for i in session.get_inputs()}
    made = {o.name: o.shape for o in session.get_outputs()}
    state = folder.sizes.init_state()
    plain = {"feature", "previous", "noise", "style", "state"}
    own = {"lookahead"} if folder.sizes.lookaheads else {"face", "rest"}
    assert given["noise"] == [1, 1, folder.sizes.noise_size]
    assert given.keys() == plain | own | state.keys()
    assert given["feature"] == [1, 1, 256]
    assert made["motion"] == [1, 1, 52]
    for name, (shape, _) in state.items():
        assert given[name] == made[f"next_{name}"] == list(shape)
    assert ("closed" in made) == bool(folder.sizes.closed)


def test_the_folder_holds_half_precision(engines):
    folder, _, _ = engines
    size = folder.weights.stat().st_size + folder.graph.stat().st_size
    assert size < 5.4 * 2**20


@pytest.mark.gpu
def test_a_recorded_step_equals_a_plain_one(engines):
    folder, onnx, _ = engines
    one, two = stream(onnx, FRAMES), stream(TorchNetwork(folder, "cuda"), FRAMES)
    np.testing.assert_allclose(one["made"], two["made"], atol=2e-3)
