import pytest

from training.lip_targets import MOUTH_POSES, SHAPES, VOWELS, viseme_track
from training.speech.phones import Phone


def test_every_shape_moves_known_poses_only():
    for shape in SHAPES.values():
        assert set(shape) <= set(MOUTH_POSES)
    assert SHAPES["sil"] == SHAPES["PP"] == {}


def test_open_vowels_open_the_jaw_most():
    jaw = {name: SHAPES[name]["jawOpen"] for name in VOWELS}
    assert max(jaw, key=lambda name: jaw[name]) == "aa"
    assert jaw["E"] > jaw["ih"]


def test_a_diphthong_becomes_two_visemes_that_share_its_time():
    track = viseme_track([Phone("M", 0.0, 0.1), Phone("AY", 0.1, 0.3)], "arpabet")
    assert track[0][0] == "PP"
    assert track[-1][2] == pytest.approx(0.3)
    assert [phone for *_, phone in track].count(1.0) == 2
