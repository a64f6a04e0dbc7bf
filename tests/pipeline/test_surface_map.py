import numpy as np
import pytest

from pipeline.regions import Region
from pipeline.source_view import view_source
from pipeline.surface_map import (
    STEEPEST,
    carrying_joints,
    flattened,
    hanging,
    map_surface,
    nearest_covered,
    slope_limited,
    smoothed_within,
)
from pipeline.template import load_template
from tests.people import make_avatar


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    avatar, template = make_avatar(tmp_path_factory.mktemp("avatar"))
    return avatar, template, view_source(avatar, template)


def mapped(scene, region=None):
    avatar, template, view = scene
    region = np.zeros((384, 256), np.uint8) if region is None else region
    return map_surface(template.model, view, avatar.camera, region)


def test_the_nearest_covered_pixel_is_found_with_its_distance():
    covered = np.zeros((6, 8), bool)
    covered[1, 1] = covered[4, 6] = True
    index, distance = nearest_covered(covered)
    assert index[0, 0] == 1 * 8 + 1
    assert index[5, 7] == 4 * 8 + 6
    assert distance[1, 1] == 0
    assert distance[1, 4] == pytest.approx(3, abs=0.1)


def test_a_step_becomes_a_slope_that_never_falls_faster():
    depth = np.full((20, 20), 10.0)
    depth[:, :10] = 1.0
    limited = slope_limited(depth, step=0.5, count=30)
    np.testing.assert_allclose(limited[:, :10], 1.0)
    np.testing.assert_allclose(limited[10, 10:], 1.0 + 0.5 * np.arange(1, 11), rtol=1e-5)


def test_what_hangs_falls_back_slowly_on_the_way_down_only():
    depth = np.array([[5.0], [2.0], [9.0], [9.0]], np.float32)
    np.testing.assert_allclose(hanging(depth, 0.5), [[5.0], [2.0], [2.5], [3.0]])


def test_glasses_become_a_plane_without_their_temples():
    rows, columns = np.mgrid[:10, :40]
    depth = (1 + 0.001 * columns).astype(np.float32)
    front = depth.copy()
    depth[:, :3] += 0.05
    mask = (rows > 2) & (rows < 7)
    np.testing.assert_allclose(flattened(depth, mask), front, atol=2e-3)


def test_the_mean_within_a_mask_knows_nothing_of_what_is_outside():
    values = np.where(np.arange(40) < 20, 3.0, 100.0) * np.ones((30, 1))
    inside = smoothed_within(values, values < 50, sigma_px=8)
    np.testing.assert_allclose(inside[:, :20], 3.0, rtol=1e-4)


def test_weights_of_the_carrying_joints_sum_to_one_and_name_no_forearm():
    model = load_template()
    joints, weights = carrying_joints(model)
    np.testing.assert_allclose(weights.sum(1), model.skin_weights.sum(1), atol=1e-5)
    names = {model.joint_names[joint] for joint in joints}
    assert {"head", "neck01", "spine01", "clavicle.L", "shoulder01.R"} <= names
    assert not any(name.startswith(("lowerarm", "wrist", "finger", "eye")) for name in names)
    assert {"upperarm01.L", "upperarm02.R"} <= names


def test_beside_the_mesh_depth_and_joints_go_on_evenly(scene):
    surface = mapped(scene)
    beside = surface.distance_px > 24
    assert np.isfinite(surface.depth).all()
    np.testing.assert_allclose(surface.joint_weight.sum(-1), 1, atol=1e-3)
    step = np.abs(np.diff(surface.joint_weight[beside.all(1)], axis=1))
    assert step.max(initial=0) < 0.1
    both = beside[:, 1:] & beside[:, :-1]
    assert np.abs(np.diff(surface.depth, axis=1))[both].max() < 0.01


def test_a_head_is_nowhere_steeper_than_what_can_be_turned(scene):
    avatar, _, view = scene
    surface = mapped(scene)
    metre_px = avatar.camera.focal_px / float(np.median(view.depth)) / 2
    back = np.diff(surface.depth, axis=1) * metre_px
    inside = surface.head[:, 1:] & surface.head[:, :-1]
    assert np.percentile(np.abs(back[inside]), 99.9) < STEEPEST * 1.1


def test_a_beard_belongs_to_the_chin_whatever_is_behind_it(scene):
    _, template, view = scene
    chin = view.points[template.model.landmark_vertices[152, 0]]
    row, column = int(chin[1] / 2), int(chin[0] / 2)
    region = np.zeros((384, 256), np.uint8)
    region[row - 20 : row + 50, column - 15 : column + 15] = Region.BEARD
    below = np.s_[row + 18, column]
    assert not mapped(scene).head[below]
    bearded = mapped(scene, region)
    assert bearded.head[below]
    assert bearded.depth[below] < mapped(scene).depth[below] - 0.02
