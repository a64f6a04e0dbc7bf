import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from pipeline.networks.motion_step import MotionStep
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.recorded_step import RecordedStep
from tests.pipeline.networks.test_motion_transformer import BODY, FACE, made_inputs, made_network

FRAMES = 30


def start(network: MotionTransformer) -> dict:
    """Previous motion and state before the first frame."""
    return {"previous": network.mean.expand(1, 1, -1).numpy()} | {
        name: value.numpy() for name, value in network.init_state(1).items()
    }


def frames_of(sizes, frames: int = FRAMES) -> list[dict]:
    """Inputs of one stream, whose style changes on the way."""
    inputs = {name: value[:1].numpy().copy() for name, value in made_inputs(sizes, frames).items()}
    inputs["style"][:, : frames // 2] = inputs["style"][:, :1]
    return [{n: v[:, f : f + 1] for n, v in inputs.items()} for f in range(frames)]


def streamed(run, frames: list[dict], behind: dict) -> tuple[list[dict], dict]:
    """All that is said of the frames; and what the next frame would be given of the past."""
    said = []
    for now in frames:
        made = run(now | behind)
        said.append({k: v for k, v in made.items() if k not in ("next_keys", "next_values")})
        behind = {k: made["motion" if k == "previous" else f"next_{k}"] for k in behind}
    return said, behind


def runs_of(network: MotionTransformer):
    """The network itself, and its step; both from arrays to arrays."""

    def plainly(inputs: dict) -> dict:
        made = network(**{name: torch.as_tensor(value) for name, value in inputs.items()})
        return {name: value.numpy() for name, value in made.items()}

    return plainly, RecordedStep(MotionStep(network))


def assert_alike(one: list[dict], two: list[dict], atol: float) -> None:
    for first, second in zip(one, two, strict=True):
        assert first.keys() == second.keys()
        for name in first:
            assert first[name].shape == second[name].shape
            np.testing.assert_allclose(first[name], second[name], atol=atol)


@pytest.fixture(autouse=True)
def no_gradients():
    with torch.inference_mode():
        yield


@pytest.mark.parametrize("sizes", [FACE, BODY], ids=["face", "body"])
def test_a_step_says_what_the_network_says(sizes):
    network = made_network(sizes)
    plainly, step = runs_of(network)
    expected, _ = streamed(plainly, frames_of(sizes), start(network))
    made, _ = streamed(step, frames_of(sizes), start(network))
    assert_alike(made, expected, 1e-4)


@pytest.mark.parametrize("sizes", [FACE, BODY], ids=["face", "body"])
def test_a_step_goes_on_from_a_state_of_the_network(sizes):
    network, frames = made_network(sizes), frames_of(sizes)
    plainly, step = runs_of(network)
    for heard in (4, 20):
        _, behind = streamed(plainly, frames[:heard], start(network))
        expected, _ = streamed(plainly, frames[heard:], behind)
        made, _ = streamed(step, frames[heard:], behind)
        assert_alike(made, expected, 1e-4)


def test_a_state_may_be_gone_on_from_twice_and_streams_may_take_turns():
    network, frames = made_network(BODY), frames_of(BODY)
    _, step = runs_of(network)
    _, behind = streamed(step, frames[:10], start(network))
    once, _ = streamed(step, frames[10:], behind)
    other, _ = streamed(step, frames[20:], start(network))
    again, _ = streamed(step, frames[10:], behind)
    assert_alike(once, again, 0.0)
    assert np.abs(once[-1]["motion"] - other[-1]["motion"]).max() > 1e-3


def test_only_one_frame_of_one_stream_is_taken():
    network = made_network(FACE)
    _, step = runs_of(network)
    one = frames_of(FACE)[0] | start(network)
    assert step.takes(one)
    assert not step.takes(one | {"feature": np.zeros((2, 1, 10), np.float32)})


class Kernels(TorchDispatchMode):
    """Counts operations that would be kernels on a GPU."""

    count = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.count += not (func.is_view or "view" in func.name() or "empty" in func.name())
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize(("sizes", "others"), [(FACE, 10), (BODY, 15)], ids=["face", "body"])
def test_a_layer_takes_eleven_kernels(sizes, others):
    with torch.inference_mode(False), torch.no_grad():
        step = MotionStep(made_network(sizes))
        with Kernels() as kernels:
            step.work()
    assert kernels.count > 0
    assert kernels.count <= 11 * sizes.layers + others
