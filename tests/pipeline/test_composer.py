import numpy as np
import pytest

from pipeline.composer import FEATHER_PX, LABEL_MARGIN_PX, Composer
from pipeline.label import draw_pill
from pipeline.picture_settings import PictureSettings
from pipeline.scene import Scene, make_scene, scene_width_px
from tests.pipeline.pictures import portrait

INSIDE = slice(384 + FEATHER_PX, 896 - FEATHER_PX)


PLAIN = PictureSettings(label="none")


def composer_of(scene, settings=None, width_px=1280, height_px=720):
    settings = settings or PictureSettings()
    made = make_scene(scene, settings, scene_width_px(width_px, height_px))
    return Composer(made, settings, width_px, height_px)


def in_front_of(value, settings):
    """A composer before a scene of one grey, which takes no time to make."""
    return Composer(Scene(np.full((768, 1366, 3), value, np.uint8)), settings)


def label_area(frame: np.ndarray, left: int = 384) -> np.ndarray:
    height, width = draw_pill().shape[:2]
    bottom = len(frame) - LABEL_MARGIN_PX
    left += LABEL_MARGIN_PX
    return frame[bottom - height : bottom, left : left + width]


def test_the_portrait_stands_unscaled_in_the_middle_less_24_rows():
    frame = composer_of(portrait(), PLAIN).compose(portrait(1))
    assert frame.shape == (720, 1280, 3)
    assert frame.dtype == np.uint8
    inner = slice(FEATHER_PX, 512 - FEATHER_PX)
    np.testing.assert_array_equal(frame[:, INSIDE], portrait(1)[24:744, inner])


def test_the_sides_do_not_change_from_frame_to_frame():
    composer = composer_of(portrait())
    first, second = composer.compose(portrait(1)), composer.compose(portrait(2))
    np.testing.assert_array_equal(first[:, :384], second[:, :384])
    np.testing.assert_array_equal(first[:, 896:], second[:, 896:])
    assert first[:, :384].max() > 0


def test_the_edge_goes_over_softly_from_the_sides_to_the_portrait():
    composer = composer_of(np.zeros((768, 512, 3), np.uint8), PLAIN)
    frame = composer.compose(np.full((768, 512, 3), 255, np.uint8))
    edge = frame[360, 384 : 384 + FEATHER_PX, 0].astype(int)
    assert (np.diff(edge) >= 0).all()
    assert np.diff(edge).max() < 16
    assert (edge[0], edge[-1]) == (0, 255)
    np.testing.assert_array_equal(frame[:, 384:896], frame[:, 895:383:-1])


def test_the_label_is_on_by_default_and_lies_in_the_lower_left_of_the_portrait():
    white = np.full((768, 512, 3), 255, np.uint8)
    labelled, plain = composer_of(white).compose(white), composer_of(white, PLAIN).compose(white)
    assert label_area(labelled).min() < 100
    assert label_area(labelled).max() > 240
    changed = np.argwhere((labelled != plain).any(axis=2))
    assert changed[:, 0].min() >= 720 - LABEL_MARGIN_PX - draw_pill().shape[0]
    assert changed[:, 1].min() >= 384 + LABEL_MARGIN_PX


@pytest.mark.parametrize("value", [0, 128, 255])
def test_the_label_is_legible_on_any_ground(value):
    ground = np.full((768, 512, 3), value, np.uint8)
    area = label_area(composer_of(ground).compose(ground)).mean(axis=2)
    assert np.percentile(area, 99) - np.median(area) > 140


def test_the_tall_frame_keeps_the_portrait_and_adds_the_label():
    frame = composer_of(portrait(), None, 512, 768).compose(portrait(1))
    assert frame.shape == (768, 512, 3)
    np.testing.assert_array_equal(frame[:600], portrait(1)[:600])
    assert not np.array_equal(label_area(frame, 0), label_area(portrait(1), 0))


def test_a_published_frame_is_never_written_again():
    composer = composer_of(portrait())
    held = [composer.compose(portrait(seed)) for seed in range(40)]
    for seed, frame in enumerate(held):
        np.testing.assert_array_equal(
            frame[:500, INSIDE], portrait(seed)[24:524, FEATHER_PX : 512 - FEATHER_PX]
        )


