import numpy as np
import pytest

from pipeline.portrait.light_estimate import Shading, estimate_light, usual_light


def lit_face(direction: np.ndarray, key: float, noise: float = 0.03) -> Shading:
    """Normals of the front of a sphere, skin under a key light and an even one."""
    random = np.random.default_rng(0)
    normals = random.normal(size=(4000, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    normals = normals[normals[:, 2] > 0.35]
    shade = (1 - key) + key * np.clip(normals @ direction, 0, None)
    colours = shade[:, None] * np.array([0.6, 0.35, 0.25])
    return Shading(colours * random.normal(1, noise, (len(normals), 1)), normals)


@pytest.mark.parametrize("direction", [(0.6, 0.4, 0.7), (-0.7, 0.2, 0.6), (0.0, 0.8, 0.6)])
def test_direction_and_share_of_the_key_light_come_back(direction):
    true = np.array(direction) / np.linalg.norm(direction)
    light = estimate_light(lit_face(true, 0.7))
    assert np.degrees(np.arccos(light.direction @ true)) < 8
    assert light.key.mean() == pytest.approx(0.7, abs=0.08)
    assert np.allclose(light.key + light.ambient, 1)


def test_without_enough_skin_the_light_is_the_usual_one():
    few = Shading(np.ones((20, 3)), np.tile([0.0, 0.0, 1.0], (20, 1)))
    for shading in (None, few):
        assert np.array_equal(estimate_light(shading).direction, usual_light().direction)
    assert np.linalg.norm(usual_light().direction) == pytest.approx(1)


def test_a_flatly_lit_face_has_a_weak_key_light():
    light = estimate_light(lit_face(np.array([0, 0, 1.0]), 0.0))
    assert light.key.max() < 0.35
