"""Steps down and up."""

import pytest

from pipeline.quality import (
    LITE_TIERS,
    SHORTEST_PATIENCE_FRAMES,
    WINDOW_FRAMES,
    Quality,
    Tier,
)


def note(quality, frames, late_every=0, busy=0.5):
    for frame in range(frames):
        quality.note(late_every > 0 and frame % late_every == 0, busy)


def test_it_begins_with_the_best():
    assert Quality().tier is LITE_TIERS[0]


def test_a_few_late_frames_change_nothing():
    quality = Quality()
    note(quality, 1000, late_every=10)
    assert quality.tier is LITE_TIERS[0]


def test_many_late_frames_step_down_one_at_a_time_to_the_last():
    quality = Quality()
    for tier in (*LITE_TIERS[1:], LITE_TIERS[-1]):
        note(quality, WINDOW_FRAMES, late_every=2)
        assert quality.tier is tier
    assert quality.changes == len(LITE_TIERS) - 1


def test_it_comes_back_after_a_quiet_time_only():
    quality = Quality()
    note(quality, WINDOW_FRAMES, late_every=2)
    note(quality, SHORTEST_PATIENCE_FRAMES - 1)
    assert quality.tier is LITE_TIERS[1]
    note(quality, 1)
    assert quality.tier is LITE_TIERS[0]


def test_without_time_left_over_it_stays_down():
    quality = Quality()
    note(quality, WINDOW_FRAMES, late_every=2)
    note(quality, 10 * SHORTEST_PATIENCE_FRAMES, busy=0.95)
    assert quality.tier is LITE_TIERS[1]


def test_what_frames_without_a_picture_leave_over_does_not_count():
    quality = Quality([Tier("good"), Tier("plain", 2)])
    note(quality, WINDOW_FRAMES, late_every=2)
    for frame in range(10 * SHORTEST_PATIENCE_FRAMES):
        is_drawn = quality.draws(frame)
        quality.note(False, 1.3 if is_drawn else 0.2, is_drawn)
    assert quality.tier.name == "plain"


def test_a_step_up_that_fails_is_tried_again_later_and_later():
    quality = Quality([Tier("good"), Tier("plain", 2)])
    waits = []
    for _ in range(4):
        note(quality, WINDOW_FRAMES, late_every=2)
        frames = 0
        while quality.tier.name == "plain":
            note(quality, 1)
            frames += 1
        waits.append(frames)
    assert waits == [240, 480, 960, 1920]


def test_a_step_up_that_held_makes_it_patient_no_longer():
    quality = Quality([Tier("good"), Tier("plain", 2)])
    for _ in range(3):
        note(quality, WINDOW_FRAMES, late_every=2)
        while quality.tier.name == "plain":
            note(quality, 1)
    note(quality, 1000)
    note(quality, WINDOW_FRAMES, late_every=2)
    note(quality, SHORTEST_PATIENCE_FRAMES)
    assert quality.tier.name == "good"


def test_every_second_frame_is_drawn_regularly():
    quality = Quality([Tier("plain", 2)])
    assert [quality.draws(frame) for frame in range(4)] == [True, False, True, False]


def test_no_tier_is_refused():
    with pytest.raises(ValueError, match="tier"):
        Quality([])
