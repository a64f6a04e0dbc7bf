import numpy as np
import pytest

from training.people.solid import Solid, ball, joined, tube

UP = np.array([0.0, 0.0, 1.0])


def ring(radius: float = 0.1) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return radius * np.stack([np.cos(turn), np.sin(turn), 0 * turn], 1)


def volume(solid: Solid) -> float:
    a, b, c = (solid.points[solid.triangles[:, k]] for k in range(3))
    return float((a * np.cross(b, c)).sum()) / 6


@pytest.mark.parametrize("closed", [True, False])
def test_a_tube_holds_as_much_as_its_path_is_long(closed):
    path = ring() if closed else np.stack([np.linspace(0, 0.5, 30), np.zeros(30), np.zeros(30)], 1)
    length = 2 * np.pi * 0.1 if closed else 0.5
    solid = tube(path, 0.004, UP, closed=closed, sides=24)
    assert abs(volume(solid)) == pytest.approx(np.pi * 0.004**2 * length, rel=0.03)


def test_a_ball_faces_outwards_and_so_does_its_mirror_image():
    solid = ball(np.array([0.2, 0.0, 0.0]), (0.01, 0.02, 0.03), rings=24)
    assert volume(solid) == pytest.approx(4 / 3 * np.pi * 6e-6, rel=0.03)
    assert volume(solid.mirrored()) == pytest.approx(volume(solid))
    assert solid.mirrored().points[:, 0].max() < 0


def test_joined_shapes_keep_their_triangles():
    small, large = ball(np.zeros(3), (0.01,) * 3), ball(np.ones(3), (0.02,) * 3)
    both = joined([small, large])
    assert volume(both) == pytest.approx(volume(small) + volume(large))
    assert both.triangles.max() == len(both.points) - 1
