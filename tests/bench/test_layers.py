import cv2
import numpy as np
import pytest

from bench.layers import edge_offsets, psnr_db
from bench.scenes import paint_scene, put_before

EVERYWHERE = np.ones((768, 512), bool)


def test_edges_where_they_belong_have_no_offset():
    scene = paint_scene("hill")
    assert edge_offsets(scene.pixels, scene, EVERYWHERE).max() < 1e-6


def test_a_scene_moved_by_half_a_pixel_has_offsets_of_half_a_pixel():
    scene = paint_scene("door")
    moved = cv2.warpAffine(scene.pixels, np.array([[1, 0, 0.5], [0, 1, 0]]), (512, 768))
    offsets = edge_offsets(moved, scene, EVERYWHERE)
    assert np.median(offsets) == pytest.approx(0.5, abs=0.08)


def test_edges_that_are_gone_are_lost():
    scene = paint_scene("door")
    blank = np.full_like(scene.pixels, 150)
    assert np.isinf(edge_offsets(blank, scene, EVERYWHERE)).all()


def test_a_person_is_put_before_their_own_background_unchanged():
    random = np.random.default_rng(0)
    matte = random.integers(0, 256, (8, 8), dtype=np.uint8)
    person, scene = random.integers(0, 256, (2, 8, 8, 3))
    alpha = matte[..., None] / 255
    portrait = np.round(person * alpha + scene * (1 - alpha)).astype(np.uint8)
    scene = scene.astype(np.uint8)
    again = put_before(portrait, matte, scene, scene)
    assert np.abs(again.astype(int) - portrait).max() <= 1


def test_psnr_of_one_level_everywhere():
    black = np.zeros((768, 512, 3), np.uint8)
    assert psnr_db(black, black + 1, EVERYWHERE) == pytest.approx(48.13, abs=0.01)
