import numpy as np
import pytest

from bench.reenactment.figures import flicker_levels, mean, picture_figures, unsteady_levels

RNG = np.random.default_rng(1)
TRUTH = RNG.integers(40, 200, (64, 48, 3)).astype(np.uint8)


def test_the_truth_itself_has_no_error_anywhere():
    mouth = np.zeros(TRUTH.shape[:2], bool)
    mouth[20:40, 10:30] = True
    figures = picture_figures(TRUTH, TRUTH, {"mouth": mouth})
    assert set(figures) == {"psnr_db", "ssim", "mouth_psnr_db", "mouth_ssim"}
    assert min(figures["psnr_db"], figures["mouth_psnr_db"]) > 100
    assert figures["ssim"] == pytest.approx(1)
    assert figures["mouth_ssim"] == pytest.approx(1)


def test_an_error_counts_in_full_in_its_region_and_as_its_share_in_the_frame():
    region = np.zeros(TRUTH.shape[:2], bool)
    region[:16] = True
    wrong = TRUTH.copy()
    wrong[:16] += 10
    figures = picture_figures(wrong, TRUTH, {"hands": region})
    assert figures["hands_psnr_db"] == pytest.approx(20 * np.log10(255 / 10))
    assert figures["psnr_db"] - figures["hands_psnr_db"] == pytest.approx(10 * np.log10(4))


def test_pixels_that_change_where_truth_stands_still_flicker():
    before = TRUTH.copy()
    before[:, 24:] += 30
    restless = TRUTH.copy()
    restless[:, :24] += 5
    assert flicker_levels((before, restless), (before, TRUTH)) == pytest.approx(5)
    assert flicker_levels((before, TRUTH), (before, TRUTH)) == 0


def test_where_nothing_stands_still_there_is_no_flicker_to_be_told():
    assert flicker_levels((TRUTH, TRUTH), (TRUTH, TRUTH + np.uint8(9))) is None


def test_a_change_that_truth_does_not_make_is_unsteady():
    mask = np.zeros(TRUTH.shape[:2], bool)
    mask[:, :24] = True
    brighter = TRUTH + np.uint8(7)
    assert unsteady_levels((TRUTH, brighter), (TRUTH, TRUTH), mask) == pytest.approx(7)
    assert unsteady_levels((TRUTH, TRUTH), (brighter, TRUTH), mask) == pytest.approx(7)
    # What is wrong in both frames alike is steady.
    assert unsteady_levels((brighter, brighter), (TRUTH, TRUTH), mask) == 0
    brighter[:, :24] = TRUTH[:, :24]
    assert unsteady_levels((TRUTH, brighter), (TRUTH, TRUTH), mask) == 0
    assert unsteady_levels((TRUTH, brighter), (TRUTH, TRUTH), mask & False) is None


def test_a_mean_is_over_those_that_have_the_figure():
    assert mean([{"a": 1.0, "b": 4.0}, {"a": 3.0}]) == {"a": 2.0, "b": 4.0}
    assert mean([]) == {}
