import pytest

torch = pytest.importorskip("torch")

from training.renderer.colour_grade import ColourGrade, tone_curve  # noqa: E402
from training.renderer.pair_chance import PairChance  # noqa: E402


def grade(pairs: int) -> ColourGrade:
    chance = PairChance(torch.Generator().manual_seed(4), pairs, torch.device("cpu"))
    return ColourGrade.drawn(chance)


def test_every_tone_curve_rises_from_black_to_white():
    drawn = grade(200)
    x = torch.linspace(0, 1, 101).expand(400, 3, 1, 101)
    y = tone_curve(x, drawn.bend, drawn.toe)
    assert (y[..., 1:] > y[..., :-1]).all()
    assert torch.allclose(y[..., 0], torch.zeros(()), atol=1e-6)
    assert torch.allclose(y[..., -1], torch.ones(()), atol=1e-6)
    assert y[..., 25].std() > 0.02
    assert y[..., 75].std() > 0.02


def test_colours_stay_in_range():
    drawn = grade(100)
    pixels = torch.rand((200, 3, 5, 5), generator=torch.Generator().manual_seed(1))
    seen = drawn.seen(pixels, torch.full((200, 3, 1, 1), 1.5))
    assert seen.min() >= 0
    assert seen.max() <= 1


def test_more_light_is_brighter():
    drawn, grey = grade(50), torch.full((100, 3, 1, 1), 0.4)
    dim, bright = (drawn.seen(grey, torch.full_like(grey, light)) for light in (0.8, 1.2))
    assert (bright.mean(1) > dim.mean(1)).all()
