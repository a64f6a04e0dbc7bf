import pytest

torch = pytest.importorskip("torch")

from training.renderer.light_field import light_field, light_on_skin  # noqa: E402
from training.renderer.pair_chance import PairChance  # noqa: E402

SIZE_PX = (96, 64)


@pytest.fixture(scope="module")
def field():
    chance = PairChance(torch.Generator().manual_seed(3), 20, torch.device("cpu"))
    return light_field(chance, SIZE_PX)


def test_light_differs_over_the_picture_but_not_between_neighbours(field):
    assert field.shape == (40, 3, *SIZE_PX)
    assert torch.equal(field[0::2], field[1::2])
    across = field.amax((1, 2, 3)) / field.amin((1, 2, 3))
    assert across.median() > 1.3
    assert across.max() < 4
    for step in (field.diff(dim=2), field.diff(dim=3)):
        assert step.abs().max() < 0.05


def test_light_is_coloured_a_little(field):
    ratio = field[:, 0] / field[:, 2]
    assert ratio.std() > 0.01
    assert (ratio.log().abs() < 0.3).all()


def test_light_on_skin_is_that_where_skin_is_seen(field):
    skin = torch.tensor([0.8, 0.6, 0.5]).expand(40, 3)
    picture = torch.full((40, 3, *SIZE_PX), 0.1)
    face = (slice(10, 30), slice(5, 25))
    picture[:, :, *face] = skin[..., None, None]
    matte = torch.ones(40, 1, *SIZE_PX)
    light = light_on_skin(field, picture, matte, skin)
    assert torch.allclose(light, field[:, :, *face].mean((2, 3), keepdim=True), atol=0.01)


def test_where_no_skin_is_seen_the_whole_picture_counts(field):
    picture, nowhere = torch.zeros(40, 3, *SIZE_PX), torch.zeros(40, 1, *SIZE_PX)
    light = light_on_skin(field, picture, nowhere, torch.ones(40, 3))
    assert torch.allclose(light, field.mean((2, 3), keepdim=True), atol=1e-4)
