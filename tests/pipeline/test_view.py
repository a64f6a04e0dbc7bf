import pytest

from pipeline.picture_settings import PictureSettings
from pipeline.view import View, choose_view


def test_the_portrait_stands_unscaled_less_24_rows():
    assert choose_view(PictureSettings(), 1280, 720, 1366) == View(43, 24, 1280, 720)
    assert choose_view(PictureSettings(), 512, 768, 512) == View(0, 0, 512, 768)


def test_fit_shows_the_whole_scene():
    view = choose_view(PictureSettings(framing="fit"), 1280, 720, 1366)
    assert view == View(0, 0, 1366, 768)


@pytest.mark.parametrize("framing", ["portrait", "fit", "shoulders"])
@pytest.mark.parametrize("zoom", [1.0, 1.37, 2.0])
@pytest.mark.parametrize("size", [(1280, 720, 1366), (512, 768, 512)])
def test_a_view_lies_in_the_scene_holds_the_face_and_keeps_its_shape(framing, zoom, size):
    width, height, scene = size
    view = choose_view(PictureSettings(framing=framing, zoom=zoom), *size)
    assert view.left >= 0
    assert view.left + view.width <= scene
    assert 0 <= view.top <= 70, "the crown is seen"
    assert view.top + view.height <= 768
    assert view.width / view.height == pytest.approx(width / height, rel=0.004)
