import numpy as np

from pipeline.hands import CELL_M, HandLayer, coarsened, outlines


def grid_mesh(side: int, spacing_m: float):
    """A flat square of side x side vertices and its triangles."""
    at = np.arange(side) * spacing_m
    vertices = np.stack([*np.meshgrid(at, at), np.zeros((side, side))], -1).reshape(-1, 3)
    corner = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    first = np.stack([corner, corner + 1, corner + side], 1)
    second = np.stack([corner + 1, corner + side + 1, corner + side], 1)
    return vertices, np.concatenate([first, second])


def area(vertices: np.ndarray, triangles: np.ndarray) -> float:
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_a_mesh_finer_than_the_cell_loses_most_of_its_triangles_and_little_of_its_area():
    vertices, triangles = grid_mesh(40, CELL_M / 4)
    coarse, kept = coarsened(vertices, np.zeros(len(vertices), int), triangles)
    assert len(coarse) == kept.sum() < len(triangles) / 3
    assert area(vertices, coarse) > 0.85 * area(vertices, triangles)


def test_a_coarse_mesh_stays_as_it_is():
    vertices, triangles = grid_mesh(6, CELL_M * 1.5)
    coarse, kept = coarsened(vertices, np.zeros(len(vertices), int), triangles)
    assert kept.all()
    np.testing.assert_array_equal(coarse, triangles)


def test_fingers_that_touch_are_not_merged():
    vertices, triangles = grid_mesh(2, CELL_M * 1.5)
    both = np.concatenate([vertices, vertices + np.array([0, 0, CELL_M / 50])])
    faces = np.concatenate([triangles, triangles + len(vertices)])
    bone = np.repeat([0, 1], len(vertices))
    coarse, _ = coarsened(both, bone, faces)
    np.testing.assert_array_equal(coarse, faces)


def test_a_drawn_hand_has_lines_at_its_rim_and_behind_what_is_nearer():
    depth = np.full((20, 30), np.inf, np.float32)
    depth[5:15, 5:25] = 1.0
    depth[5:15, 5:12] = 0.97
    lines = outlines(depth)
    assert lines[5:15, [5, 24]].all()
    assert lines[[5, 14], 5:25].all()
    # The line between two fingers lies on the one behind.
    assert lines[8, 12]
    assert not lines[8, 11]
    assert not lines[6:14, 13:24].any()
    assert not lines[np.isinf(depth)].any()


def test_a_slope_of_skin_has_no_lines_within():
    depth = np.broadcast_to(np.linspace(1.0, 1.3, 30, dtype=np.float32), (20, 30)).copy()
    assert not outlines(depth)[1:-1, 1:-1].any()


def test_a_fingertip_of_two_rows_at_the_edge_of_the_picture_is_drawn():
    picture = np.full((768, 512, 3), 200, np.uint8)
    pixels = np.full((2, 40, 4), (90, 60, 50, 255), np.uint8)
    HandLayer(pixels, 200, 766, lambda: np.zeros((1, 20, 3), np.float32)).draw(picture)
    assert (picture[766:, 200:240] == (90, 60, 50)).all()
    assert (picture[:700] == 200).all()
