import numpy as np
import pytest

from bench.reenactment.witnesses import (
    Hand,
    Witnesses,
    confidence,
    cosine,
    likeness_of_strangers,
    shown_hands,
)
from pipeline.avatar import GALLERY, read_avatar
from pipeline.portrait.landmarks import HandLandmarks
from pipeline.portrait.trackers import Trackers
from training.people.label import Label

NOTHING = np.zeros((768, 512), np.uint8)


def hand_at(x: float, y: float, score: float) -> HandLandmarks:
    return HandLandmarks(np.tile(np.array([x, y, 0.0]), (21, 1)), True, score)


def test_a_hand_is_shown_where_enough_of_it_is_seen():
    label = NOTHING.copy()
    label[600:660, 100:140] = Label.LEFT_HAND
    label[600:610, 300:310] = Label.RIGHT_HAND
    (hand,) = shown_hands(label)
    assert hand.middle == pytest.approx([120, 630])
    assert hand.size_px == pytest.approx(np.hypot(60, 40))


def test_a_hand_found_elsewhere_is_not_this_one():
    hand = Hand(np.array([100.0, 100.0]), 80.0)
    found = [hand_at(110, 120, 0.7), hand_at(95, 100, 0.9), hand_at(300, 100, 1.0)]
    assert confidence(hand, found) == 0.9
    assert confidence(hand, found[2:]) == 0.0


def test_the_cosine_tells_direction_and_not_length():
    assert cosine(np.array([1.0, 1.0]), np.array([3.0, 3.0])) == pytest.approx(1)
    assert cosine(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == pytest.approx(0)


def test_strangers_have_a_cosine_and_a_distance():
    faces = [np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([0.0, 2.0])]
    strangers = likeness_of_strangers(faces)
    assert strangers["identity"] == pytest.approx(1 / 3)
    assert strangers["identity_distance"] == pytest.approx((2**0.5 + 5**0.5 + 1) / 3)
    assert likeness_of_strangers(faces[:1]) == {}


def test_witnesses_see_a_shifted_face_and_a_missing_hand():
    portrait = read_avatar(GALLERY / "maya").portrait
    witnesses = Witnesses(Trackers.load(), None)
    witnesses.meet(portrait)
    label = NOTHING.copy()
    label[640:700, 60:120] = Label.RIGHT_HAND
    same = witnesses.look(portrait, portrait, NOTHING)
    moved = witnesses.look(np.roll(portrait, 8, 1), portrait, label)
    assert same["landmark_pct"] < 1
    assert moved["landmark_pct"] > 5
    assert "identity" not in same
    assert "hand_confidence" not in same
    assert moved["hand_confidence"] < 0.5


def test_without_a_face_only_hands_are_judged():
    witnesses = Witnesses(Trackers.load(), None)
    grey = np.full((768, 512, 3), 127, np.uint8)
    assert witnesses.look(grey, grey, NOTHING) == {}
