import pytest

torch = pytest.importorskip("torch")

from pipeline.names import IMPLICIT_SIZE  # noqa: E402
from training.renderer.implicit_code import NONE_SHARE, OBSERVED_SHARE, codes  # noqa: E402

COUNT = 4000


def told(progress: float):
    observed = torch.full((COUNT, IMPLICIT_SIZE), 0.8)
    guessed = torch.full((COUNT, IMPLICIT_SIZE), -0.8)
    return codes(observed, guessed, progress, torch.Generator().manual_seed(0)).told.mean(1)


@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
def test_frames_are_told_what_was_seen_less_and_less_and_nothing_now_and_then(progress):
    means = told(progress)
    none = (means.abs() < 0.2).float().mean()
    seen = (means > 0.2).float().mean()
    assert none == pytest.approx(NONE_SHARE, abs=0.03)
    expected = (1 - NONE_SHARE) * OBSERVED_SHARE * (1 - progress)
    assert seen == pytest.approx(expected, abs=0.04)


def test_neighbours_are_told_alike():
    means = told(0.5)
    assert torch.allclose(means[0::2], means[1::2], atol=0.3)


def test_the_guess_is_drawn_to_what_was_observed_and_less_so_the_other_way():
    observed = torch.full((2, IMPLICIT_SIZE), 0.5, requires_grad=True)
    guessed = torch.zeros((2, IMPLICIT_SIZE), requires_grad=True)
    codes(observed, guessed, 0.5, torch.Generator().manual_seed(0)).loss.backward()
    assert (guessed.grad < 0).all()
    assert (observed.grad > 0).all()
    assert guessed.grad.abs().sum() > observed.grad.abs().sum()
