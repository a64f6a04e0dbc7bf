import numpy as np
import pytest

from bench.lip_alignment import called_for
from bench.motion.clips import AlignedClip
from bench.motion.lips import frame_classes, lip_score, pause_frames, ranges, segments
from tests.bench.motion.motions import one_hot, tracks

VISEMES = [
    ("sil", 0.0, 0.5), ("aa", 0.5, 0.9), ("PP", 0.9, 1.05), ("oh", 1.05, 1.4), ("FF", 1.4, 1.6),
    ("E", 1.6, 2.0), ("PP", 2.0, 2.15), ("aa", 2.15, 2.5), ("sil", 2.5, 3.0),
]  # fmt: skip
FRAMES = 90
CLIP = AlignedClip("one", "somebody", np.zeros(72_000, np.float32), VISEMES)
OPENING = called_for(VISEMES, FRAMES)
CONTACTS = (frame_classes(VISEMES, FRAMES) == 1) | (frame_classes(VISEMES, FRAMES) == 0)


def scored(jaw, roll=0.0, posterior=None):
    viseme = one_hot(VISEMES, FRAMES) if posterior is None else posterior
    motion = tracks(FRAMES, {"jawOpen": jaw, "mouthRollLower": roll}, viseme=viseme)
    return lip_score([CLIP], [motion])


def test_lips_that_meet_on_every_contact_score_fully():
    result = scored(np.where(CONTACTS, 0.0, 0.4 * OPENING + 0.1))
    assert result.bilabials == 2
    assert result.bilabials_closed == result.bilabials_closed_strict == 1.0


def test_lips_that_miss_one_of_two_contacts_score_half():
    jaw = np.where(CONTACTS, 0.0, 0.4)
    jaw[58:68] = 0.4
    assert scored(jaw).bilabials_closed == 0.5


def test_almost_closed_counts_up_to_15_percent_of_the_range():
    assert scored(np.where(CONTACTS, 0.4 * 0.14, 0.4) * np.r_[0, 0, 0, 0, np.ones(86)]
                  ).bilabials_closed == 1.0  # fmt: skip
    assert scored(np.where(CONTACTS, 0.4 * 0.16, 0.4) * np.r_[0, 0, 0, 0, np.ones(86)]
                  ).bilabials_closed == 0.0  # fmt: skip


def test_a_contact_one_frame_off_counts_only_with_grace():
    jaw = np.full(FRAMES, 0.4)
    jaw[:10] = 0.0
    jaw[[26, 59]] = 0.0
    result = scored(jaw)
    assert (result.bilabials_closed, result.bilabials_closed_strict) == (1.0, 0.0)


def test_the_lower_lip_is_raised_where_f_asks_for_it_or_it_is_not():
    lips = np.where(CONTACTS, 0.0, 0.4)
    labiodental = frame_classes(VISEMES, FRAMES) == 2
    raised = scored(np.where(labiodental, 0.0, lips), np.where(labiodental, 0.4, 0.0))
    assert (raised.labiodentals_raised, raised.labiodentals_rolled) == (1.0, 1.0)
    hanging = scored(lips)
    assert (hanging.labiodentals_raised, hanging.labiodentals_rolled) == (0.0, 0.0)


def test_motion_two_frames_late_has_a_lag_of_two():
    assert scored(np.roll(0.4 * OPENING, 2)).lag_frames == pytest.approx(2.0, abs=0.2)
    assert scored(np.roll(0.4 * OPENING, -1)).lag_frames == pytest.approx(-1.0, abs=0.2)


def test_every_class_of_visemes_counts_alike():
    posterior = one_hot(VISEMES, FRAMES)
    assert scored(OPENING, posterior=posterior).viseme_accuracy == 1.0
    deaf = np.zeros_like(posterior)
    deaf[:, 0] = 1.0
    result = scored(OPENING, posterior=deaf)
    assert result.recall["sil"] == 1.0
    assert result.viseme_accuracy == pytest.approx(1 / 6, abs=1e-3)


def test_posteriors_of_one_class_add_up():
    posterior = one_hot(VISEMES, FRAMES)
    vowel = posterior[:, 11] > 0
    posterior[vowel] = 0.0
    posterior[np.ix_(vowel, [10, 11, 12])] = 0.4, 0.3, 0.3
    assert scored(OPENING, posterior=posterior).recall["E+ih"] == 1.0


def test_lips_that_babble_in_the_silence_behind_a_clip_are_found_out():
    def with_tail(tail):
        jaw = np.concatenate([0.4 * OPENING, tail])
        viseme = np.concatenate([one_hot(VISEMES, FRAMES), np.zeros((60, 15))])
        return lip_score([CLIP], [tracks(FRAMES + 60, {"jawOpen": jaw}, viseme=viseme)])

    assert with_tail(np.zeros(60)).silence_motion < 0.01
    babble = with_tail(0.4 * np.resize(OPENING[20:70], 60))
    assert 0.5 < babble.silence_motion < 1.5
    assert babble.silence_mouth_motion > 0.5


def test_a_pause_keeps_away_from_speech():
    assert np.flatnonzero(pause_frames(VISEMES, FRAMES)).tolist() == [*range(9), *range(81, 90)]


def test_a_segment_shorter_than_a_frame_still_has_one():
    assert segments([("PP", 0.51, 0.515)], "PP", 90, 0) == [slice(15, 16)]
    assert segments([("PP", 0.0, 0.1)], "PP", 90, 1) == [slice(0, 4)]


def test_each_speaker_has_a_range_over_all_clips():
    first, second, other = np.linspace(0, 1, 101), np.linspace(1, 2, 101), np.linspace(0, 10, 101)
    found = ranges([first, other, second], ["a", "b", "a"])
    assert found["a"] == pytest.approx((0.04, 1.96), abs=0.01)
    assert found["b"] == pytest.approx((0.2, 9.8))
