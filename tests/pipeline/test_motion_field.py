import dataclasses

import numpy as np
import pytest

from pipeline.motion_field import (
    GRID_HEIGHT,
    GRID_WIDTH,
    Field,
    MotionField,
    nearest_samples,
    spread,
)
from pipeline.regions import Region
from pipeline.template import Part
from tests.people import face_frame, make_avatar, resting_body


class Scene:
    def __init__(self, folder) -> None:
        self.avatar, self.template = make_avatar(folder)
        self.motion_field = MotionField(self.avatar, self.template)
        self.body = resting_body(self.template.model, self.avatar.identity)
        self.source = self.motion_field.source

    def geometry(self, **face):
        return self.template.step(face_frame(**face), self.body)

    def field(self, **face) -> Field:
        return self.motion_field.step(self.geometry(**face))

    def with_region(self, region: Region, rows: slice, columns: slice) -> MotionField:
        """A motion field for the same avatar with a part of it told apart."""
        regions = np.zeros_like(self.avatar.regions)
        regions[rows, columns] = region
        return MotionField(dataclasses.replace(self.avatar, regions=regions), self.template)

    def vertex_error_px(self, field: Field, vertices: np.ndarray) -> np.ndarray:
        """How far from its place in the portrait the flow leads from a driven vertex."""
        driven = field.points[vertices]
        column, row = np.floor(driven / 4).astype(int).T
        return np.linalg.norm(
            driven + field.flow[row, column] - self.source.points[vertices], axis=1
        )


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("avatar"))


def test_the_nearest_sample_of_a_cell_wins():
    samples = np.array([[5, 5, 2.0], [6, 6, 1.0], [7, 7, 3.0], [400, 700, 1.0]], np.float32)
    winner = nearest_samples(samples.T)
    assert winner[1, 1] == 1
    assert winner[175, 100] == 3
    assert (winner >= 0).sum() == 2


def test_samples_outside_the_picture_are_ignored():
    samples = np.array([[-1, 5, 1], [512, 5, 1], [5, 768, 1], [5, -3, 1]], np.float32)
    assert (nearest_samples(samples.T) == -1).all()


def test_a_sample_between_cells_is_shared_by_them_and_one_in_a_centre_is_not():
    samples = np.array([[10.0, 22.0], [10.0, 12.0], [1.0, 1.0]], np.float32)
    flow = np.array([[3.0, 5.0], [-1.0, 2.0]], np.float32)
    nothing = np.full((GRID_HEIGHT, GRID_WIDTH), np.inf, np.float32)
    mean, weight = spread(samples, flow, nothing)
    assert weight[2, 2] == pytest.approx(1.0)
    assert weight[2, 5] == weight[3, 5] == pytest.approx(0.5)
    np.testing.assert_allclose(mean[:, 2, 2], (3, -1))
    np.testing.assert_allclose(mean[:, 3, 5], (5, 2))
    assert weight.sum() == pytest.approx(2.0)


def test_hidden_samples_and_those_outside_carry_no_flow():
    samples = np.array([[10, -50, 600, 10], [10, 10, 10, 2000], [2, 1, 1, 1]], np.float32)
    front = np.full((GRID_HEIGHT, GRID_WIDTH), 1.0, np.float32)
    _, weight = spread(samples, np.ones((2, 4), np.float32), front)
    assert weight.sum() == 0


def test_without_motion_the_flow_is_zero_everywhere(scene):
    field = scene.field()
    assert field.flow.shape == (GRID_HEIGHT, GRID_WIDTH, 2)
    assert np.abs(field.flow).max() < 0.02


def test_flow_leads_from_a_driven_point_to_its_place_in_the_portrait(scene):
    field = scene.field(head_rotation=(0.12, 0.05, 0.03), actions={"jawOpen": 0.3})
    marks = scene.template.model.landmark_vertices[[1, 4, 5, 50, 280, 9, 199, 152]].ravel()
    assert np.median(scene.vertex_error_px(field, marks)) < 0.7


