import numpy as np
import pytest

from bench.picture_scores import face_mask, point_error_px, psnr_db, ssim

WHOLE = np.ones((64, 64), bool)


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(1).integers(20, 230, (64, 64, 3)).astype(np.uint8)


def test_psnr_of_a_constant_error(picture):
    assert psnr_db(picture + 10, picture, WHOLE) == pytest.approx(20 * np.log10(255 / 10))


def test_psnr_counts_the_mask_alone(picture):
    spoilt = picture.copy()
    spoilt[:, :32] = 0
    right = WHOLE.copy()
    right[:, :32] = False
    assert psnr_db(spoilt, picture, right) > 90 > psnr_db(spoilt, picture, WHOLE)


def test_ssim_of_equal_pictures_is_one(picture):
    assert ssim(picture, picture, WHOLE) == pytest.approx(1)


def test_ssim_of_unrelated_noise_is_near_zero(picture):
    other = np.random.default_rng(2).integers(20, 230, picture.shape).astype(np.uint8)
    assert abs(ssim(other, picture, WHOLE)) < 0.1


def test_ssim_of_a_brighter_constant_follows_the_formula():
    dark, bright = np.full((64, 64, 3), 100, np.uint8), np.full((64, 64, 3), 150, np.uint8)
    c1 = (0.01 * 255) ** 2
    expected = (2 * 100 * 150 + c1) / (100**2 + 150**2 + c1)
    assert ssim(dark, bright, WHOLE) == pytest.approx(expected, abs=1e-6)


def test_a_face_mask_is_the_hull_of_its_points():
    points = np.zeros((478, 3))
    points[:, :2] = 10
    points[[0, 1, 2], :2] = (10, 10), (50, 10), (10, 50)
    mask = face_mask(points, (64, 64))
    assert mask[20, 20]
    assert not mask[45, 45]
    assert mask.sum() == pytest.approx(40 * 40 / 2, rel=0.1)


def test_point_error_is_a_distance_in_the_picture():
    points = np.zeros((478, 3))
    assert point_error_px(points + np.array([3, 4, 99]), points) == pytest.approx(5)
