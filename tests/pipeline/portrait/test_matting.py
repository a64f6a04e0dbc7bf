import cv2
import numpy as np

from pipeline.portrait.colour_samples import sample_alpha
from pipeline.portrait.matting import ColourRegression, refine, solve_alpha
from pipeline.portrait.trimap import Trimap


def soft_disc(size: int = 120) -> tuple[np.ndarray, np.ndarray, Trimap]:
    """Picture in [0, 1], its alpha, and a trimap with a wide unknown band."""
    row, column = np.mgrid[0:size, 0:size].astype(np.float32)
    away = np.hypot(row - size / 2, column - size / 2)
    wave = 2 * np.sin(np.arctan2(row - size / 2, column - size / 2) * 14)
    alpha = np.clip((34 + wave - away) / 4 + 0.5, 0, 1)
    shade = (row / size)[..., None]
    person = np.array([0.35, 0.2, 0.1]) + 0.1 * shade
    scene = np.array([0.5, 0.7, 0.9]) - 0.2 * shade
    picture = person * alpha[..., None] + scene * (1 - alpha[..., None])
    noise = np.random.default_rng(0).normal(0, 0.004, picture.shape)
    likely = np.clip((34 - away) / 8 + 0.5, 0, 1).astype(np.float32)
    trimap = Trimap(away < 26, away > 42, np.ones_like(likely), likely)
    return (picture + noise).astype(np.float32), alpha, trimap


def test_sampled_colours_find_alpha_where_two_colours_mix():
    picture, alpha, trimap = soft_disc()
    scene = cv2.inpaint(
        np.round(picture * 255).astype(np.uint8), (~trimap.background).astype(np.uint8), 5,
        cv2.INPAINT_TELEA,
    ).astype(np.float32) / 255  # fmt: skip
    found, trust = sample_alpha(picture, trimap, scene)
    assert np.abs(found - alpha)[trimap.unknown].mean() < 0.04
    assert trust[trimap.unknown].mean() > 0.5
    assert (trust[~trimap.unknown] == 0).all()


def test_closed_form_matting_carries_sure_pixels_through_the_band():
    picture, alpha, trimap = soft_disc()
    first = trimap.person.astype(np.float32)
    found = solve_alpha(picture, trimap.unknown, first, np.zeros_like(first))
    before = np.abs(first - alpha)[trimap.unknown].mean()
    assert np.abs(found - alpha)[trimap.unknown].mean() < 0.4 * before
    assert np.array_equal(found[trimap.person], first[trimap.person])


def test_the_regression_leaves_no_residual_of_a_linear_function_of_colour():
    picture, _, _ = soft_disc()
    values = (picture @ np.array([0.2, -0.5, 0.9], np.float32) + 0.3).astype(np.float32)
    assert np.abs(ColourRegression(picture, 1, 1e-7).residual(values)).max() < 0.02


def test_a_flat_picture_does_not_break_the_regression():
    flat = np.full((40, 40, 3), 0.5, np.float32)
    ramp = np.tile(np.linspace(0, 1, 40, dtype=np.float32), (40, 1))
    residual = ColourRegression(flat, 1, 8e-6).residual(ramp)
    assert np.isfinite(residual).all()
    assert np.abs(residual[5:-5, 5:-5]).max() < 1e-3


def test_refining_brings_a_small_matte_to_the_edges_of_the_large_picture():
    large, alpha, _ = soft_disc(240)
    small = cv2.resize(large, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(alpha, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    blunt = cv2.resize(coarse, (240, 240), interpolation=cv2.INTER_LINEAR)
    fine = refine(coarse.astype(np.float32), large, small)
    assert np.abs(fine - alpha).mean() < np.abs(blunt - alpha).mean()
