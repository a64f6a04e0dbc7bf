"""Smoothing of triangle meshes whose vertices are linear combinations of others."""

import numpy as np
from scipy import sparse


def vertex_normals(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(V, 3) area-weighted unit normals."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    normal = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(normal, triangles[:, k], face)
    return normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)


def split_linear(triangles: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each triangle into four without moving anything: triangles (4 T, 3), values (V + E, C)."""
    edge, edge_of = _edges(triangles)
    middle = values[edge].mean(1)
    return _children(triangles, edge_of, len(values)), np.concatenate([values, middle])


def loop_subdivision(triangles: np.ndarray, count: int) -> tuple[np.ndarray, sparse.csr_matrix]:
    """One smooth subdivision: triangles (4 T, 3) and the matrix (count + E, count) that makes the
    new vertices from the old. Borders follow the cubic spline rule. Source: Loop, 1987."""
    edge, edge_of = _edges(triangles)
    uses = np.bincount(edge_of.ravel(), minlength=len(edge))
    opposite = triangles[:, [2, 0, 1]]
    inner = (uses == 2)[edge_of.ravel()]
    odd = _matrix(
        np.concatenate([np.repeat(np.arange(len(edge)), 2), edge_of.ravel()[inner]]),
        np.concatenate([edge.ravel(), opposite.ravel()[inner]]),
        np.concatenate(
            [np.repeat(np.where(uses == 2, 3 / 8, 1 / 2), 2), np.full(inner.sum(), 1 / 8)]
        ),
        (len(edge), count),
    )
    even = _moved_vertices(edge, uses == 1, count)
    return _children(triangles, edge_of, count), sparse.csr_matrix(sparse.vstack([even, odd]))


def _edges(triangles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unique edges (E, 2), and for each triangle the edges (0, 1), (1, 2), (2, 0) as (T, 3)."""
    pairs = np.sort(np.stack([triangles, np.roll(triangles, -1, 1)], -1).reshape(-1, 2), 1)
    edge, index = np.unique(pairs, axis=0, return_inverse=True)
    return edge, index.reshape(-1, 3)


def _children(triangles: np.ndarray, edge_of: np.ndarray, count: int) -> np.ndarray:
    a, b, c = triangles.T
    ab, bc, ca = (edge_of + count).T
    children = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    return np.concatenate([np.stack(child, 1) for child in children]).astype(np.int32)


def _moved_vertices(edge: np.ndarray, is_border: np.ndarray, count: int) -> sparse.csr_matrix:
    """Even vertices: Warren's weights inside, (1, 6, 1) / 8 along a border."""
    ends = np.concatenate([edge, edge[:, ::-1]])
    border = np.concatenate([is_border, is_border])
    on_border = np.zeros(count, bool)
    on_border[edge[is_border].ravel()] = True
    valence = np.bincount(ends[:, 0], minlength=count)
    beta = np.where(valence == 3, 3 / 16, 3 / (8 * np.maximum(valence, 1)))
    weight = np.where(on_border[ends[:, 0]], np.where(border, 1 / 8, 0), beta[ends[:, 0]])
    around = _matrix(ends[:, 0], ends[:, 1], weight, (count, count))
    own = 1 - np.asarray(around.sum(1)).ravel()
    return around + sparse.diags(own)


def _matrix(rows, columns, values, shape) -> sparse.csr_matrix:
    return sparse.csr_matrix((values, (rows, columns)), shape)
