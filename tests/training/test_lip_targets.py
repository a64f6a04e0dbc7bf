import numpy as np
import pytest

from training.lip_targets import GRID_HZ, MOUTH_POSES, at_frames, mouth_grid, viseme_track
from training.speech.phones import Phone

JAW = MOUTH_POSES.index("jawOpen")


def spoken(*symbols: str, each_s: float = 0.12) -> tuple[np.ndarray, np.ndarray, list[Phone]]:
    phones = [Phone(s, k * each_s, (k + 1) * each_s) for k, s in enumerate(symbols)]
    track = viseme_track(phones, "arpabet")
    poses, closed = mouth_grid(track, np.ones(len(phones)), len(symbols) * each_s)
    return poses, closed, phones


def during(grid: np.ndarray, phone: Phone) -> np.ndarray:
    return grid[int(phone.start_s * GRID_HZ) : int(phone.end_s * GRID_HZ)]


@pytest.mark.parametrize("bilabial", ["P", "B", "M"])
def test_lips_meet_on_a_bilabial_for_two_video_frames(bilabial):
    poses, _, phones = spoken("sil", "AA", bilabial, "AA", "sil")
    shut = during(poses[:, JAW], phones[2]) == 0.0
    assert shut.sum() / GRID_HZ >= 2 / 30


def test_lips_meet_even_on_a_short_bilabial():
    poses, closed, _ = spoken("AA", "AA", "P", "AA", "AA", each_s=0.03)
    assert (closed == 1.0).sum() / GRID_HZ >= 2 / 30 - 1 / GRID_HZ
    assert poses[closed == 1.0][:, JAW].max() == 0.0


def test_pauses_are_wholly_closed():
    poses, closed, phones = spoken("AA", "sil", "AA")
    assert np.abs(during(poses, phones[1])).max() == 0.0
    assert during(closed, phones[1]).min() == 1.0


def test_open_vowels_open_the_jaw_most():
    heights = {}
    for vowel in ("AA", "EH", "IY", "UW"):
        poses, _, phones = spoken("sil", "T", vowel, "T", "sil", each_s=0.15)
        heights[vowel] = during(poses[:, JAW], phones[2]).max()
    assert heights["AA"] > heights["EH"] > heights["IY"]
    assert 0.3 < heights["AA"] < 0.5
    assert heights["UW"] < 0.2


def test_rounding_begins_before_its_vowel():
    poses, _, phones = spoken("AA", "S", "UW")
    plain, _, _ = spoken("AA", "S", "IY")
    pucker = MOUTH_POSES.index("mouthPucker")
    assert during(poses[:, pucker], phones[1]).max() > 0.1
    assert during(plain[:, pucker], phones[1]).max() < 0.05


def test_the_mouth_moves_without_jumps():
    poses, _, _ = spoken("sil", "M", "AA", "P", "IY", "T", "OW", "sil")
    assert np.abs(np.diff(poses, axis=0)).max() < 0.1


def test_frames_are_sampled_at_their_centres():
    grid = np.arange(120.0)
    np.testing.assert_allclose(at_frames(grid, 0.0, 3), [1.5, 5.5, 9.5])
    np.testing.assert_allclose(at_frames(grid, 0.01, 2), [0.3, 4.3], atol=1e-9)


def test_diphthongs_pass_through_two_shapes():
    track = viseme_track([Phone("AW", 0.0, 1.0)], "arpabet")
    assert [(name, start, end) for name, start, end, _ in track] == [
        ("aa", 0.0, 0.6),
        ("ou", 0.6, 1.0),
    ]
