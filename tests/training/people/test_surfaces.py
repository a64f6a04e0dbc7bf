import numpy as np
import pytest

pytest.importorskip("moderngl")

from training.people.character import Kind
from training.people.surfaces import SurfaceSums


def test_passes_are_averaged_over_what_is_there_and_turned_upright():
    sums = SurfaceSums(2, 1)
    first, second = np.zeros((2, 2, 1, 4), np.float32)
    # The lower row, which OpenGL counts first, is skin once and hair once; the upper once cloth.
    first[0, 0], second[0, 0] = (0.2, 0.2, 0.2, Kind.SKIN), (0.4, 0.4, 0.4, Kind.HAIR)
    first[1, 0] = (0.6, 0.6, 0.6, Kind.CLOTH)
    depth = np.full((2, 1, 4), 1.5, np.float32)
    for albedo in (first, second):
        sums.add(albedo, depth, depth, [depth, depth])
    maps = sums.mean()
    np.testing.assert_allclose(maps.albedo[:, 0, 0], [0.6, 0.3])
    np.testing.assert_allclose(maps.depth_m[:, 0], 1.5)
    np.testing.assert_allclose(maps.matte[:, 0], [0.5, 1.0])
    np.testing.assert_allclose(maps.share(Kind.SKIN, Kind.HAIR)[:, 0], [0.0, 1.0])
    np.testing.assert_allclose(maps.share(Kind.CLOTH)[:, 0], [0.5, 0.0])
