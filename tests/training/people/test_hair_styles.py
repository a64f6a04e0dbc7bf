from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.training.people.base_body import base_body
from training.people.hair_card import Grown
from training.people.hair_growth import (
    BESIDE_X,
    BROW_Y,
    FACE_FREE_RAD,
    ON_SHOULDER_Y,
    Comb,
    Knot,
    Surface,
    before_forehead,
    cut,
    flying,
    gathered,
    grow,
    off_shoulders,
    waved,
)
from training.people.hair_style import Plait, Style, grown_hair
from training.people.hair_styles import STYLES
from training.people.hair_texture import is_hair_texture
from training.people.scalp import on_scalp, skull_of, sow
from training.people.wardrobe import HAIR

BODY = base_body()
SURFACE = Surface(BODY)
SKULL = skull_of(BODY)
DOWN = ((0.2, -1.0, 0.0), 0.30)
DOWN_SHORT = ((0.2, -1.0, 0.0), 0.03)
HANGING = Comb(DOWN, DOWN, DOWN, fall=0.9, volume_m=0.01)


def roots(count: int = 300):
    rng = np.random.default_rng(0)
    return sow(BODY, lambda uv: (on_scalp(uv) > 0.004).astype(float), count, rng)


def curves_of(comb: Comb) -> np.ndarray:
    return grow(SURFACE, roots(), comb, 12, np.random.default_rng(1))


