import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.model_folder import MODELS, open_model
from pipeline.network import cuda_driver_present, load_network
from pipeline.onnx_network import OnnxNetwork
from pipeline.torch_network import TorchNetwork


def inputs_of(name: str, frames: int) -> dict[str, np.ndarray]:
    """Random inputs with the state of the start."""
    draw = np.random.default_rng(1)
    sizes = open_model(MODELS / name).sizes
    shapes = {"mel": (1, 4 * frames, 65)}
    if name != "speech":
        shapes = {
            "feature": (1, 1, 256), "previous": (1, 1, 52), "noise": (1, 1, sizes.noise_size),
            "style": (1, 1, sizes.style_size), "state": (1, 1, 3),
        }  # fmt: skip
        shapes |= {"lookahead": (1, 1, 5)} if sizes.lookaheads else {"face": (1, 1, 52)}
        shapes |= {"rest": (1, 1, 52)} if sizes.rests else {}
    arrays = {key: draw.standard_normal(shape).astype(np.float32) for key, shape in shapes.items()}
    start = {k: np.full(shape, v, np.float32) for k, (shape, v) in sizes.init_state().items()}
    return {**arrays, **start}


@pytest.mark.parametrize(
    ("name", "frames"), [("speech", 1), ("speech", 30), ("face_motion", 1), ("body_motion", 1)]
)
def test_torch_and_onnx_agree(name, frames):
    model = open_model(MODELS / name)
    inputs = inputs_of(name, frames)
    first, second = OnnxNetwork(model).run(inputs), TorchNetwork(model, "cpu").run(inputs)
    assert first.keys() == second.keys()
    for key in first:
        np.testing.assert_allclose(first[key], second[key], atol=1e-3)


def two_steps(network, inputs: dict) -> list[dict]:
    """What a network says of the same inputs twice, going on from its own state."""
    first = network.run(inputs)
    behind = {name.removeprefix("next_"): value for name, value in first.items()}
    state = {name: behind[name] for name in network.sizes.init_state()}
    return [network.run(inputs | state) for _ in range(2)]


@pytest.mark.parametrize("name", ["speech", "face_motion", "body_motion"])
def test_state_goes_on_through_torch_as_through_onnx_and_may_be_used_again(name):
    model, inputs = open_model(MODELS / name), inputs_of(name, 1)
    expected = two_steps(OnnxNetwork(model), inputs)
    for made, wanted in zip(two_steps(TorchNetwork(model, "cpu"), inputs), expected, strict=True):
        for key in wanted:
            np.testing.assert_allclose(made[key], wanted[key], atol=1e-3)


@pytest.mark.parametrize("device", ["auto", "cpu"])
def test_small_networks_run_on_the_cpu_and_say_so(device):
    assert load_network(MODELS / "speech", device).provider == "CPUExecutionProvider"


@pytest.mark.skipif(cuda_driver_present(), reason="has a GPU")
def test_asking_for_cuda_without_one_is_refused():
    with pytest.raises(ModelError, match="CUDA"):
        load_network(MODELS / "speech", "cuda")


@pytest.mark.gpu
@pytest.mark.parametrize("name", ["speech", "face_motion", "body_motion"])
def test_recorded_work_on_cuda_goes_on_as_on_the_cpu(name):
    inputs = inputs_of(name, 1)
    expected = two_steps(load_network(MODELS / name, "cpu"), inputs)
    for made, wanted in zip(
        two_steps(load_network(MODELS / name, "cuda"), inputs), expected, strict=True
    ):
        for key in wanted.keys() - {k for k in wanted if k.startswith("next_")}:
            np.testing.assert_allclose(made[key], wanted[key], atol=1e-2)


@pytest.mark.gpu
def test_cuda_gives_what_the_cpu_gives():
    network = load_network(MODELS / "speech", "cuda")
    assert network.provider == "torch cuda"
    inputs = inputs_of("speech", 30)
    expected = load_network(MODELS / "speech", "cpu").run(inputs)
    np.testing.assert_allclose(network.run(inputs)["feature"], expected["feature"], atol=1e-2)


def test_a_provider_that_falls_back_is_refused():
    with pytest.raises(ModelError, match="CPUExecutionProvider"):
        OnnxNetwork(open_model(MODELS / "speech"), "DmlExecutionProvider")


def test_an_unknown_device_is_refused():
    with pytest.raises(ModelError, match="auto, cpu, cuda"):
        load_network(MODELS / "speech", "tpu")


def test_the_cpu_path_never_imports_torch():
    program = (
        "import sys, json; from pipeline.network import load_network;"
        "from pipeline.model_folder import MODELS; load_network(MODELS / 'speech', 'cpu');"
        "import pipeline.assembly; from pipeline.painters_choice import choose_painters;"
        "choose_painters('auto', 'cpu', True, print);"
        "print(json.dumps('torch' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) is False


@pytest.mark.skipif(cuda_driver_present(), reason="there is a GPU that can be used")
def test_a_gpu_that_cannot_be_used_gives_way_to_the_cpu_and_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr("pipeline.network.cuda_driver_present", lambda: True)
    monkeypatch.setattr(
        "pipeline.network.open_model", lambda folder: replace(open_model(folder), small=False)
    )
    said = []
    network = load_network(MODELS / "speech", "auto", said.append)
    assert network.provider == "CPUExecutionProvider"
    (sentence,) = said
    assert sentence.startswith("The graphics card cannot be used (torch finds no CUDA device")
    assert sentence.endswith("the CPU computes instead.")
    with pytest.raises(ModelError):
        load_network(MODELS / "speech", "cuda", said.append)
