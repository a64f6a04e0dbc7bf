import torch

from training.motion.losses import closed_loss, denoising_loss, energy_score, heard_loss, onset_loss

GROUP = {"all": torch.tensor([0])}


def score(sampler_scale: float, shift: float = 0.0) -> float:
    torch.manual_seed(0)
    samples = shift + sampler_scale * torch.randn(2, 200, 100, 1)
    return float(energy_score(samples, torch.randn(200, 100, 1), GROUP)["all"])


def test_the_energy_score_is_least_for_the_right_distribution():
    right = score(1.0)
    assert right < score(0.7)
    assert right < score(1.4)
    assert right < score(1.0, shift=0.4)
    assert right < score(0.0)


def test_closures_between_open_frames_count_more():
    bilabial = torch.tensor([[0.0] * 8 + [1.0] * 2 + [0.0] * 8])
    pause = torch.tensor([[0.0] * 4 + [1.0] * 14])
    missed = torch.full((1, 18), -2.0)
    frames = float((closed_loss(missed, bilabial) - closed_loss(missed, 0 * bilabial)) / 2)
    long = float((closed_loss(missed, pause) - closed_loss(missed, 0 * pause)) / 14)
    assert frames > 3 * long


def test_the_mouth_alone_is_heard_and_the_rest_denoised():
    heard = torch.tensor([1.0, 0.0])
    goal = torch.zeros(1, 5, 2)
    off = goal + torch.tensor([0.0, 3.0])
    assert heard_loss(off, goal, heard)["mouth"] == 0
    assert denoising_loss(off, goal, heard) == 9
    off = goal + torch.tensor([0.5, 0.0])
    assert heard_loss(off, goal, heard)["mouth"] == 0.5
    assert heard_loss(off, goal, heard)["mouth speed"] == 0
    assert denoising_loss(off, goal, heard) == 0


def test_the_loss_of_onsets_is_least_at_their_true_rate():
    onset = torch.zeros(4, 500, 2)
    onset[:, ::50] = 1.0
    support = torch.linspace(-3.5, -0.5, 61)
    losses = torch.stack([onset_loss(torch.full_like(onset, float(c)), onset) for c in support])
    rate = torch.special.ndtr(support[losses.argmin()])
    assert abs(float(rate) - 0.02) < 0.003
