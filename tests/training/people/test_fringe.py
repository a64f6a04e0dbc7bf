import numpy as np

from pipeline.skeleton import Skeleton
from training.people.assets import Asset, Fit, Mesh
from training.people.body import EYE_VERTICES, Body
from training.people.fringe import FREE_RAD, swept

EYE_Y_M, EYE_Z_M = 0.05, 0.08
COUNT = EYE_VERTICES["R"].stop


def body() -> Body:
    """Two eyes and, as vertices 0 to 3, the corners that set the size to one."""
    rest = np.zeros((COUNT, 3), np.float32)
    rest[1:4] = np.eye(3)
    for side, x in (("L", 0.03), ("R", -0.03)):
        rest[EYE_VERTICES[side]] = (x, EYE_Y_M, EYE_Z_M)
    skeleton = Skeleton(("head",), np.array([-1]), np.zeros((1, 3), np.float32))
    return Body(
        rest, np.zeros((0, 3), int), np.zeros((0, 3, 2)), np.zeros((52, COUNT, 3)),
        np.ones((COUNT, 1)), skeleton,
    )  # fmt: skip


def hair(points: np.ndarray) -> Asset:
    """Hair at these points (V, 3) metres, fixed to the origin."""
    count = len(points)
    nothing = np.zeros((0, 3), np.int32)
    mesh = Mesh(points, nothing, np.zeros((count, 2)), nothing)
    weight = np.tile([1.0, 0.0, 0.0], (count, 1)).astype(np.float32)
    scale = ((0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0))
    reference = np.zeros((count, 3), np.int32)
    return Asset("hair", mesh, Fit(reference, weight, points, scale, np.zeros(0, np.int32)))


def turn_of(points: np.ndarray) -> np.ndarray:
    return np.arctan2(points[:, 0], points[:, 2] - (EYE_Z_M - 0.075))


def test_a_fringe_over_an_eye_leaves_the_face_on_its_own_side():
    over_right_eye = np.array([[-x, EYE_Y_M, 0.11] for x in (0.01, 0.03, 0.05)], np.float32)
    person = body()
    moved = swept(hair(over_right_eye), person).fit.place(person.rest)
    assert (turn_of(moved) < 1e-3 - FREE_RAD).all()
    assert np.allclose(moved[:, 1], EYE_Y_M, atol=1e-6)


def test_hair_above_the_forehead_on_the_other_side_and_at_the_back_stays():
    points = np.array([[-0.02, EYE_Y_M + 0.10, 0.08], [0.06, EYE_Y_M, 0.09], [-1e-4, 0.0, -0.1]])
    person = body()
    moved = swept(hair(points.astype(np.float32)), person).fit.place(person.rest)
    assert np.allclose(moved[:2], points[:2], atol=1e-6)
    assert np.allclose(moved[2], points[2], atol=1e-3)