def test_when_the_head_turns_its_outline_moves_less_than_the_face(scene):
    field = scene.field(head_rotation=(0.2, 0, 0))
    column, row = np.floor(field.points[scene.template.model.landmark_vertices[4, 0]] / 4).astype(
        int
    )
    assert field.flow[row, column, 0] < -15
    ears = scene.source.points[scene.template.model.landmark_vertices[[234, 454], 0]]
    for x, y in ears + np.array([[-20, 0], [20, 0]]):
        beside = field.flow[int(y) // 4, int(x) // 4]
        assert np.abs(beside[0]) < 0.5 * np.abs(field.flow[row, column, 0])


def test_shoulders_stay_when_only_the_head_turns(scene):
    field = scene.field(head_rotation=(0.2, 0.1, 0.1))
    assert np.abs(field.flow[130:]).max() < 0.3


def test_flow_does_not_flicker_while_the_head_turns(scene):
    turns = [scene.field(head_rotation=(yaw, 0, 0)).flow for yaw in np.arange(0, 0.05, 0.005)]
    person = scene.avatar.matte[2::4, 2::4] > 127
    jerk = np.abs(np.diff(turns, 2, axis=0))[:, person]
    assert np.percentile(jerk, 99) < 0.15


def test_glasses_do_not_bend_with_the_brows(scene):
    brows = scene.template.model.landmark_vertices[[52, 65, 282, 295]].ravel()
    low, high = (
        scene.source.points[brows].min(0).astype(int),
        scene.source.points[brows].max(0).astype(int),
    )
    rows, columns = slice(low[1] - 4, high[1] + 5), slice(low[0] - 4, high[0] + 5)
    raised = {"browInnerUp": 1.0, "browOuterUpLeft": 1.0, "browOuterUpRight": 1.0}
    cells = np.s_[low[1] // 4 + 1 : high[1] // 4, low[0] // 4 : high[0] // 4]
    skin = scene.field(actions=raised).flow[cells]
    glasses = scene.with_region(Region.GLASSES, rows, columns).step(scene.geometry(actions=raised))
    assert np.abs(skin).max() > 3
    assert np.abs(glasses.flow[cells]).max() < 0.3


def test_a_hat_follows_the_skull(scene):
    turn = {"head_rotation": (0, 0, 0.2)}
    hat = scene.with_region(Region.HAT, slice(0, 140), slice(0, 512)).step(scene.geometry(**turn))
    crown_row = int(np.flatnonzero((hat.part == Part.HEAD).any(1))[0])
    assert (
        np.abs(
            hat.flow[crown_row : crown_row + 5, 60:68]
            - scene.field(**turn).flow[crown_row : crown_row + 5, 60:68]
        ).max()
        < 1.0
    )
    assert np.linalg.norm(hat.flow[crown_row, 64]) > 10


def test_a_collar_stays_with_the_torso(scene):
    model, points = scene.template.model, scene.source.points
    chin = points[model.landmark_vertices[152, 0]]
    rows = slice(int(chin[1]) + 50, 600)
    turn = scene.geometry(head_rotation=(0.25, 0, 0))
    collar = scene.with_region(Region.CLOTH, rows, slice(0, 512)).step(turn)
    cells = np.s_[rows.start // 4 + 3 : rows.start // 4 + 8, 50:78]
    assert np.abs(collar.flow[cells]).max() < 0.5
    assert np.abs(scene.motion_field.step(turn).flow[cells]).max() > 1.0


def test_parts_and_depth_are_where_the_mesh_is(scene):
    field = scene.field()
    assert {Part.HEAD, Part.TORSO} <= set(np.unique(field.part))
    assert not np.isin(field.part, (Part.EYE, Part.CAVITY, Part.TONGUE)).any()
    np.testing.assert_array_equal(np.isfinite(field.depth), field.part != Part.NONE)
    assert 1.2 < np.median(field.depth[np.isfinite(field.depth)]) < 1.7


def test_later_frames_do_not_change_earlier_fields(scene):
    first = scene.field(head_rotation=(0.1, 0, 0))
    kept = first.flow.copy()
    scene.field(head_rotation=(-0.1, 0, 0))
    np.testing.assert_array_equal(first.flow, kept)
