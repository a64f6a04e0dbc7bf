import pytest
import torch

from training.motion.diffusion import levels, noised, sampled


class OneMode:
    """A denoiser that knows: everything without noise is N(mean, spread)."""

    def __init__(self, mean: float, spread: float):
        self.mean, self.spread = mean, spread

    def denoise(self, x, level, context, memory):
        keep, noise = 1 - level[..., None], level[..., None]
        power = keep**2 * self.spread**2 + noise**2
        gain = keep * self.spread**2 / power
        return self.mean + context + gain * (x - keep * (self.mean + context))


def test_sampling_gives_the_distribution_back_also_where_it_is_narrow():
    torch.manual_seed(0)
    made = sampled(OneMode(0.3, 0.1), torch.randn(100, 100, 1), 0.0, [], 8)
    assert made.mean() == pytest.approx(0.3, abs=0.01)
    assert made.std() == pytest.approx(0.1, rel=0.35)


def test_guidance_goes_beyond_what_is_asked_for():
    noise = torch.zeros(1, 1, 1)
    plain = sampled(OneMode(0.0, 1e-3), noise, 1.0, [], 4)
    guided = sampled(OneMode(0.0, 1e-3), noise, 1.0, [], 4, withheld=(0.0, []), guidance=1.5)
    assert plain.item() == pytest.approx(1.0, abs=1e-3)
    assert guided.item() == pytest.approx(1.5, abs=1e-2)


def test_levels_fall_from_one_to_zero():
    for steps in (1, 2, 3, 8):
        schedule = levels(steps)
        assert len(schedule) == steps + 1
        assert schedule[0] == 1.0
        assert schedule[-1] == 0.0
        assert schedule == sorted(schedule, reverse=True)
    x0, noise = torch.ones(1, 1, 1), 3 * torch.ones(1, 1, 1)
    assert noised(x0, noise, torch.tensor([[0.25]])).item() == 1.5
