import numpy as np
import pytest

from pipeline.layer_warp import LayerWarp, between_pixels, foreground_layer, portrait_over
from tests.people import make_avatar

COARSE = (192, 128, 2)
FULL = (2, 768, 512)


@pytest.fixture(scope="module")
def avatar(tmp_path_factory):
    return make_avatar(tmp_path_factory.mktemp("avatar"))[0]


@pytest.fixture(scope="module")
def warp(avatar):
    return LayerWarp(avatar)


def shifted(warp: LayerWarp, x: float, y: float) -> np.ndarray:
    """The picture with the person moved by x, y px."""
    move = np.array([-x, -y], np.float32)
    return warp.render(np.full(FULL, move[:, None, None]), np.full(COARSE, move))


def test_without_flow_the_portrait_comes_out(avatar, warp):
    picture = shifted(warp, 0, 0).astype(int)
    assert np.abs(picture - avatar.portrait).max() <= 3
    assert np.abs(picture - avatar.portrait).mean() < 0.2


def test_the_person_moves_and_the_background_does_not(avatar, warp):
    moved = shifted(warp, 40, 0)
    solid = avatar.matte[:, :-40] == 255
    inside = np.zeros_like(avatar.matte, bool)
    inside[:, 40:] = solid
    source = np.roll(avatar.portrait, 40, 1)
    assert np.abs(moved.astype(int) - source)[inside].max() <= 3
    clear = np.roll(avatar.matte, 40, 1) == 0
    clear[:, :40] = False
    np.testing.assert_array_equal(moved[clear], avatar.background[clear])


def test_however_far_the_person_moves_none_of_it_is_cut_off(avatar, warp):
    moved = shifted(warp, -120, 150)
    expected = np.zeros_like(avatar.portrait)
    expected[150:, :-120] = avatar.portrait[:-150, 120:]
    solid = np.zeros_like(avatar.matte, bool)
    solid[150:, :-120] = avatar.matte[:-150, 120:] == 255
    assert np.abs(moved.astype(int) - expected)[solid].max() <= 3


def test_half_a_pixel_keeps_the_sharpness(avatar, warp):
    there = shifted(warp, 0.5, 0)
    box = np.s_[150:400, 200:310]
    contrast = [
        np.abs(np.diff(p[box].astype(float), axis=1)).mean() for p in (avatar.portrait, there)
    ]
    assert contrast[1] > 0.8 * contrast[0]


def test_bands_cover_the_person_once(avatar, warp):
    covered = np.zeros(avatar.matte.shape, int)
    for rows, columns in warp.bands(np.zeros(COARSE, np.float32)):
        covered[rows, columns] += 1
    assert covered.max() == 1
    assert covered[avatar.matte > 0].all()
    assert covered.mean() < 0.9


def test_values_at_the_pixels_are_kept_between_them():
    layer = np.random.default_rng(0).integers(0, 255, (12, 9, 4), dtype=np.uint8)
    finer = between_pixels(layer)
    assert finer.shape == (23, 17, 4)
    np.testing.assert_array_equal(finer[::2, ::2], layer)


def test_the_layer_carries_no_colour_of_the_background(avatar):
    layer = foreground_layer(avatar).astype(int)
    assert (layer[avatar.matte == 0] == (0, 0, 0, 255)).all()
    assert (layer[..., :3].max(2) <= 255 - layer[..., 3]).all()


def test_another_background_is_seen_through_the_matte_wherever_the_person_moves(avatar, warp):
    green = np.broadcast_to(np.array([0, 200, 0], np.uint8), (768, 512, 3))
    over = warp.over(green)
    still = shifted(over, 0, 0).astype(int)
    assert np.abs(still - portrait_over(avatar, green)).max() <= 3
    assert (still[avatar.matte == 0] == (0, 200, 0)).all()
    solid = avatar.matte == 255
    assert np.abs(still - avatar.portrait)[solid].max() <= 3
    moved = shifted(over, 40, 0)
    clear = np.roll(avatar.matte, 40, 1) == 0
    clear[:, :40] = False
    assert (moved[clear] == (0, 200, 0)).all()
    np.testing.assert_array_equal(warp._background, avatar.background)


def test_the_share_of_another_background_is_what_the_matte_leaves(avatar):
    black, white = (
        portrait_over(avatar, np.full((768, 512, 3), grey, np.uint8)).astype(int)
        for grey in (0, 255)
    )
    left = 255 - avatar.matte[..., None].astype(int)
    assert np.abs((white - black) - left).max() <= 1
