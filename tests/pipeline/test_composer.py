import numpy as np
import pytest

from pipeline.composer import FEATHER_PX, LABEL_MARGIN_PX, Composer
from pipeline.label import draw_pill
from tests.pipeline.pictures import portrait

INSIDE = slice(384 + FEATHER_PX, 896 - FEATHER_PX)


def label_area(frame: np.ndarray, left: int = 384) -> np.ndarray:
    height, width = draw_pill().shape[:2]
    bottom = len(frame) - LABEL_MARGIN_PX
    left += LABEL_MARGIN_PX
    return frame[bottom - height : bottom, left : left + width]


def test_the_portrait_stands_unscaled_in_the_middle_less_24_rows():
    frame = Composer(portrait(), label=False).compose(portrait(1))
    assert frame.shape == (720, 1280, 3)
    assert frame.dtype == np.uint8
    inner = slice(FEATHER_PX, 512 - FEATHER_PX)
    np.testing.assert_array_equal(frame[:, INSIDE], portrait(1)[24:744, inner])


def test_the_sides_do_not_change_from_frame_to_frame():
    composer = Composer(portrait())
    first, second = composer.compose(portrait(1)), composer.compose(portrait(2))
    np.testing.assert_array_equal(first[:, :384], second[:, :384])
    np.testing.assert_array_equal(first[:, 896:], second[:, 896:])
    assert first[:, :384].max() > 0


def test_the_edge_goes_over_softly_from_the_sides_to_the_portrait():
    composer = Composer(np.zeros((768, 512, 3), np.uint8), label=False, fill="colour")
    frame = composer.compose(np.full((768, 512, 3), 255, np.uint8))
    edge = frame[360, 384 : 384 + FEATHER_PX, 0].astype(int)
    assert (np.diff(edge) >= 0).all()
    assert np.diff(edge).max() < 16
    assert (edge[0], edge[-1]) == (0, 255)
    np.testing.assert_array_equal(frame[:, 384:896], frame[:, 895:383:-1])


def test_the_label_is_on_by_default_and_lies_in_the_lower_left_of_the_portrait():
    white = np.full((768, 512, 3), 255, np.uint8)
    labelled, plain = Composer(white).compose(white), Composer(white, label=False).compose(white)
    assert label_area(labelled).min() < 100
    assert label_area(labelled).max() > 240
    changed = np.argwhere((labelled != plain).any(axis=2))
    assert changed[:, 0].min() >= 720 - LABEL_MARGIN_PX - draw_pill().shape[0]
    assert changed[:, 1].min() >= 384 + LABEL_MARGIN_PX


@pytest.mark.parametrize("value", [0, 128, 255])
def test_the_label_is_legible_on_any_ground(value):
    ground = np.full((768, 512, 3), value, np.uint8)
    area = label_area(Composer(ground).compose(ground)).mean(axis=2)
    assert np.percentile(area, 99) - np.median(area) > 140


def test_the_tall_frame_keeps_the_portrait_and_adds_the_label():
    frame = Composer(portrait(), 512, 768).compose(portrait(1))
    assert frame.shape == (768, 512, 3)
    np.testing.assert_array_equal(frame[:600], portrait(1)[:600])
    assert not np.array_equal(label_area(frame, 0), label_area(portrait(1), 0))


def test_a_published_frame_is_never_written_again():
    composer = Composer(portrait())
    held = [composer.compose(portrait(seed)) for seed in range(40)]
    for seed, frame in enumerate(held):
        np.testing.assert_array_equal(
            frame[:500, INSIDE], portrait(seed)[24:524, FEATHER_PX : 512 - FEATHER_PX]
        )


def test_the_input_is_left_alone_and_not_shared():
    pixels = portrait(1)
    frame = Composer(portrait(), 512, 768).compose(pixels)
    np.testing.assert_array_equal(pixels, portrait(1))
    assert not np.shares_memory(frame, pixels)


def test_the_same_input_gives_the_same_frame_from_a_used_buffer():
    composer = Composer(portrait())
    first = composer.compose(portrait(1)).copy()
    for seed in range(5):
        composer.compose(portrait(seed))
    np.testing.assert_array_equal(composer.compose(portrait(1)), first)


def test_a_picture_can_fill_the_sides():
    picture = np.full((720, 1280, 3), (10, 200, 30), np.uint8)
    frame = Composer(portrait(), fill=picture).compose(portrait(1))
    assert (frame[:, :384] == (10, 200, 30)).all()


@pytest.mark.parametrize("size", [(400, 720), (1280, 1080)])
def test_a_frame_that_cannot_hold_the_portrait_is_refused(size):
    with pytest.raises(ValueError, match="cannot hold"):
        Composer(portrait(), *size)


def test_a_portrait_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match="768, 512"):
        Composer(portrait()[:700])
