"""Shadows and mattes are rasterised in two ways; both must give the same."""

from dataclasses import replace

import numpy as np
import pytest

moderngl = pytest.importorskip("moderngl")

from tests.training.people.test_ground_truth import CAMERA, LIGHT, dressed  # noqa: E402
from training.people.character import Character, Kind, Part  # noqa: E402
from training.people.figure import DRIVING, Figure  # noqa: E402
from training.people.gl_compute import Slot  # noqa: E402
from training.people.matte_map import MATTE_BYTES, Area, MatteMap  # noqa: E402
from training.people.shadow_maps import SIZE_PX, LightGroup, ShadowMaps, light_groups  # noqa: E402

ROWS, CELLS = 24, 12


def ball_and_sheet() -> Character:
    """A ball of small triangles before a sheet of hair, which its texture cuts out."""
    character = dressed()
    polar, around = (x.ravel() for x in np.mgrid[: ROWS + 1, : 2 * ROWS])
    p, a = np.pi * polar / ROWS, np.pi * around / ROWS
    ball = np.stack([np.sin(p) * np.cos(a), np.cos(p), np.sin(p) * np.sin(a)], 1)
    # Software OpenGL ends a shader's long loops: no triangle is large.
    v, u = (x.ravel() / CELLS for x in np.mgrid[: CELLS + 1, : CELLS + 1])
    sheet = np.stack([0.1 + 0.07 * u, 0.10 - 0.15 * v, 0.0 * u], 1)
    points = np.concatenate([0.12 * ball, sheet]).astype(np.float32)
    i, j = (x.ravel() for x in np.mgrid[:ROWS, : 2 * ROWS])
    at = lambda r, c: r * 2 * ROWS + c % (2 * ROWS)  # noqa: E731
    one = np.stack([at(i, j), at(i + 1, j), at(i + 1, j + 1)], 1)
    two = np.stack([at(i, j), at(i + 1, j + 1), at(i, j + 1)], 1)
    faces = np.concatenate([one, two])
    still, count = np.zeros((len(points), 3), np.float32), len(ball)
    cell = (np.arange(CELLS)[:, None] * (CELLS + 1) + np.arange(CELLS)).ravel()
    below = cell + CELLS + 1
    squares = [np.stack(t, 1) for t in ((cell, cell + 1, below), (below, cell + 1, below + 1))]
    uv = np.stack([u, v], 1).astype(np.float32)
    return replace(
        character,
        rest=points,
        parts=[
            Part(Kind.SKIN, np.arange(count), ball[:, :2], faces, still[:count]),
            Part(
                Kind.HAIR,
                count + np.arange(len(sheet)),
                uv,
                np.concatenate(squares),
                still[: len(sheet)],
                "hair",
            ),
        ],
    )


@pytest.fixture(scope="module")
def figure(gl) -> Figure:
    character = ball_and_sheet()
    figure = Figure(gl, character)
    normals = np.zeros_like(character.rest)
    figure.write(DRIVING, character.rest, normals)
    return figure


@pytest.fixture(scope="module")
def stripes(gl):
    """RGBA and alpha alone: stripes as wide as several texels."""
    rows = np.repeat(np.array([0, 255, 128, 255], np.uint8), 16)
    alpha = np.repeat(rows[None], 64, 0)
    rgba = np.ascontiguousarray(np.dstack([np.full((64, 64, 3), 128, np.uint8), alpha]))
    textures = gl.texture((64, 64), 4, rgba.tobytes()), gl.texture((64, 64), 1, alpha.tobytes())
    for texture in textures:
        texture.build_mipmaps()
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    return textures


def two_lights() -> LightGroup:
    return replace(light_groups(LIGHT, 1)[0][0], count=2)


def shadows(gl, figure: Figure, texture, in_compute: bool) -> np.ndarray:
    maps = ShadowMaps(gl, in_compute)
    maps.draw(figure, DRIVING, two_lights(), {"hair": texture}, seed=0)
    depths = np.frombuffer(maps.depths.read(2 * 4 * SIZE_PX**2), np.float32)
    return depths.reshape(2, SIZE_PX, SIZE_PX)


def matte(gl, figure: Figure, alpha, in_compute: bool) -> np.ndarray:
    out = gl.buffer(reserve=MATTE_BYTES)
    areas = [Area(figure.ranges[0]), Area(figure.ranges[1], alpha, 0.9)]
    MatteMap(gl, in_compute).draw(figure, DRIVING, CAMERA, areas, Slot(out))
    return np.frombuffer(out.read(), np.float32).reshape(768, 512)


def test_shadow_depths_are_the_same_in_compute_and_as_graphics(gl, figure, stripes):
    drawn, computed = (shadows(gl, figure, stripes[0], way) for way in (False, True))
    there = drawn < 1
    assert 0.02 < there.mean() < 0.3
    assert (there == (computed < 1)).mean() > 0.999
    both = there & (computed < 1)
    assert np.quantile(np.abs(drawn - computed)[both], 0.995) < 1e-4


def test_mattes_are_the_same_in_compute_and_as_graphics(gl, figure, stripes):
    drawn, computed = (matte(gl, figure, stripes[1], way) for way in (False, True))
    assert 0.02 < drawn.mean() < 0.6
    assert ((drawn > 0) & (drawn < 1)).sum() > 500
    assert np.abs(drawn - computed).mean() < 2e-3
    assert (np.abs(drawn - computed) > 0.13).mean() < 2e-3


def test_what_a_texture_cuts_out_is_no_part_of_the_matte(gl, figure, stripes):
    whole, cut = (matte(gl, figure, alpha, True) for alpha in (None, stripes[1]))
    assert whole.sum() > 1.02 * cut.sum()
    assert (whole >= cut).all()
