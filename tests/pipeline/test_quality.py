"""Steps down and up."""

from threading import Event

import numpy as np
import pytest

from pipeline.live import Live
from pipeline.quality import (
    LITE_TIERS,
    SETTLING_FRAMES,
    SHORTEST_PATIENCE_FRAMES,
    WINDOW_FRAMES,
    Quality,
    Tier,
    ladder,
)
from pipeline.rates import FPS, FRAME_PERIOD_S
from pipeline.stages import Choices
from tests.pipeline.fakes import FakeClock
from tests.pipeline.small_stages import Bar, FrameList, SmallAssembly, TimedSteps, arrivals_s


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
        note(quality, WINDOW_FRAMES, late_every=2, busy=2.5)
        assert quality.tier is tier
    assert quality.changes == len(LITE_TIERS) - 1


def test_a_tier_that_leaves_time_over_may_catch_up_before_the_next_step():
    quality = Quality()
    note(quality, WINDOW_FRAMES, late_every=2, busy=1.2)
    note(quality, SETTLING_FRAMES - 1, late_every=2)
    assert quality.tier is LITE_TIERS[1]
    note(quality, WINDOW_FRAMES, late_every=2)
    assert quality.tier is LITE_TIERS[2]


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


def test_a_slow_machine_draws_every_second_picture_and_is_late_no_more():
    clock = FakeClock()
    camera = FrameList(clock)
    assembly = SmallAssembly(0, clock, 0.045)
    live = Live(assembly, Choices("dark", "calm"), camera, paced=True, clock=clock)
    late = []
    live.run(
        TimedSteps([0.5] * 360, clock, arrivals_s(360)),
        Event(),
        lambda _: late.append(live.statistics.late_frames),
    )
    figures = live.statistics.as_json()
    assert figures["quality"] == LITE_TIERS[1].name
    assert late[-1] - late[150] <= 4
    assert figures["fps"] > 29
    assert np.diff(camera.times_s)[150:].max() < 2.1 * FRAME_PERIOD_S
    assert np.diff(camera.times_s)[320:].max() < 1.8 * FRAME_PERIOD_S


def test_load_beside_it_costs_pictures_and_not_the_rate_of_the_camera_and_passes_without_a_trace():
    clock = FakeClock()
    camera = FrameList(clock)
    assembly = SmallAssembly(0, clock, 0.015)
    live = Live(assembly, Choices("dark", "calm"), camera, paced=True, clock=clock)
    names, drawn = [], []

    def hog(frames):
        assembly.bar.drawing_s = 0.05 if 10 * FPS <= frames < 30 * FPS else 0.015
        names.append(live.statistics.quality)
        drawn.append(frames - live.statistics.frames_dropped)

    live.run(TimedSteps([0.5] * 60 * FPS, clock, arrivals_s(60 * FPS)), Event(), hog)
    assert {*names[: 10 * FPS]} == {"lite"}
    assert names[15 * FPS] == LITE_TIERS[1].name, "soon after the load came"
    assert names[-1] == "lite", "once it went"
    assert live.statistics.quality_changes == 2, "it does not swing"
    assert drawn[29 * FPS] - drawn[19 * FPS] == pytest.approx(5 * FPS, abs=3)
    assert drawn[-1] - drawn[50 * FPS] == pytest.approx(10 * FPS, abs=2)
    seconds = np.histogram(camera.times_s, np.arange(101, 160))[0]
    assert seconds.min() >= FPS - 2, "in every second the camera gets its pictures"
    assert np.diff(camera.times_s)[20 * FPS : 30 * FPS].max() < 2.1 * FRAME_PERIOD_S


def test_a_busy_gpu_gives_way_to_the_lighter_renderer_and_is_tried_again_with_patience():
    clock = FakeClock()
    camera = FrameList(clock)
    assembly = SmallAssembly(0, clock, 0.01)
    assembly.bar.tier = "full"
    assembly.lighter = (Bar(7, clock, 0.012),)
    live = Live(assembly, Choices("dark", "calm"), camera, paced=True, clock=clock)
    seen = []

    def game(frames):
        assembly.bar.drawing_s = 0.06 if 10 * FPS <= frames < 30 * FPS else 0.01
        seen.append((live.statistics.quality, live.statistics.tier))

    live.run(TimedSteps([0.5] * 80 * FPS, clock, arrivals_s(80 * FPS)), Event(), game)
    assert {*seen[: 10 * FPS]} == {("full", "full")}
    assert seen[14 * FPS] == ("lite", "lite"), "soon after the game began"
    assert seen[-1] == ("full", "full"), "once it was over"
    assert {name for name, _ in seen} <= {"full", *(tier.name for tier in LITE_TIERS[:2])}
    assert 10 in camera.greens
    assert 7 in camera.greens
    assert np.diff(camera.times_s).max() < 8 * FRAME_PERIOD_S, "the camera never waits long"
    assert live.statistics.as_json()["fps"] > 29


def test_another_ladder_begins_with_its_best():
    quality, full = Quality(LITE_TIERS), ladder(["full", "lite"])
    note(quality, WINDOW_FRAMES, late_every=2, busy=2.5)
    changes = quality.changes
    quality.offer(LITE_TIERS)
    assert quality.tier is LITE_TIERS[1]
    assert quality.changes == changes
    quality.offer(full)
    assert quality.tier is full[0]
    note(quality, WINDOW_FRAMES, late_every=2, busy=2.5)
    assert quality.tier is full[1]


def test_a_ladder_ends_with_the_lightest_renderer_less_and_less_often():
    tiers = ladder(["full", "lite", "lite"])
    assert [(tier.lighter_by, tier.draw_every) for tier in tiers] == [
        (0, 1), (1, 1), (2, 1), (2, 2), (2, 3),
    ]  # fmt: skip
    names = [tier.name for tier in tiers]
    assert len(set(names)) == len(names)
    assert names[2] == "lite, face not relit"


@pytest.mark.parametrize(("busy", "index"), [(1.1, 1), (2.0, 2)])
def test_what_saves_too_little_is_passed_over(busy, index):
    quality = Quality(tiers := ladder(["lite", "lite"]))
    note(quality, WINDOW_FRAMES, late_every=2, busy=busy)
    assert quality.tier is tiers[index]