def test_the_input_is_left_alone_and_not_shared():
    pixels = portrait(1)
    frame = composer_of(portrait(), None, 512, 768).compose(pixels)
    np.testing.assert_array_equal(pixels, portrait(1))
    assert not np.shares_memory(frame, pixels)


def test_the_same_input_gives_the_same_frame_from_a_used_buffer():
    composer = composer_of(portrait())
    first = composer.compose(portrait(1)).copy()
    for seed in range(5):
        composer.compose(portrait(seed))
    np.testing.assert_array_equal(composer.compose(portrait(1)), first)


@pytest.mark.parametrize("place", ["lower-left", "lower-right", "upper-left", "upper-right"])
@pytest.mark.parametrize("framing", ["portrait", "shoulders"])
def test_the_label_stands_in_the_corner_wanted_and_survives_a_square_crop(place, framing):
    ground = np.full((768, 512, 3), 128, np.uint8)
    settings = PictureSettings(framing=framing, label=place)
    plain = PictureSettings(framing=framing, label="none")
    labelled = in_front_of(128, settings).compose(ground)
    changed = np.argwhere((labelled != in_front_of(128, plain).compose(ground)).any(axis=2))
    rows, columns = changed.mean(axis=0)
    assert (rows > 360) == place.startswith("lower")
    assert (columns > 640) == place.endswith("right")
    assert changed[:, 1].min() >= 280
    assert changed[:, 1].max() < 1000


def test_the_whole_portrait_fits_into_the_frame():
    striped = np.zeros((768, 512, 3), np.uint8)
    striped[:6], striped[-6:] = (250, 0, 0), (0, 0, 250)
    settings = PictureSettings(framing="fit", label="none")
    frame = in_front_of(0, settings).compose(striped)
    assert tuple(frame[0, 640]) == (250, 0, 0)
    assert tuple(frame[-1, 640]) == (0, 0, 250)


@pytest.mark.parametrize("zoom", [1.0, 1.25, 1.6, 2.0])
def test_zoom_leaves_the_crown_where_it_is_and_makes_the_head_larger(zoom):
    marked = np.zeros((768, 512, 3), np.uint8)
    marked[88 - 20 : 88 + 20, 256 - 20 : 256 + 20] = 255
    frame = in_front_of(0, PictureSettings(zoom=zoom, label="none")).compose(marked)
    rows, columns = np.argwhere(frame[..., 0] > 127).T
    assert rows.mean() == pytest.approx(88 - 24, abs=2.5)
    assert columns.mean() == pytest.approx(640, abs=2.5)
    assert np.ptp(columns) + 1 == pytest.approx(40 * zoom, abs=2)


@pytest.mark.parametrize("zoom", [1.3, 2.0])
@pytest.mark.parametrize("framing", ["portrait", "fit", "shoulders"])
def test_a_zoomed_portrait_joins_its_scene_without_a_step(zoom, framing):
    ramp = np.linspace(40, 200, 1366)[None, :, None]
    wide = np.broadcast_to(ramp, (768, 1366, 3)).round().astype(np.uint8)
    settings = PictureSettings(framing=framing, zoom=zoom, label="none")
    frame = Composer(Scene(wide), settings).compose(np.ascontiguousarray(wide[:, 427:939]))
    assert np.abs(np.diff(frame[360, :, 0].astype(int))).max() <= 1


def test_a_zoomed_frame_is_never_written_again_either():
    composer = in_front_of(0, PictureSettings(zoom=1.5, label="none"))
    first = composer.compose(portrait(1))
    kept = first.copy()
    second = composer.compose(portrait(2))
    np.testing.assert_array_equal(first, kept)
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("size", [(400, 720), (1280, 1080)])
def test_a_frame_that_cannot_hold_the_portrait_is_refused(size):
    with pytest.raises(ValueError, match="cannot hold"):
        Composer(Scene(np.zeros((768, 1366, 3), np.uint8)), None, *size)


def test_a_scene_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match="768"):
        Composer(Scene(portrait()[:700]))
