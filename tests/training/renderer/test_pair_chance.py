import pytest

torch = pytest.importorskip("torch")

from training.renderer.pair_chance import PairChance, frames_of  # noqa: E402


def test_neighbours_share_what_is_drawn():
    chance = PairChance(torch.Generator().manual_seed(1), 50, torch.device("cpu"))
    drawn = chance.within(2, 3, 4)
    assert drawn.shape == (100, 4)
    assert torch.equal(drawn[0::2], drawn[1::2])
    assert drawn.min() >= 2
    assert drawn.max() < 3
    assert chance.spread(1).mean().abs() < 0.4


def test_frames_of_pairs_are_neighbours():
    assert frames_of([0, 3], torch.device("cpu")).tolist() == [0, 1, 6, 7]
    assert frames_of([], torch.device("cpu")).dtype == torch.long
