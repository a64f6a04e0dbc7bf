import pytest

torch = pytest.importorskip("torch")

from training.renderer.style_filter import DICE, STYLE_FILTERS  # noqa: E402

PLACE = (slice(None), slice(None), slice(20, 24), slice(20, 24))
FARTHEST_PX = 16


@pytest.fixture
def picture():
    generator = torch.Generator().manual_seed(1)
    coarse = torch.rand((1, 3, 6, 6), generator=generator)
    soft = torch.nn.functional.interpolate(coarse, (64, 64), mode="bilinear")
    return (soft + 0.05 * torch.randn((1, 3, 64, 64), generator=generator)).clamp(0, 1)


@pytest.fixture
def dice():
    return torch.rand((1, DICE, 1, 1), generator=torch.Generator().manual_seed(2))


@pytest.mark.parametrize("style", STYLE_FILTERS)
def test_a_style_is_strong_and_leaves_light_and_dark_what_they_are(style, picture, dice):
    styled = style(picture, dice).clamp(0, 1)
    assert (styled - picture).abs().mean() > 0.01
    grey, before = styled.mean(1).flatten(), picture.mean(1).flatten()
    assert torch.corrcoef(torch.stack((grey, before)))[0, 1] > 0.8


@pytest.mark.parametrize("style", STYLE_FILTERS)
def test_a_change_is_seen_where_it_is_and_nowhere_else(style, picture, dice):
    other = picture.clone()
    other[PLACE] = 1 - other[PLACE]
    changed = (style(picture, dice) - style(other, dice)).abs().amax(1)[0]
    assert changed[20:24, 20:24].max() > 0.05
    rows, columns = torch.nonzero(changed > 1e-6).T
    for index in (rows, columns):
        assert index.min() >= 20 - FARTHEST_PX
        assert index.max() < 24 + FARTHEST_PX


@pytest.mark.parametrize("style", STYLE_FILTERS)
def test_small_differences_stay_small(style, picture, dice):
    nearly = picture + 0.004 * torch.sin(torch.arange(64.0))
    before, after = (nearly - picture).abs(), (style(nearly, dice) - style(picture, dice)).abs()
    assert after.mean() < 2 * before.mean()
    assert torch.quantile(after, 0.99) < 0.03


@pytest.mark.parametrize("style", STYLE_FILTERS)
def test_a_single_colour_is_styled_as_in_a_picture_of_nothing_else(style, dice):
    colour = torch.tensor([0.7, 0.5, 0.4])[None, :, None, None]
    alone, plain = style(colour, dice), style(colour.expand(1, 3, 16, 16), dice)
    assert torch.allclose(alone.expand_as(plain), plain, atol=1e-5)
