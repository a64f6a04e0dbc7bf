import numpy as np
import pytest

from pipeline.motion_field import MotionField
from pipeline.surface_points import SurfacePoints
from tests.people import face_frame, make_avatar, resting_body


class Scene:
    def __init__(self, folder) -> None:
        self.avatar, self.template = make_avatar(folder)
        self.motion_field = MotionField(self.avatar, self.template)
        self.edge = self.motion_field.edge
        self.body = resting_body(self.template.model, self.avatar.identity)

    def field(self, **face):
        return self.motion_field.step(self.template.step(face_frame(**face), self.body))


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("avatar"))


def test_the_head_lies_above_the_body_about_the_jaw(scene):
    edge = scene.edge
    assert edge.below.any()
    assert edge.above.any()
    assert not (edge.below & edge.head).any()
    assert (edge.above <= edge.head).all()
    rows = np.arange(len(edge.head))[:, None]
    assert (rows * edge.above).sum() / edge.above.sum() < (rows * edge.below).sum() / (
        edge.below.sum()
    )


def test_what_the_head_hides_mirrors_the_body_below_it(scene):
    edge = scene.edge
    row, column = np.nonzero(edge.above)
    across, down = edge.mirrored[:, row, column]
    assert not across.any()
    assert (down >= 0).all()
    at = np.minimum(row + np.ceil(down / 2 + 0.5), len(edge.head) - 1).astype(int)
    assert (~edge.head[at, column]).mean() > 0.8


def test_at_rest_neither_flow_moves_what_is_seen(scene):
    field = scene.field()
    flow = np.zeros((2, 768, 512), np.float32)
    scene.edge.cut(flow, field.behind.transpose(2, 0, 1))
    rows, columns = scene.edge.box
    assert np.abs(flow[:, rows, columns]).max() < 0.02


def test_a_lifted_chin_shows_the_body_below_it(scene):
    field = scene.field(head_rotation=(0, -0.2, 0))
    edge = scene.edge
    rows, columns = edge.cells
    behind = field.flow[rows, columns] - field.front[rows, columns]
    assert np.abs(behind).max() > 5
    # Where the two flows differ, little is left of the head's skin; cells on the edge mix both.
    row, column = np.nonzero(np.abs(behind).max(-1) > 3)
    row, column = row + rows.start, column + columns.start
    place = np.stack([column, row], 1) * 4 + 2 + field.flow[row, column]
    column, row = np.clip(place / 2, 0, (255, 383)).astype(int).T
    assert edge.head[row, column].mean() < 0.35


def test_body_points_about_the_jaw_move_only_what_is_behind(scene):
    points = SurfacePoints(scene.avatar, scene.template, scene.motion_field.source)
    assert points.solid.max() < points.front_count <= points.source.shape[1]
    assert points.behind.max() == points.source.shape[1] - 1
