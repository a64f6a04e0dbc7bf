import numpy as np

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.camera import clip_from_world, lens_position, portrait_camera

TARGET = np.array([0.0, -0.1, 0.05])
SIZE = np.array([FRAME_WIDTH_PX, FRAME_HEIGHT_PX])


def test_the_target_is_in_the_middle_of_the_picture():
    pixel, _ = portrait_camera(TARGET, 0.7).project(TARGET[None])
    assert np.allclose(pixel[0], SIZE / 2)


def test_the_span_fills_the_picture_from_edge_to_edge():
    camera = portrait_camera(TARGET, 0.7, pitch_rad=0.0)
    ends = TARGET + np.array([[0, 0.35, 0], [0, -0.35, 0]])
    rows = camera.project(ends)[0][:, 1]
    assert np.allclose(rows, [0, FRAME_HEIGHT_PX], atol=1e-6)


def test_the_avatars_left_is_on_the_right_of_the_picture_and_up_is_up():
    camera = portrait_camera(TARGET, 0.7)
    (left, above), _ = camera.project(TARGET + np.array([[0.1, 0, 0], [0, 0.1, 0]]))
    assert left[0] > FRAME_WIDTH_PX / 2
    assert above[1] < FRAME_HEIGHT_PX / 2


def test_a_pitched_camera_stands_above_its_target():
    assert lens_position(portrait_camera(TARGET, 0.7, pitch_rad=0.1))[1] > TARGET[1]


def test_opengl_and_the_pinhole_agree_on_every_pixel():
    camera = portrait_camera(TARGET, 0.7)
    points = np.random.default_rng(0).uniform(-0.3, 0.3, (50, 3))
    clip = np.concatenate([points, np.ones((50, 1))], 1) @ clip_from_world(camera).T
    ndc = clip[:, :2] / clip[:, 3:]
    pixels = (ndc * [1, -1] + 1) / 2 * SIZE
    assert np.allclose(pixels, camera.project(points)[0])
