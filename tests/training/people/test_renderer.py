"""A board before a wall, both as wide as the frame and more: how soft is its shadow's edge?"""

from dataclasses import replace

import numpy as np
import pytest

moderngl = pytest.importorskip("moderngl")

from tests.training.people.test_ground_truth import CAMERA, dressed, shot, sitting  # noqa: E402
from training.people.camera import camera_from_world  # noqa: E402
from training.people.character import Kind, Part  # noqa: E402
from training.people.lighting import AreaLight, Lighting  # noqa: E402
from training.people.renderer import Renderer, Shot  # noqa: E402

CELLS = 16
DARK = (0.0, 0.0, 0.0)
# From the avatar's left, level with the eyes.
LAMPS = AreaLight(0.6, 0.0, 0.3, (1.0, 1.0, 1.0)), AreaLight(-0.6, 0.0, 0.3, DARK)


def upright(first_m: float, last_m: float, z_m: float) -> np.ndarray:
    """(points, 3) of a board from x = first_m to last_m, 0.8 m high."""
    y, x = (c.ravel() / CELLS for c in np.mgrid[: CELLS + 1, : CELLS + 1])
    return np.stack([first_m + (last_m - first_m) * x, 0.3 - 0.8 * y, 0 * x + z_m], 1)


def before_wall(distance_m: float) -> Shot:
    """The board's edge at x = 0; its shadow falls to the avatar's right of it."""
    boards = [upright(-0.5, 0.5, 0.0), upright(0.0, 0.3, distance_m)]
    cell = (np.arange(CELLS)[:, None] * (CELLS + 1) + np.arange(CELLS)).ravel()
    below = cell + CELLS + 1
    squares = np.concatenate(
        [np.stack([cell, below, cell + 1], 1), np.stack([cell + 1, below, below + 1], 1)]
    )
    size = len(boards[0])
    parts = [
        Part(Kind.CLOTH, first + np.arange(size), np.zeros((size, 2), "f4"), squares, boards[0] * 0)
        for first in (0, size)
    ]
    points = np.concatenate(boards).astype(np.float32)
    pose, normals = sitting(dressed()), np.tile(np.array([0, 0, 1], np.float32), (2 * size, 1))
    character = replace(pose.character, rest=points, parts=parts)
    pose = replace(pose, character=character, vertices=points, normals=normals)
    return replace(shot(pose), lighting=Lighting(LAMPS, DARK, DARK, DARK))


def edge_px(renderer: Renderer, distance_m: float, passes: int) -> tuple[int, float]:
    """Columns in which the wall's light falls to a seventh, and the steepest fall of one column."""
    light = renderer.surfaces(before_wall(distance_m), passes).light[300:450, :250, 0].mean(0)
    share = light / light[:60].mean()
    return int(((share > 0.15) & (share < 0.9)).sum()), float(-np.diff(share).min())


@pytest.fixture(scope="module")
def renderer(gl) -> Renderer:
    return Renderer({}, 1, gl)


@pytest.mark.parametrize("passes", [1, 3])
def test_shadows_are_the_softer_the_farther_what_casts_them(renderer, passes):
    near, far = (edge_px(renderer, distance_m, passes) for distance_m in (0.02, 0.12))
    assert 2 < 3 * near[0] < far[0]
    assert far[1] < 0.06


def test_a_lit_wall_casts_no_shadow_on_itself(renderer):
    light = renderer.surfaces(before_wall(0.02), 1).light[300:450, :60, 0]
    assert light.min() > 0.8 * light.max()


def lamp_seen_at(column: int) -> AreaLight:
    """A tiny lamp behind the camera, in line with what it sees in a pixel of the wall."""
    ray = (np.array([column + 0.5, 384.5]) - CAMERA.centre_px) / CAMERA.focal_px
    x, y, z = camera_from_world(CAMERA)[:3, :3].T @ -np.array([*ray, 1.0])
    return AreaLight(np.arctan2(x, z), np.arctan2(y, np.hypot(x, z)), 1e-9, (0.2, 0.2, 0.2))


def test_light_from_the_camera_leaves_no_white_dots(renderer):
    """Where both directions are the same, their product comes out a little above one."""
    lamps = tuple(lamp_seen_at(column) for column in range(40, 240, 20))
    seen = replace(before_wall(0.02), lighting=Lighting(lamps, DARK, DARK, DARK))
    picture = renderer.render(seen, 1)[..., :3]
    assert picture.max() < 4 * np.median(picture)


def test_teeth_have_a_colour_of_their_own_and_nothing_else_has_it(renderer):
    wall = before_wall(0.02)
    character = wall.posed.character
    teeth = [replace(part, kind=Kind.TEETH) for part in character.parts]
    of_teeth = replace(wall, posed=replace(wall.posed, character=replace(character, parts=teeth)))
    stained = replace(wall.look, teeth=(1.0, 0.7, 0.4))
    for shown, expected in ((of_teeth, stained.teeth), (wall, (1.0, 1.0, 1.0))):
        before, after = (
            renderer.render(replace(shown, look=look), 1)[300:450, :60, :3].mean((0, 1))
            for look in (wall.look, stained)
        )
        assert after / before == pytest.approx(expected, abs=0.1)
