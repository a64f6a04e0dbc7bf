import copy

import pytest
import torch

from tests.training.motion.stand_ins import data
from tests.training.motion.test_train import begun
from training.distributed import World
from training.motion.fused import FrameStep, fuse
from training.motion.rollout import generate


def _generated(step, network, table):
    crop = table.draw(3, 12, torch.Generator().manual_seed(0))
    generator = torch.Generator(table.device).manual_seed(1)
    state = network.init_state(3)
    return generate(step, crop.motion[:, 1:2], crop.asked, state, generator)[0]


@pytest.mark.parametrize("part", ["face", "body"])
def test_a_frame_step_does_what_the_network_does_and_follows_its_weights(part):
    network, table = begun(part, 1).network.eval(), data(part)
    step = FrameStep(network)
    for _ in range(2):
        torch.testing.assert_close(
            _generated(step, network, table), _generated(network, network, table), atol=0, rtol=0
        )
        torch.nn.init.normal_(network.to_innovation.weight, std=0.2)


def test_nothing_is_compiled_without_a_gpu():
    network = begun("face", 1).network
    fuse(network, World(0, 1, "cpu"))
    assert "history" not in vars(network)


@pytest.mark.gpu
@pytest.mark.parametrize("part", ["face", "body"])
def test_recorded_and_compiled_passes_equal_the_plain_ones(part):
    table = data(part, "cuda")
    network = begun(part, 1).network.eval().to("cuda")
    torch.nn.init.normal_(network.to_innovation.weight, std=0.2)
    step = FrameStep(network)
    for _ in range(2):
        torch.testing.assert_close(
            _generated(step, network, table), _generated(network, network, table)
        )
        torch.nn.init.normal_(network.to_innovation.weight, std=0.2)
    fast = copy.deepcopy(network)
    fuse(fast, World(0, 1, "cuda:0"))
    crop = table.draw(3, 12, torch.Generator().manual_seed(0))
    context = network.context(crop.previous, crop.velocity, crop.asked)
    level = torch.rand(3, 12, device="cuda")
    for (key, value), (plain_key, plain_value) in zip(
        fast.history(context, level)[0], network.history(context, level)[0], strict=True
    ):
        torch.testing.assert_close(key, plain_key, atol=1e-4, rtol=1e-3)
        torch.testing.assert_close(value, plain_value, atol=1e-4, rtol=1e-3)
