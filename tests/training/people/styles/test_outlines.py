from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("moderngl")

from tests.training.people.styles.ball import EYES, ball
from training.people.character import Kind
from training.people.styles.outlines import border, depth_steps, lid_lines, valleys


def test_a_border_is_drawn_along_the_outline_of_a_mask_only():
    mask = np.zeros((80, 80), np.float32)
    mask[:, 40:] = 1
    line = border(mask, 3.0)
    assert line[40, 39:41].min() > 0.9
    assert line[40, :32].max() == line[40, 48:].max() == 0


def test_a_step_of_depth_is_a_line_and_a_slope_is_none():
    scene = ball()
    cloth = scene.share(Kind.CLOTH)
    assert depth_steps(scene, cloth)[500:700].max() == 0
    depth = scene.surfaces.depth_m.copy()
    depth[600:, :] -= 0.02
    stepped = replace(scene, surfaces=replace(scene.surfaces, depth_m=depth))
    line = depth_steps(stepped, cloth)
    assert line[598:602, 256].max() > 0.5
    assert line[560:590].max() == line[610:700].max() == 0
    # A ball falls away from the viewer as steeply as one likes without being two things.
    assert depth_steps(scene, scene.share(Kind.SKIN))[200:400].max() == 0


def test_a_groove_is_a_valley_and_a_ridge_is_none():
    scene = ball()
    normal = np.zeros_like(scene.truth.normal)
    normal[..., 2] = -1
    across = np.clip((np.arange(512) - 256) / 6, -1, 1) * 0.7
    solid = np.ones(scene.shape, np.float32)
    lines = []
    for sign in (-1, 1):
        normal[..., 0] = sign * across
        grooved: Any = SimpleNamespace(normal=normal)
        lines.append(valleys(replace(scene, truth=grooved), solid)[300])
    assert lines[0][250:262].max() > 0.5
    assert lines[1].max() == 0


def test_the_upper_lid_gets_a_thicker_line_than_the_lower():
    scene = ball()
    line = lid_lines(scene, 3.4, 0.6)
    (x, y) = EYES[0]
    above = line[int(y) - 16 : int(y) - 8, int(x)].sum()
    below = line[int(y) + 8 : int(y) + 16, int(x)].sum()
    assert above > 1.8 * below > 0
