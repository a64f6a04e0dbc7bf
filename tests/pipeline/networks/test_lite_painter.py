"""The lite tier's painter changes light and colour within bounds, and nothing behind shut gates."""

import pytest

torch = pytest.importorskip("torch")

from pipeline.networks.lite_painter import CHANGES, GATES, LitePainter, relit  # noqa: E402
from pipeline.networks.painter import LIGHT, SKIN_COLOUR  # noqa: E402
from pipeline.networks.sizes import LitePainterSizes  # noqa: E402

N = 64
SKIN = torch.tensor([[0.7, 0.5, 0.4]])


def given(opened: float):
    random = torch.Generator().manual_seed(0)
    # of the colour of lips, which no tooth has
    face = torch.rand(1, 1, N, N, generator=random) * torch.tensor([0.7, 0.4, 0.35])[:, None, None]
    return face, torch.full((1, len(GATES), N // 2, N // 2), opened)


def learnt() -> LitePainter:
    """One that says something: its last layer begins at zero."""
    torch.manual_seed(1)
    painter = LitePainter(LitePainterSizes(width=8))
    torch.nn.init.normal_(painter.changes.weight, std=3.0)
    return painter


def test_a_new_one_changes_nothing():
    face, gates = given(1.0)
    changes = LitePainter(LitePainterSizes(width=8))(face, gates, SKIN)["changes"]
    assert changes.shape == (1, CHANGES, N // 2, N // 2)
    assert torch.equal(relit(face, changes), face)


def test_shut_gates_let_nothing_through():
    face, gates = given(0.0)
    assert not learnt()(face, gates, SKIN)["changes"].any()


def test_its_changes_are_bounded():
    face, gates = given(1.0)
    changes = learnt()(face, gates, SKIN)["changes"]
    light = max(LIGHT[gate] for gate in GATES)
    colour = max(SKIN_COLOUR[gate] for gate in GATES) * SKIN.max()
    assert 0.05 < changes[:, 0].abs().max() <= torch.expm1(torch.tensor(light)) + 1e-6
    assert 0.01 < changes[:, 1:].abs().max() <= colour + 1e-6