def few(style: Style) -> Style:
    """The same style with a tenth of its locks."""
    layers = (
        layer if isinstance(layer, Plait) else replace(layer, count=layer.count // 10)
        for layer in style.layers
    )
    return replace(style, layers=tuple(layers))


@cache
def pieces_of(name: str) -> list[Grown]:
    return grown_hair(few(STYLES[name]), BODY)


def test_hair_lies_on_the_head_and_not_in_it():
    curves = curves_of(HANGING)
    height = SURFACE.at(curves.reshape(-1, 3))[0].reshape(curves.shape[:2])
    assert height[:, 3:].min() > -0.002
    assert np.allclose(curves[:, 0], roots().points)


def test_long_hair_hangs_down_and_leaves_the_face_free():
    local = SKULL.local(curves_of(HANGING))
    assert local[:, -1, 1].mean() < -0.9
    angle = np.abs(np.arctan2(local[..., 0], local[..., 2]))
    radius = np.hypot(local[..., 0], local[..., 2])
    before_face = (angle < 0.85 * FACE_FREE_RAD) & (local[..., 1] < BROW_Y) & (radius > 0.5)
    assert before_face.mean() < 0.01


def test_a_hem_cuts_hair_at_its_height():
    curves = cut(curves_of(HANGING), SKULL, -0.6, np.random.default_rng(0))
    assert SKULL.local(curves)[..., 1].min() > -0.6 - 0.25
    short = replace(HANGING, top=((0.0, 0.0, -1.0), 0.01), side=DOWN, back=DOWN)
    assert curves_of(short).shape == curves.shape


def test_gathered_hair_ends_at_its_knot_close_to_the_head():
    knot = Knot((0.0, 0.3, -1.1), 0.006)
    curves = gathered(SURFACE, roots(), knot, 12, np.random.default_rng(0))
    goal = SKULL.centre + SKULL.height_m * np.array(knot.place)
    assert np.linalg.norm(curves[:, -1] - goal, axis=1).max() < 0.03
    assert SURFACE.at(curves[:, :8].reshape(-1, 3))[0].max() < 0.03


def test_thin_tips_of_gathered_hair_lie_in_the_plait_below_its_knot():
    knot = Knot((0.6, -0.8, -0.12))
    usual, longer = (
        gathered(SURFACE, roots(), wanted, 12, np.random.default_rng(0))
        for wanted in (knot, replace(knot, past_m=0.04))
    )
    assert np.allclose(longer[:, : usual.shape[1]], usual)
    assert np.allclose(longer[:, -1], usual[:, -1] - [0, 0.04, 0])


def test_waves_swing_by_their_amplitude_and_keep_the_roots():
    straight = curves_of(HANGING)
    wavy = waved(straight, 0.006, 0.08, 0.0, np.random.default_rng(0))
    assert np.array_equal(wavy[:, 0], straight[:, 0])
    swing = np.linalg.norm(wavy - straight, axis=2)
    assert 0.003 < swing.max() <= 0.0061


@pytest.mark.parametrize("name", list(STYLES))
def test_every_style_is_a_drawable_piece_over_a_painted_scalp(name):
    pieces = pieces_of(name)
    assert pieces[0].texture.startswith("coat")
    assert len(pieces) > 1
    for piece in pieces:
        count = len(piece.points)
        assert np.isfinite(piece.points).all()
        assert piece.triangles.min() >= 0
        assert piece.triangles.max() < count
        assert piece.tangent.shape == (count, 3)
        assert piece.uv.shape == (count, 2)
        assert np.allclose(piece.skin.sum(1), 1, atol=1e-3)
        assert piece.normal_of.max() < len(BODY.rest)
        assert is_hair_texture(piece.texture)
        assert not piece.on_face


@pytest.mark.parametrize("name", list(STYLES))
def test_no_style_hangs_before_the_eyes(name):
    eyes = np.stack([BODY.eyeball(side)[0] for side in "LR"])
    radius = max(BODY.eyeball(side)[1] for side in "LR")
    for piece in pieces_of(name)[1:]:
        for eye in eyes:
            over = np.linalg.norm(piece.points[:, :2] - eye[:2], axis=1) < 1.6 * radius
            assert not (over & (piece.points[:, 2] > eye[2])).any()


def test_the_same_seed_grows_the_same_hair_and_another_seed_other_hair():
    style = few(STYLES["side parting"])
    first, again, other = (grown_hair(style, BODY, seed)[1].points for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert first.shape != other.shape or not np.allclose(first, other)


def test_the_scalp_moves_with_the_forehead_and_hair_does_not():
    coat, *locks = pieces_of("crew")
    assert coat.delta is not None
    assert np.abs(coat.delta).max() > 1e-3
    assert all(piece.delta is None for piece in locks)


def test_two_plaits_hang_at_both_sides_alike():
    plaits = SKULL.local(pieces_of("two plaits")[-1].points)
    left, right = plaits[plaits[:, 0] > 0], plaits[plaits[:, 0] < 0]
    assert len(left) == len(right)
    assert np.allclose(np.abs(left.mean(0)), np.abs(right.mean(0)), atol=0.15)
    assert left[:, 1].min() < -1.8


def test_a_fringe_covers_the_forehead_and_ends_above_the_brows():
    local = SKULL.local(pieces_of("fringe bob")[-1].points)
    before = (local[:, 2] > 0.5) & (np.abs(local[:, 0]) < 0.4)
    assert local[before, 1].min() < 0.6
    assert local[before, 1].min() > 0.23


def test_everything_that_grows_is_worn_and_there_are_at_least_18_styles():
    grown = {hair.name for hair in HAIR if not hair.texture}
    assert grown == set(STYLES)
    assert len(HAIR) >= 18


def test_hair_slips_off_the_top_of_a_shoulder_to_breast_and_back():
    along_the_arm, low = np.array([[1.0, -0.2, 0.0]] * 2), np.array([[0.9, -1.6, 0.0]] * 2)
    root = np.array([[0.4, 0.5, 0.4], [0.4, 0.5, -0.6]])
    upwards = np.array([[0.0, 1.0, 0.0]] * 2)
    before, behind = off_shoulders(along_the_arm, low, root, upwards)
    assert before[2] > 0.5 > -0.5 > behind[2]
    assert before[0] < 0.2
    high = off_shoulders(along_the_arm, -low, root, upwards)
    assert np.allclose(high, along_the_arm)


@pytest.mark.parametrize("name", ["straight", "waves", "box braids"])
def test_long_hair_on_the_shoulders_does_not_run_along_the_arms(name):
    local = np.concatenate([SKULL.local(piece.points) for piece in pieces_of(name)[1:]])
    lying = local[local[:, 1] < ON_SHOULDER_Y - 0.1]
    assert len(lying) > 100
    assert np.abs(lying[:, 0]).max() < BESIDE_X + 0.15
    assert (np.abs(lying[:, 0]) > BESIDE_X).mean() < 0.02


def test_hair_from_a_parting_goes_to_the_sides_and_not_along_it():
    parting = 0.2
    sideways = ((1.0, 0.0, -0.45), 0.30)
    comb = Comb(sideways, sideways, sideways, parting=parting, fall=0.9, tousle=0.0)
    some = roots(4000)
    local = SKULL.local(some.points)
    near = some.take((np.abs(local[:, 0] - parting) < 0.01) & (local[:, 1] > 0.75))
    assert len(near.points) > 5
    steps = np.diff(grow(SURFACE, near, comb, 12, np.random.default_rng(1))[:, :4], axis=1)
    assert (np.abs(steps[..., 0]).sum(1) > np.abs(steps[..., 2]).sum(1)).all()


@pytest.mark.parametrize("name", ["pixie", "side parting"])
def test_no_single_lock_of_combed_hair_strays_over_the_forehead(name):
    for piece, layer in zip(pieces_of(name)[1:], few(STYLES[name]).layers, strict=True):
        locks = piece.points.reshape(-1, layer.points, 2, 3).mean(2)
        assert not before_forehead(locks, SKULL).any()


def test_no_lock_of_curtains_stands_in_a_loop_over_the_crown():
    for piece in pieces_of("curtains")[1:]:
        high = piece.points[SKULL.local(piece.points)[:, 1] > 0.6]
        assert SURFACE.at(high)[0].max() < 0.011


def test_single_locks_of_short_hair_that_stand_out_are_found():
    short = replace(HANGING, fall=0.1, top=DOWN_SHORT, side=DOWN_SHORT, back=DOWN_SHORT)
    curves = curves_of(short)
    assert not flying(curves, SURFACE, short.volume_m).any()
    highest = SKULL.local(curves[:, 0])[:, 1].argmax()
    curves[highest, -1] += [0.0, 0.03, 0.0]
    assert np.flatnonzero(flying(curves, SURFACE, short.volume_m)).tolist() == [highest]
