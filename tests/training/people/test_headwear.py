import numpy as np
import pytest

from tests.training.people.base_body import base_body
from training.people.head_shape import directions, head_shape
from training.people.headphones import Headphones, Headset
from training.people.headwear import SHAPES, Hat, Headwear, pressed
from training.people.material import Material

CLOTH = Material((0.2, 0.1, 0.1), 0.9)
HEAD = head_shape(base_body())
NO_GARMENT = np.zeros((0, 3))


def hat(shape: str) -> Hat:
    return Hat(Headwear(shape, CLOTH, CLOTH), HEAD, NO_GARMENT)


def points_of(shape: str) -> np.ndarray:
    return np.concatenate([solid.points for solid, _ in hat(shape).parts()])


def bushy_hair() -> np.ndarray:
    """Points 2 to 8 cm off the whole skull."""
    rng = np.random.default_rng(1)
    ray = rng.normal(size=(4000, 3))
    ray /= np.linalg.norm(ray, axis=1, keepdims=True)
    azimuth, elevation, _ = directions(HEAD.centre + ray, HEAD.centre)
    away = HEAD.radius(azimuth, elevation) + rng.uniform(0.02, 0.08, len(ray))
    return HEAD.centre + ray * away[:, None]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_skull_shows_through_a_hat(shape):
    azimuth, elevation, distance = directions(points_of(shape), HEAD.centre)
    upper = elevation > np.deg2rad(35)
    assert (distance[upper] > HEAD.radius(azimuth, elevation)[upper]).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hat_leaves_the_eyes_free_and_covers_the_crown(shape):
    points = points_of(shape)
    near = np.hypot(*(points - HEAD.eyes[0])[:, :2].T) < 0.015
    assert not (near & (points[:, 2] > HEAD.eyes[0, 2])).any()
    assert points[:, 1].max() > HEAD.skin[:, 1].max()


@pytest.mark.parametrize("shape", SHAPES)
def test_bushy_hair_lies_under_the_hat_and_comes_out_below(shape):
    hair, worn = bushy_hair(), hat(shape)
    flat = pressed(hair, HEAD.centre, worn.over_hair(hair))
    azimuth, elevation, distance = directions(flat, HEAD.centre)
    upper = elevation > np.deg2rad(40)
    assert (distance[upper] < HEAD.radius(azimuth, elevation)[upper] + 0.0085).all()
    if shape != "headscarf":
        low = (elevation < np.deg2rad(-35)) & (elevation > np.deg2rad(-50))
        assert (distance[low] - HEAD.radius(azimuth, elevation)[low]).max() > 0.05


def test_pressed_hair_keeps_its_order():
    out = np.array([[0.0, 0.10, 0.0], [0.0, 0.12, 0.0], [0.0, 0.20, 0.0]])
    flat = pressed(out, np.zeros(3), np.full(3, 0.09))
    assert (np.diff(flat[:, 1]) > 0).all()
    assert flat[:, 1].max() < 0.09


def test_cups_cover_the_ears_and_the_band_runs_over_the_hair():
    worn = Headset(Headphones(CLOTH, CLOTH), HEAD)
    points = np.concatenate([solid.points for solid, _ in worn.parts()])
    ear = HEAD.left_ear()
    cup = points[(points[:, 0] > 0) & (points[:, 1] < ear[:, 1].max() + 0.02)]
    assert (cup.min(0)[1:] < ear.min(0)[1:]).all()
    assert (cup.max(0) > ear.max(0)).all()
    assert points[:, 1].max() > HEAD.skin[:, 1].max() + 0.005
    hair = bushy_hair()
    flat = pressed(hair, HEAD.centre, worn.over_hair(hair))
    under = (np.abs(flat[:, 0]) < 0.02) & (np.abs(flat[:, 2] - HEAD.centre[2]) < 0.008)
    assert flat[under & (flat[:, 1] > HEAD.centre[1]), 1].max() < points[:, 1].max()


def test_one_does_not_see_through_between_head_and_band():
    solid, _ = Headset(Headphones(CLOTH, CLOTH), HEAD).parts()[0]
    azimuth, elevation, distance = directions(solid.points, HEAD.centre)
    room = distance - HEAD.radius(azimuth, elevation)
    crown = elevation > np.deg2rad(45)
    assert 0.002 < room[crown].min() < 0.005
    assert room[crown].max() < 0.012


def test_hair_before_the_band_does_not_hide_it():
    worn = Headset(Headphones(CLOTH, CLOTH), HEAD)
    hair = bushy_hair()
    azimuth, elevation, distance = directions(hair, HEAD.centre)
    hair = hair[distance < HEAD.radius(azimuth, elevation) + 0.03]
    flat = pressed(hair, HEAD.centre, worn.over_hair(hair))
    band, _ = worn.parts()[0]
    before = (np.abs(flat[:, 0]) < 0.03) & (flat[:, 2] > HEAD.centre[2] + 0.02)
    assert before.any()
    assert flat[before, 1].max() < band.points[:, 1].max()


def test_a_visor_ends_at_the_rim_and_is_not_cut_off():
    (_, _), (visor, _) = hat("cap").parts()
    across = visor.points.reshape(-1, 41, 3)
    first, last = across[:, 0], across[:, -1]
    assert max(np.ptp(end, axis=0).max() for end in (first, last)) < 0.015
