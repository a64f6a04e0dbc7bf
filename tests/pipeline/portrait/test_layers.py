from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from bench.layers import compare
from bench.scenes import Scene, paint_scene
from pipeline.layer_warp import foreground_layer
from pipeline.portrait.fit import FitResiduals, PortraitFit
from pipeline.portrait.layers import Layers, MadeUp, face_shading, separate_layers
from pipeline.portrait.light_estimate import MIN_SAMPLES, estimate_light
from pipeline.portrait.trimap import face_hull
from pipeline.regions import Region
from tests.pipeline.portrait.scene_people import person, posed


@cache
def layers(name: str, scene: str | None = None) -> Layers:
    seen = posed(name, scene)
    return separate_layers(seen.pixels, seen.probability, None, seen.face)


def test_matte_and_background_of_a_known_person_are_close_to_the_truth():
    seen = posed("maya")
    score = compare(layers("maya"), seen.matte, Scene(seen.background, np.zeros((0, 2, 2))), 0)
    assert score.matte_mse < 4e-4
    assert score.near_db > 36
    assert score.rim_db > 31


def test_straight_edges_go_on_straight_behind_the_person():
    seen = posed("maya", "hill")
    score = compare(layers("maya", "hill"), seen.matte, paint_scene("hill"), 0)
    assert score.edge_px is not None
    assert score.edge_px < 0.2
    assert score.edges_lost is not None
    assert score.edges_lost < 0.1


def test_what_is_seen_of_the_scene_stays_as_it_is():
    seen, found = posed("maya", "hill"), layers("maya", "hill")
    clear = found.matte == 0
    far = clear & (np.abs(found.background.astype(int) - seen.pixels).max(-1) > 0)
    # Only a narrow margin beside the person may be painted over.
    assert far.sum() < 0.03 * far.size
    assert (found.background[0] == seen.pixels[0])[clear[0]].all()


def test_the_face_is_opaque_and_nothing_floats_beside_the_person():
    matte, face = layers("leon").matte, posed("leon").face
    inner = cv2.erode(face_hull(face, matte.shape), np.ones((9, 9), np.uint8)) > 0
    assert (matte[inner] == 255).all()
    count, _ = cv2.connectedComponents((matte > 40).astype(np.uint8))
    assert count == 2


def test_the_unmoved_portrait_is_composed_without_a_trace():
    seen, found = posed("maya"), layers("maya")
    avatar = replace(person("maya"), matte=found.matte, background=found.background)
    layer = foreground_layer(avatar).astype(float)
    composed = layer[..., :3] + found.background * (layer[..., 3:] / 255)
    away = np.abs(composed - seen.pixels)
    assert np.quantile(away, 0.995) < 3


def test_regions_colours_and_sleeves_of_known_people():
    for name in ("maya", "leon"):
        found, avatar, face = layers(name), person(name), posed(name).face
        for point, region in ((4, Region.SKIN), (50, Region.SKIN)):
            column, row = face.points[point, :2].astype(int)
            assert found.regions[row, column] == region
        assert found.regions[700, 256] == Region.CLOTH
        assert found.regions[5, 5] == Region.BACKGROUND
        assert (found.regions == Region.HAIR).sum() > 3000
        assert not np.isin(found.regions, (Region.GLASSES, Region.BEARD, Region.HAT)).any()
        assert np.abs(found.sleeve_colour - avatar.sleeve_colour).max() < 0.06
        assert np.abs(found.skin_colour - avatar.skin_colour).max() < 0.14
        assert found.long_sleeves


def test_the_alpha_of_a_picture_file_is_its_matte():
    seen = posed("maya")
    backdrop = np.full_like(seen.pixels, 150)
    alpha = seen.matte[..., None] / 255
    pixels = np.round(seen.pixels * alpha + backdrop * (1 - alpha)).astype(np.uint8)
    found = separate_layers(pixels, seen.probability, seen.matte, seen.face)
    assert np.array_equal(found.matte, seen.matte)
    assert np.abs(found.background.astype(int) - 150).max() <= 3


@pytest.mark.parametrize("name", ["maya", "amara"])
def test_the_light_comes_from_where_it_was_rendered_from(name):
    avatar = person(name)
    fit = PortraitFit(
        avatar.identity, avatar.correction, avatar.source, np.zeros(7, np.float32), avatar.camera,
        0.012, 0.006, FitResiduals(0, 0, None),
    )  # fmt: skip
    shading = face_shading(avatar.portrait, layers(name).regions, fit)
    assert len(shading.colours) > MIN_SAMPLES
    light = estimate_light(shading)
    angle = np.degrees(np.arccos(np.clip(light.direction @ avatar.light.direction, -1, 1)))
    assert angle < 25
    assert np.allclose(light.key + light.ambient, 1, atol=1e-5)


def test_what_was_made_up_of_the_person_is_in_the_matte_as_it_was_drawn():
    seen = posed("maya")
    known = np.ones((768, 512), bool)
    known[640:] = False
    body = np.zeros((768, 512), np.float32)
    body[600:, 100:400] = 1
    made_up = MadeUp(known, body)
    found = separate_layers(seen.pixels, seen.probability, None, seen.face, made_up=made_up)
    np.testing.assert_array_equal(found.matte[640:], 255 * body[640:])
    near = np.abs(found.matte[:500].astype(int) - layers("maya").matte[:500])
    assert near.mean() < 1
