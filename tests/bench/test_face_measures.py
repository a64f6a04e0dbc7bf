import numpy as np
import pytest

from bench.examination import _Driven, _followed
from bench.face_measures import LIDS, head_turn, lid_gap, lip_gap, measure
from bench.faces import BLINK, command, face, sweeps, talking
from bench.puppet import Puppet
from pipeline.avatar import load_avatar
from pipeline.portrait.landmarks import FaceLandmarks


@pytest.fixture(scope="module")
def puppet() -> Puppet:
    return Puppet(load_avatar("leon"))


@pytest.fixture(scope="module")
def neutral(puppet) -> np.ndarray:
    return puppet.landmarks(puppet.template.source_geometry())


@pytest.mark.parametrize(
    ("turn_deg", "index"), [((12, 0, 0), 0), ((-8, 0, 0), 0), ((0, 9, 0), 1), ((0, 0, 7), 2)]
)
def test_the_turn_of_a_head_is_read_off_its_landmarks(puppet, neutral, turn_deg, index):
    turned = puppet.landmarks(puppet.geometry(face(None, *turn_deg)))
    angles = np.degrees(head_turn(turned, neutral))
    # Perspective makes a turn before the camera look a little larger.
    assert angles[index] == pytest.approx(turn_deg[index], rel=0.15)
    assert np.abs(np.delete(angles, index)).max() < 1.5


def test_an_open_mouth_does_not_turn_the_head(puppet, neutral):
    opened = puppet.landmarks(puppet.geometry(face({"jawOpen": 0.6})))
    assert np.abs(np.degrees(head_turn(opened, neutral))).max() < 0.5
    assert lip_gap(opened) - lip_gap(neutral) > 0.2


def test_lips_and_lids_are_measured_alike_on_a_turned_head(puppet):
    said = {"jawOpen": 0.5, "eyeBlinkLeft": 0.5, "eyeBlinkRight": 0.5}
    straight = puppet.landmarks(puppet.geometry(face(said)))
    turned = puppet.landmarks(puppet.geometry(face(said, 12, 10)))
    assert lip_gap(turned) == pytest.approx(lip_gap(straight), rel=0.06)
    assert lid_gap(turned) == pytest.approx(lid_gap(straight), rel=0.12)


def test_lips_that_cross_have_a_gap_below_zero(neutral):
    crossed, parted = neutral.copy(), neutral.copy()
    lower = [14, 87, 317]
    crossed[lower, 1] -= 10
    parted[lower, 1] += 10
    assert lip_gap(crossed) < 0 < lip_gap(neutral) < lip_gap(parted)
    assert lip_gap(crossed[:, :2]) == pytest.approx(lip_gap(crossed), rel=0.1)


def test_a_blink_is_counted_from_the_neutral_eye(puppet, neutral):
    assert measure(neutral, neutral).blink == pytest.approx(0)
    closed = puppet.landmarks(puppet.geometry(face(BLINK)))
    assert measure(closed, neutral).blink > 0.5


def test_commands_are_those_of_the_face():
    moved = face({"jawOpen": 0.4, "eyeBlinkLeft": 0.7}, yaw_deg=10, pitch_deg=-5)
    values = [command(moved, name) for name in ("jaw", "blink", "yaw", "pitch")]
    assert values == pytest.approx([0.4, 0.7, np.radians(10), np.radians(-5)])


def test_sweeps_move_one_thing_and_talk_moves_all():
    for name, faces in sweeps().items():
        for other in ("jaw", "blink", "yaw", "pitch"):
            moves = np.ptp([command(one, other) for one in faces]) > 0
            assert moves == (name == other)
    told = np.array([[command(one, n) for n in ("jaw", "blink", "yaw", "pitch")]
                     for one in talking()])  # fmt: skip
    assert (told.std(0) > 0.05).all()
    assert np.abs(np.corrcoef(told.T) - np.eye(4)).max() < 0.5


def followed(puppet, neutral, seen_share: float) -> tuple[float, float]:
    """A picture that shows only a share of the turn that is asked for."""
    driven = []
    for angle in (-12, -6, 0, 6, 12):
        expected, seen = (
            puppet.landmarks(puppet.geometry(face(yaw_deg=angle * share)))
            for share in (1.0, seen_share)
        )
        driven.append(_Driven(face(yaw_deg=angle), FaceLandmarks(seen, 1.0), expected))
    return _followed(driven, "yaw", neutral, neutral)


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_gain_tells_how_much_of_a_turn_is_seen(puppet, neutral, share):
    correlation, gain = followed(puppet, neutral, share)
    assert correlation > 0.99
    assert gain == pytest.approx(share, rel=0.05)


def test_gain_of_a_blink_is_the_share_of_the_gap_that_goes(puppet, neutral):
    driven = []
    for told in (0.0, 0.5, 1.0):
        seen = neutral.copy()
        for upper, lower in LIDS:
            seen[upper] = seen[lower] + (neutral[upper] - neutral[lower]) * (1 - 0.6 * told)
        asked = face({"eyeBlinkLeft": told, "eyeBlinkRight": told})
        driven.append(_Driven(asked, FaceLandmarks(seen, 1.0), neutral))
    correlation, gain = _followed(driven, "blink", neutral, neutral)
    assert correlation > 0.99
    assert gain == pytest.approx(0.6, abs=0.01)


def test_a_face_that_does_not_follow_has_no_correlation(puppet, neutral):
    assert followed(puppet, neutral, 0.0) == (0.0, 0.0)


def test_a_face_that_turns_the_other_way_is_told(puppet, neutral):
    assert followed(puppet, neutral, -1.0)[0] < -0.99
