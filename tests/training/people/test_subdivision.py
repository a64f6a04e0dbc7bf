import numpy as np

from training.people.subdivision import (
    loop_subdivision,
    split_linear,
    vertex_normals,
)


def sheet(n: int):
    x, y = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    points = np.stack([x.ravel(), y.ravel(), np.zeros(n * n)], 1).astype(float)
    at = np.arange(n * n).reshape(n, n)
    quads = np.stack([at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]], -1).reshape(-1, 4)
    return points, np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


TETRAHEDRON = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]], float)
FACES = np.array([[0, 1, 2], [0, 3, 1], [0, 2, 3], [1, 3, 2]])


def test_a_tetrahedron_grows_rounder():
    triangles, points = FACES, TETRAHEDRON
    for _ in range(3):
        triangles, matrix = loop_subdivision(triangles, len(points))
        points = matrix @ points
    radius = np.linalg.norm(points, axis=1)
    assert len(triangles) == 4 * 4**3
    assert radius.max() / radius.min() < 1.6


def test_a_flat_sheet_stays_flat_and_inside_its_border():
    points, triangles = sheet(4)
    finer, matrix = loop_subdivision(triangles, 16)
    fine = matrix @ points
    assert len(finer) == 4 * len(triangles)
    assert np.allclose(matrix.sum(1), 1)
    assert np.allclose(fine[:, 2], 0)
    assert fine.min() >= 0
    assert fine.max() <= 3


def test_texture_coordinates_split_along_with_the_surface():
    points, triangles = sheet(3)
    smooth, matrix = loop_subdivision(triangles, 9)
    split, values = split_linear(triangles, points)
    assert np.array_equal(smooth, split)
    assert np.allclose(values[: len(points)], points)
    assert len(values) == matrix.shape[0]


def test_normals_of_a_sheet_point_along_z():
    points, triangles = sheet(3)
    assert np.allclose(vertex_normals(points, triangles), [0, 0, 1])
