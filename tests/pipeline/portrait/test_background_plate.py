import cv2
import numpy as np

from bench.scenes import paint_scene
from pipeline.portrait.background_plate import grain_level, hidden, paint_background
from pipeline.portrait.texture import texture_strength
from tests.pipeline.portrait.scene_people import person


def test_a_textured_scene_stays_textured_beside_the_person():
    scene, matte = paint_scene("foliage").pixels, person("maya").matte / 255.0
    seen = np.where(matte[..., None] > 0, 40, scene).astype(np.uint8)
    painted = paint_background(seen, matte.astype(np.float32))
    depth = cv2.distanceTransform(hidden(matte).astype(np.uint8), cv2.DIST_L2, 5)
    rim = ((depth > 4) & (depth < 50))[:, 1:]
    made, true = (
        np.abs(np.diff(pixels[..., 1].astype(float), axis=1))[rim].mean()
        for pixels in (painted, scene)
    )
    assert 0.7 < made / true < 1.3
    assert np.array_equal(painted[~hidden(matte)], scene[~hidden(matte)])


def test_a_plain_wall_has_no_texture_but_grain():
    random = np.random.default_rng(0)
    wall = np.clip(random.normal(140, 4, (768, 512, 3)), 0, 255).astype(np.uint8)
    matte = person("maya").matte / 255.0
    hole = hidden(matte)
    level = grain_level(wall, hole)
    assert texture_strength(wall, hole, level).max() < 0.25
    painted = paint_background(wall, matte.astype(np.float32))
    assert abs(painted[hole].mean() - 140) < 2
    assert 0.5 < painted[hole].std() / wall.std() < 1.5


def test_bricks_are_texture_and_a_door_is_not():
    hole = hidden(person("leon").matte / 255.0)
    strength = {
        name: texture_strength(paint_scene(name).pixels, hole, 2.0)[~hole].mean()
        for name in ("bricks", "foliage", "door")
    }
    assert min(strength["bricks"], strength["foliage"]) > 0.4
    assert strength["door"] < 0.1


def test_a_picture_full_of_the_person_gets_a_plain_background():
    pixels = np.full((768, 512, 3), (90, 80, 70), np.uint8)
    painted = paint_background(pixels, np.ones((768, 512), np.float32))
    assert np.array_equal(painted, pixels)
