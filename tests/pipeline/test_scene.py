import cv2
import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.picture_settings import PictureSettings
from pipeline.scene import make_scene, scene_width_px
from tests.pipeline.pictures import portrait


def test_a_scene_has_the_shape_of_the_frame_at_the_portraits_scale():
    assert scene_width_px(1280, 720) == 1366
    assert scene_width_px(512, 768) == 512


def test_the_original_background_stays_behind_the_person():
    scene = make_scene(portrait(), PictureSettings(), 1366)
    assert scene.pixels.shape == (768, 1366, 3)
    assert scene.left == 427
    assert scene.behind is None


@pytest.mark.parametrize("background", ["blur", "#00c8ff"])
def test_another_background_goes_on_behind_the_person(background):
    scene = make_scene(portrait(), PictureSettings(background), 1366)
    assert scene.behind is not None
    np.testing.assert_array_equal(scene.behind, scene.pixels[:, 427:939])


def test_a_blurred_background_has_no_detail_left():
    noise = np.random.default_rng(0).integers(0, 255, (768, 512, 3), np.uint8)
    behind = make_scene(noise, PictureSettings("blur"), 1366).behind
    assert behind is not None
    assert np.abs(np.diff(behind.astype(int), axis=1)).mean() < 3


def test_a_picture_covers_the_scene(tmp_path):
    path = tmp_path / "wall.png"
    path.write_bytes(cv2.imencode(".png", np.full((90, 160, 3), (200, 100, 30), np.uint8))[1])
    scene = make_scene(portrait(), PictureSettings(str(path)), 1366)
    assert (scene.pixels == (30, 100, 200)).all()
    with pytest.raises(MediaError, match="cannot be opened"):
        make_scene(portrait(), PictureSettings(str(tmp_path / "gone.png")), 1366)
