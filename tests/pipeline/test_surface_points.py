import dataclasses

import numpy as np
import pytest

from pipeline.regions import Region
from pipeline.source_view import view_source
from pipeline.surface_points import SurfacePoints, collar_share, lattice, travel_m
from pipeline.template import load_template
from tests.people import face_frame, make_avatar, resting_body


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    avatar, template = make_avatar(tmp_path_factory.mktemp("avatar"))
    return avatar, template, view_source(avatar, template)


@pytest.fixture(scope="module")
def points(scene):
    return SurfacePoints(*scene)


def moved_px(scene, points: SurfacePoints, **face) -> np.ndarray:
    """How far (S,) each point has moved from the portrait."""
    avatar, template, _ = scene
    geometry = template.step(face_frame(**face), resting_body(template.model, avatar.identity))
    return np.linalg.norm(points.project(geometry)[:2] - points.source, axis=0)


def test_in_the_pose_of_the_portrait_every_point_is_where_the_portrait_shows_it(scene, points):
    source = scene[1].source_geometry()
    projected = points.project(source)
    assert np.abs(projected[:2] - points.source).max() < 0.02
    assert (projected[2] > 0.5).all()


def test_points_cover_the_person_and_little_else(scene, points):
    avatar = scene[0]
    column, row = points.source.astype(int)
    grid = np.zeros((48, 32), bool)
    grid[row // 16, column // 16] = True
    solid = (avatar.matte.reshape(48, 16, 32, 16) > 127).all((1, 3))
    assert (grid & solid).sum() > 0.97 * solid.sum()
    assert not grid[:3, :3].any()
    assert points.source.shape[1] < 9000


def test_an_open_jaw_moves_the_chin_and_neither_skull_nor_shoulders(scene, points):
    moved = moved_px(scene, points, actions={"jawOpen": 0.6})
    chin = scene[2].points[scene[1].model.landmark_vertices[152, 0]]
    near = np.linalg.norm(points.source.T - chin + (0, 12), axis=1) < 12
    # Points of what the jaw hides follow the body.
    near[points.front_count :] = False
    assert moved[near].min() > 4
    assert moved[points.source[1] < chin[1] - 180].max() < 0.1
    assert moved[points.source[1] > chin[1] + 120].max() < 0.1


def test_hair_over_the_brows_does_not_rise_with_them(scene):
    avatar, template, view = scene
    brows = view.points[template.model.landmark_vertices[[52, 65, 282, 295]].ravel()]
    rows = slice(*np.add((brows.min(0)[1], brows.max(0)[1]), (-10, 10)).astype(int))
    regions = np.zeros_like(avatar.regions)
    regions[rows] = Region.HAIR
    fringe = SurfacePoints(dataclasses.replace(avatar, regions=regions), template, view)
    inside = (fringe.source[1] > rows.start + 4) & (fringe.source[1] < rows.stop - 4)
    assert inside.sum() > 100
    assert moved_px(scene, fringe, actions={"browInnerUp": 1.0})[inside].max() < 0.1


def test_skin_fades_from_the_collar_and_specks_in_clothes_do_not_count():
    region = np.zeros((384, 256), np.uint8)
    region[200:] = Region.CLOTH
    region[300:302, 100:102] = Region.SKIN
    share = collar_share(region)
    assert share[250:, :].min() > 0.95
    assert share[160].max() < 0.01
    assert (np.diff(share[150:210, 50]) >= 0).all()


def test_a_lattice_has_one_point_a_square():
    for pitch in (4, 8):
        assert lattice(pitch).sum() == (768 // pitch) * (512 // pitch)


def test_travel_is_that_of_the_named_actions():
    model = load_template()
    blink, everything = travel_m(model, ("eyeBlinkLeft",)), travel_m(model)
    assert (blink <= everything).all()
    assert 0.002 < blink.max() < everything.max()
