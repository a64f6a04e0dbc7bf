import pytest

torch = pytest.importorskip("torch")

from training.renderer.critic import Critic, critic_loss, feature_loss, fooling_loss  # noqa: E402
from training.renderer.losses import (  # noqa: E402
    GOOD,
    WEIGHTS,
    View,
    keep_loss,
    open_weight,
    psnr,
    reconstruction_loss,
    roughness,
    temporal_loss,
)


def pictures(seed: int = 0):
    random = torch.Generator().manual_seed(seed)
    truth = torch.rand(2, 3, 32, 32, generator=random)
    weight = torch.zeros(2, 1, 32, 32)
    weight[..., 8:24, 8:24] = 1
    return truth, weight


def test_only_what_gates_open_counts():
    truth, weight = pictures()
    made = truth.clone()
    made[..., :4, :4] += 0.5
    none = reconstruction_loss(View(truth, truth, truth, weight))
    assert torch.allclose(reconstruction_loss(View(made, truth, truth, weight)), none)
    made[..., 12, 12] += 0.5
    assert reconstruction_loss(View(made, truth, truth, weight)) > none


def test_the_same_fault_in_a_small_gate_counts_as_much_as_in_a_large_one():
    truth, weight = pictures()
    small = torch.zeros_like(weight)
    small[..., 12:16, 12:16] = 1
    made = truth + 0.1
    large, little = (reconstruction_loss(View(made, truth, truth, x)) for x in (weight, small))
    assert torch.allclose(large, little, rtol=0.15)


def test_what_was_good_enough_is_to_be_left_alone():
    truth, weight = pictures()
    assert keep_loss(View(truth, truth, truth, weight)) == 0
    assert keep_loss(View(truth + 0.1, truth, truth, weight)) > 0.05
    # A composite that was wrong may be changed.
    composite = truth + 2 * GOOD
    assert keep_loss(View(truth, composite, truth, weight)) == 0


def test_neighbours_may_be_off_alike_but_not_each_in_its_own_way():
    truth, weight = pictures()
    steady = temporal_loss(View(truth + 0.1, truth, truth, weight))
    flickering = truth.clone()
    flickering[1] += 0.1
    assert temporal_loss(View(flickering, truth, truth, weight)) > steady + 0.05


def test_a_move_of_all_pixels_alike_is_not_rough():
    moves = torch.full((1, 2, 8, 8), 3.0)
    assert roughness(moves) == 0
    moves[..., 4] += 1
    assert roughness(moves) > 0


def test_weights_are_those_of_the_gate_that_counts_most():
    gates = torch.zeros(1, len(WEIGHTS), 8, 8)
    gates[:, 0, :, :4] = 1
    gates[:, 4] = 1
    weight = open_weight(gates)
    assert weight.shape == (1, 1, 16, 16)
    assert weight[0, 0, 8, 2] == WEIGHTS[0]
    assert weight[0, 0, 8, 14] == pytest.approx(WEIGHTS[4])


def test_decibels_of_a_mask_are_of_its_pixels_alone():
    truth, weight = pictures()
    made = truth.clone()
    made[..., 8:24, 8:24] += 0.1
    assert psnr(made, truth, weight).tolist() == pytest.approx([20, 20], abs=1e-3)
    assert (psnr(made, truth) > 25).all()
    assert psnr(made, truth, torch.zeros_like(weight)).isnan().all()


def test_a_critic_learns_to_tell_repainted_patches_that_are_a_small_part_of_the_picture():
    torch.manual_seed(0)
    critic = Critic(width=8)
    optimizer = torch.optim.Adam(critic.parameters(), 1e-2)
    weight = torch.zeros(4, 1, 64, 64)
    weight[..., 20:36, 20:36] = 1
    for _ in range(60):
        composite = torch.rand(4, 3, 64, 64)
        noise = torch.randn(4, 3, 64, 64) * 0.3
        true, made = composite + noise * weight, composite + 0.0 * weight
        logits = [critic(x, composite)[-1] for x in (true, made)]
        loss = critic_loss(*logits, weight)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss < 0.5
    with torch.no_grad():
        assert fooling_loss(logits[1], weight) > fooling_loss(logits[0], weight)


def test_features_of_the_same_picture_are_not_apart():
    truth, weight = pictures()
    critic = Critic(width=8)
    told = critic(truth, truth)
    assert feature_loss(told, told, weight) == 0
    assert feature_loss(told, critic(truth + 0.2 * weight, truth), weight) > 0
