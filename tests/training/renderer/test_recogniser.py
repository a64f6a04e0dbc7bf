import pytest

torch = pytest.importorskip("torch")

from training.renderer.recogniser import PEOPLE, Recogniser, unlikeness  # noqa: E402


def faces(people: int, each: int, generator: torch.Generator) -> torch.Tensor:
    """Patterns of their own under light that changes, (people * each, 3, 64, 64)."""
    own = torch.rand((people, 3, 8, 8), generator=torch.Generator().manual_seed(5))
    own = torch.nn.functional.interpolate(own, scale_factor=8.0).repeat_interleave(each, 0)
    light = 0.6 + 0.4 * torch.rand((people * each, 1, 1, 1), generator=generator)
    return own * light


def test_people_are_told_apart_under_light_never_seen():
    torch.manual_seed(0)
    network, generator = Recogniser(8), torch.Generator().manual_seed(1)
    optimizer = torch.optim.Adam(network.parameters(), 3e-3)
    person = torch.arange(6).repeat_interleave(4) + 3 * PEOPLE
    for _ in range(60):
        optimizer.zero_grad()
        network.loss(network(faces(6, 4, generator)), person).backward()
        optimizer.step()
    with torch.no_grad():
        first, second = (network(faces(6, 1, generator)) for _ in range(2))
        same = unlikeness(first, second)
        other = unlikeness(first, second.roll(1, 0))
    assert torch.allclose(first.norm(dim=1), torch.ones(6), atol=1e-5)
    assert same < 0.3 * other
    assert unlikeness(first, first) == pytest.approx(0, abs=1e-6)
