import numpy as np
import pytest

from pipeline.motion_field import GRID_HEIGHT, GRID_WIDTH, MotionField, nearest_samples, thinned
from pipeline.template import Part
from tests.people import face_frame, make_avatar, resting_body


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    avatar, template = make_avatar(tmp_path_factory.mktemp("avatar"))
    return avatar, template, MotionField(avatar, template)


def field_of(scene, **face):
    avatar, template, motion_field = scene
    body = resting_body(template.model, avatar.identity)
    return motion_field.step(template.step(face_frame(**face), body))


def test_the_nearest_sample_of_a_cell_wins():
    samples = np.array([[5, 5, 2.0], [6, 6, 1.0], [7, 7, 3.0], [400, 700, 1.0]], np.float32)
    winner = nearest_samples(samples)
    assert winner[1, 1] == 1
    assert winner[175, 100] == 3
    assert (winner >= 0).sum() == 2


def test_samples_outside_the_picture_are_ignored():
    samples = np.array([[-1, 5, 1], [512, 5, 1], [5, 768, 1], [5, -3, 1]], np.float32)
    assert (nearest_samples(samples) == -1).all()


def test_thinning_keeps_one_point_a_square():
    points = np.array([[0.1, 0.1], [0.9, 0.9], [1.1, 0.1], [5, 5]])
    assert thinned(points, np.ones(4)).tolist() == [0, 2, 3]


def test_without_motion_the_flow_is_zero_everywhere(scene):
    field = field_of(scene)
    assert field.flow.shape == (GRID_HEIGHT, GRID_WIDTH, 2)
    assert np.abs(field.flow).max() < 0.02


def test_flow_leads_from_a_driven_point_to_its_place_in_the_portrait(scene):
    _, template, motion_field = scene
    field = field_of(scene, head_rotation=(0.12, 0.05, 0.03))
    nose = template.model.landmark_vertices[[1, 4, 5, 50, 280, 9]].ravel()
    driven, source = field.points[nose], motion_field.source.points[nose]
    column, row = np.floor(driven / 4).astype(int).T
    error = driven + field.flow[row, column] - source
    assert np.median(np.linalg.norm(error, axis=1)) < 0.7


def test_the_flow_is_smooth_off_the_mesh(scene):
    field = field_of(scene, head_rotation=(0.15, 0, 0))
    # Above the head there is no mesh; hair is carried along with the skull.
    crown_row = int(np.flatnonzero((field.part == Part.HEAD).any(1))[0])
    above = field.flow[crown_row - 5, 54:74, 0]
    assert above.max() < -2
    assert np.abs(np.diff(above)).max() < 1.0


def test_parts_and_depth_are_where_the_mesh_is(scene):
    field = field_of(scene)
    assert set(np.unique(field.part)) <= {Part.NONE, Part.HEAD, Part.TORSO}
    np.testing.assert_array_equal(np.isfinite(field.depth), field.part != Part.NONE)
    assert 1.2 < np.median(field.depth[np.isfinite(field.depth)]) < 1.7


def test_later_frames_do_not_change_earlier_fields(scene):
    first = field_of(scene, head_rotation=(0.1, 0, 0))
    kept = first.flow.copy()
    field_of(scene, head_rotation=(-0.1, 0, 0))
    np.testing.assert_array_equal(first.flow, kept)
