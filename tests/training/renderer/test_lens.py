from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")

from training.renderer.lens import ABERRATION, Lens  # noqa: E402
from training.renderer.pair_chance import PairChance  # noqa: E402

SIZE_PX = (768, 512)


def lens(**changes: float) -> Lens:
    drawn = Lens.drawn(PairChance(torch.Generator().manual_seed(3), 1, torch.device("cpu")))
    return replace(drawn, **{name: torch.full((2, 1, 1, 1), x) for name, x in changes.items()})


def waves():
    """(2, 3, 768, 512) of 16 px across."""
    x = torch.arange(512.0)
    return (0.5 + 0.4 * torch.sin(x * torch.pi / 8)).expand(2, 3, *SIZE_PX).clone()


def test_red_and_blue_are_shifted_outwards_by_their_scale():
    before = waves()
    after = lens(aberration=ABERRATION, of_blue=-1.0).fringed(before)
    x = torch.arange(512.0) - 255.5
    for channel, scale in ((0, ABERRATION), (2, -ABERRATION)):
        expected = 0.5 + 0.4 * torch.sin((x * (1 + scale) + 255.5) * torch.pi / 8)
        assert (after[0, channel, 100, 1:-1] - expected[1:-1]).abs().max() < 0.006
        assert (after[0, channel] - before[0, channel]).abs().max() > 0.02
    assert torch.equal(after[:, 1], before[:, 1])


def test_corners_are_softer_than_the_middle():
    before = waves()
    after = lens(blur=0.0, soft_corners=1.0).focused(before)
    contrast = [x[0, 0, row, columns].std() for x in (before, after)
                for row, columns in ((384, slice(240, 272)), (0, slice(0, 32)))]  # fmt: skip
    assert contrast[2] > 0.99 * contrast[0]
    assert contrast[3] < 0.96 * contrast[1]


def test_what_has_no_edges_stays_as_it_is():
    plain, drawn = torch.full((2, 3, 64, 48), 0.4), lens()
    assert torch.allclose(drawn.focused(drawn.fringed(plain)), plain, atol=1e-6)
