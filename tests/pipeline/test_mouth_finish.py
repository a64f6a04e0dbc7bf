import numpy as np
import pytest

from pipeline.mouth_finish import MouthFinish
from pipeline.names import ACTION_INDEX, VISEME_INDEX

FINISH = MouthFinish()


def talking() -> np.ndarray:
    """Everything about the mouth half raised."""
    actions = np.zeros(52, np.float32)
    for name, index in ACTION_INDEX.items():
        if name.startswith(("jaw", "mouth", "tongue")):
            actions[index] = 0.5
    return actions


@pytest.mark.parametrize(("contact", "quiet"), [(1.0, 0.0), (0.0, 1.0)])
def test_shut_lips_leave_no_opening_action(contact, quiet):
    finished = FINISH.finish(talking(), contact, quiet)
    for name in ("jawOpen", "mouthFunnel", "mouthLowerDownLeft", "mouthUpperUpRight", "tongueOut",
                 "mouthStretchLeft", "mouthRollLower", "mouthClose", "mouthPressLeft"):  # fmt: skip
        assert finished[ACTION_INDEX[name]] == 0.0
    assert finished[ACTION_INDEX["mouthSmileLeft"]] == 0.5


def test_lips_that_meet_for_a_sound_may_stay_rounded_and_quiet_ones_not():
    pucker = ACTION_INDEX["mouthPucker"]
    assert FINISH.finish(talking(), 1.0, 0.0)[pucker] == 0.25
    assert FINISH.finish(talking(), 0.0, 1.0)[pucker] == 0.0


def test_free_lips_stay_as_they_are():
    np.testing.assert_array_equal(FINISH.finish(talking(), 0.0, 0.0), talking())


def test_the_given_actions_are_not_written():
    actions = talking()
    FINISH.finish(actions, 1.0, 1.0)
    FINISH.add_contacts(actions, np.full(15, 1 / 15, np.float32))
    np.testing.assert_array_equal(actions, talking())


def test_a_jaw_that_hardly_opens_shuts_the_lips():
    actions = talking()
    actions[ACTION_INDEX["jawOpen"]] = 0.001
    assert FINISH.finish(actions, 0.0, 0.0)[ACTION_INDEX["mouthLowerDownLeft"]] < 0.05
    easy = MouthFinish(smallest_jaw=0.0005)
    assert easy.finish(actions, 0.0, 0.0)[ACTION_INDEX["mouthLowerDownLeft"]] == 0.5


def visemes(**posteriors: float) -> np.ndarray:
    """Posteriors of some, the rest of the time shared by the others."""
    result = np.full(15, (1.0 - sum(posteriors.values())) / (15 - len(posteriors)), np.float32)
    for name, posterior in posteriors.items():
        result[VISEME_INDEX[name]] = posterior
    return result


@pytest.mark.parametrize(
    ("closed", "viseme", "contact"),
    [
        (0.95, visemes(PP=0.9), 1.0),
        (0.02, visemes(PP=0.9), 1.0),
        (0.99, visemes(PP=0.02, sil=0.8), 1.0),
        (0.02, visemes(PP=0.02, aa=0.8), 0.0),
        (0.5, visemes(PP=0.15, aa=0.7), 0.0),
        (0.5, visemes(PP=0.2, FF=0.7), 0.0),
    ],
)
def test_lips_touch_where_network_and_ear_agree_or_one_of_them_is_sure(closed, viseme, contact):
    assert FINISH.contact(closed, viseme) == pytest.approx(contact)


def test_a_dip_of_the_sound_settles_a_doubtful_contact():
    doubtful = 0.45, visemes(PP=0.2, ih=0.3)
    dips_db = [FINISH.contact(*doubtful, dip_db) for dip_db in (-3.0, 0.0, 4.0, 8.0, 60.0)]
    assert dips_db[0] == dips_db[1] == 0.0
    assert 0.0 < dips_db[2] < dips_db[3] == dips_db[4]
    assert dips_db[3] > 0.9


def test_a_dip_alone_shuts_no_vowel():
    assert FINISH.contact(0.05, visemes(aa=0.6, PP=0.02), 60.0) == 0.0


@pytest.mark.parametrize("closed", [0.0, 1.0])
def test_contact_stays_in_range_for_posteriors_of_nought_and_one(closed):
    for viseme in np.eye(15, dtype=np.float32):
        assert 0.0 <= FINISH.contact(closed, viseme) <= 1.0


@pytest.mark.parametrize(
    ("speech", "energy_db", "end"), [(1.0, -20.0, 0.0), (0.0, -20.0, 1.0), (1.0, -90.0, 1.0)]
)
def test_noise_and_mute_shut_the_lips_in_some_frames_and_speech_frees_them(speech, energy_db, end):
    held = [0.5]
    for _ in range(5):
        held.append(FINISH.quiet(speech, energy_db, True, held[-1]))
    assert held[-1] == end
    assert np.diff(held).max() <= FINISH.shutting + 1e-9
    assert np.diff(held).min() >= -FINISH.opening - 1e-9


def test_f_brings_the_lower_lip_to_the_teeth_and_lifts_the_jaw():
    viseme = np.zeros(15, np.float32)
    viseme[VISEME_INDEX["FF"]] = 1.0
    actions = np.zeros(52, np.float32)
    actions[ACTION_INDEX["jawOpen"]] = 0.3
    result = FINISH.add_contacts(actions, viseme)
    assert result[ACTION_INDEX["mouthRollLower"]] == pytest.approx(0.35)
    assert result[ACTION_INDEX["jawOpen"]] == pytest.approx(0.12)
    assert result[ACTION_INDEX["tongueOut"]] == 0.0


def test_th_shows_the_tongue():
    viseme = np.zeros(15, np.float32)
    viseme[VISEME_INDEX["TH"]] = 1.0
    result = FINISH.add_contacts(talking(), viseme)
    assert result[ACTION_INDEX["tongueOut"]] == 0.5
    assert FINISH.add_contacts(np.zeros(52, np.float32), viseme)[ACTION_INDEX["tongueOut"]] == 0.25


def test_a_rustle_parts_no_lips_but_a_weak_sound_within_speech_leaves_them_free():
    assert FINISH.quiet(0.35, -40.0, False, 1.0) == 1.0
    assert FINISH.quiet(0.35, -40.0, True, 0.0) == 0.0
    assert FINISH.quiet(0.9, -40.0, False, 0.4) == 0.0
