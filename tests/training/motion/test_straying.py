import pytest
import torch

from pipeline.networks.motion_transformer import MotionTransformer
from training.motion.parts import PARTS
from training.motion.straying import KEPT, KEPT_OF_FAR, strayed


@pytest.fixture
def network():
    network = MotionTransformer(PARTS["face"].tiny().sizes)
    network.innovation.fill_(0.01)
    network.heard[:3] = 1.0
    return network


def test_what_follows_a_displaced_past_leads_back_to_the_data(network):
    motion = torch.randn(8, 40, network.sizes.motion_size)
    past, goal = strayed(network, motion, torch.Generator().manual_seed(0))
    torch.testing.assert_close(goal[:, 1:] - motion[:, 1:], KEPT * (past - motion)[:, :-1])


def test_some_sequences_stray_and_some_do_not(network):
    motion = torch.randn(64, 10, network.sizes.motion_size)
    past, _ = strayed(network, motion, torch.Generator().manual_seed(0))
    still = (past == motion).all(dim=(1, 2))
    assert 10 < still.sum() < 50


def test_the_mouth_never_strays(network):
    motion = torch.randn(32, 10, network.sizes.motion_size)
    past, goal = strayed(network, motion, torch.Generator().manual_seed(0))
    torch.testing.assert_close(past[..., :3], motion[..., :3], rtol=0, atol=0)
    torch.testing.assert_close(goal[..., :3], motion[..., :3], rtol=0, atol=0)


def test_what_wanders_strays_far_and_leads_back_slowly(network):
    motion = torch.randn(64, 40, network.sizes.motion_size)
    seed = torch.Generator().manual_seed(0)
    past, goal = strayed(network, motion, seed, wandering=(4, 5))
    far = (past - motion)[..., 4:6].std()
    near = (past - motion)[..., 6:].std()
    assert far > 3 * near
    others = [3, *range(6, network.sizes.motion_size)]
    offset, left = past - motion, goal - motion
    torch.testing.assert_close(left[:, 1:, others], KEPT * offset[:, :-1, others])
    share = (left[:, 1:, 4:6] * offset[:, :-1, 4:6]).sum() / offset[:, :-1, 4:6].square().sum()
    assert KEPT < share < KEPT_OF_FAR
