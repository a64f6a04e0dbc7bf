import numpy as np

from pipeline.portrait.poisson import solve_poisson


def disc(size: int = 96, radius: float = 30) -> np.ndarray:
    row, column = np.mgrid[0:size, 0:size]
    return np.hypot(row - size / 2, column - size / 2) < radius


def test_a_plane_is_continued_exactly():
    row, column = np.mgrid[0:96, 0:96].astype(np.float32)
    plane = np.stack([row, column, 0.5 * row + column], -1)
    hole = disc()
    torn = np.where(hole[..., None], 999, plane)
    assert np.abs(solve_poisson(torn, hole) - plane).max() < 0.05


def test_a_picture_comes_back_from_its_own_laplacian():
    random = np.random.default_rng(0)
    picture = random.uniform(0, 255, (96, 96, 3)).astype(np.float32)
    edge = np.pad(picture, ((1, 1), (1, 1), (0, 0)), mode="edge")
    field = edge[2:, 1:-1] + edge[:-2, 1:-1] + edge[1:-1, 2:] + edge[1:-1, :-2] - 4 * picture
    hole = disc()
    found = solve_poisson(np.where(hole[..., None], 0, picture), hole, field)
    assert np.abs(found - picture)[hole].mean() < 0.5


def test_a_tangled_hole_keeps_within_what_is_around_it():
    random = np.random.default_rng(1)
    hole = random.uniform(size=(120, 90)) < 0.8
    hole[40:, 20:80] = True
    picture = random.uniform(20, 200, (120, 90, 3)).astype(np.float32)
    found = solve_poisson(picture, hole)
    assert found.min() > 15
    assert found.max() < 205
    assert np.array_equal(found[~hole], picture[~hole])
