import cv2
import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.side_fill import (
    FAR_BRIGHTNESS,
    NEAR_BRIGHTNESS,
    blurred_sides,
    picture_sides,
)
from tests.pipeline.pictures import portrait


def test_the_sides_continue_the_portrait_at_its_edges():
    shown = np.zeros((720, 512, 3), np.uint8)
    shown[:360, :256], shown[360:, :256] = (200, 100, 0), (0, 100, 200)
    shown[:360, 256:], shown[360:, 256:] = (20, 60, 80), (90, 40, 10)
    sides = blurred_sides(shown, 1280, 720)
    for column, edge in ((380, 0), (900, 511)):
        for row in (180, 540):
            expected = NEAR_BRIGHTNESS * shown[row, edge]
            np.testing.assert_allclose(sides[row, column], expected, atol=4)


def test_the_sides_are_darker_and_softer_than_the_portrait():
    shown = portrait()[24:-24]
    sides = blurred_sides(shown, 1280, 720)
    assert sides.shape == (720, 1280, 3)
    assert sides[:, :50].mean() < (FAR_BRIGHTNESS + 0.1) * shown.mean()
    sharpness = np.abs(np.diff(sides[:, :300].astype(int), axis=0)).mean()
    assert sharpness < 0.6 * np.abs(np.diff(shown.astype(int), axis=0)).mean()


@pytest.mark.parametrize("shape", [(200, 300, 3), (2000, 900, 3), (720, 1280, 3), (10, 3000, 3)])
def test_a_picture_of_any_shape_covers_the_frame_unstretched(shape):
    picture = np.random.default_rng(0).integers(0, 255, shape, np.uint8)
    assert picture_sides(picture, 1280, 720).shape == (720, 1280, 3)


def test_a_picture_file_keeps_its_colours(tmp_path):
    path = tmp_path / "büro.png"
    path.write_bytes(cv2.imencode(".png", np.full((72, 128, 3), (200, 100, 30), np.uint8))[1])
    assert tuple(picture_sides(path, 1280, 720)[360, 640]) == (30, 100, 200)


def test_a_bad_picture_gets_one_sentence(tmp_path):
    with pytest.raises(MediaError, match="cannot be opened"):
        picture_sides(tmp_path / "none.png", 1280, 720)
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(MediaError, match="is not a picture"):
        picture_sides(tmp_path / "text.png", 1280, 720)
    (tmp_path / "empty.png").touch()
    with pytest.raises(MediaError, match="is not a picture"):
        picture_sides(str(tmp_path / "empty.png"), 1280, 720)
