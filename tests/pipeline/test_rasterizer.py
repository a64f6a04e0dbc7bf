import numpy as np

from pipeline.rasterizer import rasterize

# Counter-clockwise seen with y up, which is clockwise on screen.
SQUARE = np.array([[2, 2], [2, 8], [10, 8], [10, 2]], np.float32)
FACES = np.array([[0, 1, 2], [0, 2, 3]])


def test_two_triangles_cover_each_pixel_of_a_rectangle_once():
    raster = rasterize(SQUARE, np.ones(4, np.float32), FACES, 12, 10)
    expected = np.zeros((10, 12), bool)
    expected[2:8, 2:10] = True
    np.testing.assert_array_equal(raster.covered, expected)
    np.testing.assert_allclose(raster.weight[expected].sum(1), 1, atol=1e-5)


def test_back_faces_are_not_drawn():
    raster = rasterize(SQUARE, np.ones(4, np.float32), FACES[:, ::-1], 12, 10)
    assert not raster.covered.any()


def test_the_nearer_triangle_wins_whatever_the_order():
    points = np.concatenate([SQUARE, SQUARE])
    depth = np.repeat([2.0, 1.0], 4).astype(np.float32)
    faces = np.concatenate([FACES, FACES + 4])
    for order in (slice(None), slice(None, None, -1)):
        raster = rasterize(points, depth, faces[order], 12, 10)
        np.testing.assert_allclose(raster.depth[raster.covered], 1.0)


def test_values_are_interpolated_at_pixel_centres():
    raster = rasterize(SQUARE, np.ones(4, np.float32), FACES, 12, 10)
    values = raster.interpolate(FACES, SQUARE)
    rows, columns = np.nonzero(raster.covered)
    np.testing.assert_allclose(values[rows, columns, 0], columns + 0.5, atol=1e-4)
    np.testing.assert_allclose(values[rows, columns, 1], rows + 0.5, atol=1e-4)
    assert not values[~raster.covered].any()


def test_what_overhangs_the_picture_is_clipped():
    raster = rasterize(SQUARE - 5, np.ones(4, np.float32), FACES, 12, 10)
    assert raster.covered.sum() == 3 * 5


def test_nothing_in_view_gives_an_empty_raster():
    raster = rasterize(SQUARE + 100, np.ones(4, np.float32), FACES, 12, 10)
    assert not raster.covered.any()
    assert np.isinf(raster.depth).all()
