"""The loop, with small stages and a clock that only tests move."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from pipeline.engine_builder import ImmediateBuilder
from pipeline.errors import AvatarError, MediaError
from pipeline.journey import LEGS
from pipeline.latency_target import FIRST_SLACK_S as SLACK_S
from pipeline.latency_target import Buffering
from pipeline.live import Live
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.names import ACTION_INDEX
from pipeline.notices import Notices
from pipeline.rates import FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.silent_source import SilentSource
from pipeline.stages import Choices
from tests.pipeline.fakes import FakeClock
from tests.pipeline.small_stages import FrameList, SmallAssembly, Steps, TimedSteps, arrivals_s

DARK = Choices("dark", "calm")
RAMP = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
MIDDLE = Buffering(2)
RAMP_REDS = [0, 26, 51, 76, 102, 128]


@pytest.mark.parametrize("lookahead_frames", [0, 1, 4])
def test_every_chunk_gets_its_own_frame_and_sound(lookahead_frames):
    camera = FrameList()
    live = Live(SmallAssembly(lookahead_frames), DARK, camera)
    live.run(Steps(RAMP), Event())
    assert camera.reds == pytest.approx(RAMP_REDS, abs=1)
    assert [samples[0] for samples in camera.samples] == pytest.approx(RAMP)


def test_a_file_shorter_than_the_lookahead_still_gets_its_frames():
    camera = FrameList()
    Live(SmallAssembly(4), DARK, camera).run(Steps([0.5, 0.5]), Event())
    assert len(camera.reds) == len(camera.samples) == 2


def test_the_frame_limit_ends_the_run():
    camera = FrameList()
    Live(SmallAssembly(), DARK, camera, frame_limit=3).run(Steps(RAMP), Event())
    assert camera.reds == pytest.approx(RAMP_REDS[:3], abs=1)


def test_stop_ends_the_run_between_two_frames():
    stop, camera = Event(), FrameList()

    def stop_after_two(frames):
        if frames == 2:
            stop.set()

    Live(SmallAssembly(), DARK, camera).run(Steps(RAMP), stop, stop_after_two)
    assert len(camera.reds) == len(camera.samples) == 2


def test_recorded_motion_played_back_shows_the_same_pictures():
    recording, first, second = Motion(), FrameList(), FrameList()
    Live(SmallAssembly(), DARK, first, recording=recording).run(Steps(RAMP), Event())
    Live(SmallAssembly(), DARK, second, playback=recording).run(
        SilentSource(len(recording)), Event()
    )
    assert second.reds == first.reds


def test_playback_holds_its_last_pose_while_the_sound_goes_on():
    recording, camera = Motion(), FrameList()
    Live(SmallAssembly(0), DARK, FrameList(), recording=recording).run(Steps([0.1, 0.4]), Event())
    Live(SmallAssembly(0), DARK, camera, playback=recording).run(SilentSource(4), Event())
    assert camera.reds == pytest.approx([26, 102, 102, 102], abs=1)


def test_the_recording_has_the_motion_of_every_frame():
    recording = Motion()
    Live(SmallAssembly(), DARK, FrameList(), recording=recording).run(Steps(RAMP), Event())
    jaws = [face.actions[ACTION_INDEX["jawOpen"]] for face, _ in recording.frames()]
    assert jaws == pytest.approx(RAMP)


def test_warming_up_leaves_no_trace():
    plain, warm = FrameList(), FrameList()
    Live(SmallAssembly(), DARK, plain).run(Steps(RAMP), Event())
    live = Live(SmallAssembly(), DARK, warm)
    live.warm_up()
    live.run(Steps(RAMP), Event())
    assert warm.reds == plain.reds
    assert live.statistics.frames_sent == len(RAMP)


def test_muting_makes_silence_of_the_sound():
    camera = FrameList()
    live = Live(SmallAssembly(0), DARK, camera)
    live.run(Steps([0.5] * 4), Event(), lambda frames: live.set_muted(frames in (1, 2)))
    assert camera.reds == pytest.approx([128, 0, 0, 128], abs=1)
    assert [samples[0] for samples in camera.samples] == pytest.approx([0.5, 0.0, 0.0, 0.5])


def test_choices_are_taken_over_between_two_frames():
    camera = FrameList()
    live = Live(SmallAssembly(0), DARK, camera)
    changes = {
        1: lambda: live.set_avatar("light"),
        2: lambda: live.set_style("wild"),
        3: lambda: live.set_motion(0.0, 1.0, 1.0),
    }
    live.run(Steps([0.2] * 4), Event(), lambda frames: changes.get(frames, bool)())
    assert camera.greens == [10, 200, 200, 200]
    assert camera.reds == pytest.approx([51, 51, 102, 0], abs=1)


def test_an_unknown_avatar_is_refused_before_anything_runs():
    with pytest.raises(AvatarError):
        Live(SmallAssembly(), Choices("nobody", "calm"), FrameList())


def test_intensities_out_of_range_are_refused_where_they_are_set():
    live = Live(SmallAssembly(), DARK, FrameList())
    with pytest.raises(Exception, match="0 to 2"):
        live.set_motion(7.0, 1.0, 1.0)
    assert live._room.wanted.settings == MotionSettings()


def test_level_and_latest_frame_follow_the_sound():
    live = Live(SmallAssembly(0), DARK, FrameList())
    assert live.latest_frame() is None
    assert live.level_db() == (-100.0, -100.0)
    live.run(Steps([0.5]), Event())
    assert live.level_db() == pytest.approx((-6.02, -6.02), abs=0.01)
    newest = live.latest_frame()
    assert newest is not None
    assert newest[0, 0, 0] == 128


def run_paced(drawing_s, arrivals, lookahead_frames=0, buffering=MIDDLE):
    clock = FakeClock()
    camera = FrameList(clock)
    assembly = SmallAssembly(lookahead_frames, clock, drawing_s)
    live = Live(assembly, DARK, camera, paced=True, buffering=buffering, clock=clock)
    live.run(TimedSteps([0.5] * len(arrivals), clock, arrivals), Event())
    return live.statistics.as_json(), camera


def test_a_fast_machine_sends_every_frame_on_time():
    figures, camera = run_paced(0.015, arrivals_s(90))
    assert figures["frames_sent"] == 90
    assert figures["late_frames"] == figures["frames_dropped"] == 0
    assert figures["fps"] == pytest.approx(30.0, abs=0.01)
    assert np.diff(camera.times_s) == pytest.approx(FRAME_PERIOD_S)


def test_latency_is_drawing_and_slack_behind_the_sound_of_the_frame():
    figures, _ = run_paced(0.015, arrivals_s(90))
    assert figures["latency_ms"]["p95"] == pytest.approx(15 + SLACK_S * 1000, rel=0.03)
    figures, _ = run_paced(0.015, arrivals_s(90), lookahead_frames=2)
    assert figures["latency_ms"]["p50"] == pytest.approx(2000 / 30 + 15 + SLACK_S * 1000, rel=0.03)
    assert figures["av_offset_ms"] == pytest.approx(2000 / 30 + 15 + SLACK_S * 1000, rel=0.03)


def test_the_legs_of_the_way_add_up_to_the_latency():
    figures, _ = run_paced(0.015, arrivals_s(90), lookahead_frames=2)
    legs = {name: times["p50"] for name, times in figures["latency_legs_ms"].items()}
    assert tuple(legs) == LEGS
    assert legs["look_ahead"] == pytest.approx(2000 / 30, rel=0.03)
    assert legs["picture"] == pytest.approx(15, rel=0.03)
    # Sound waits, too, while the picture before is held back to its deadline.
    assert legs["capture"] + legs["buffer"] == pytest.approx(SLACK_S * 1000, rel=0.05)
    assert sum(legs.values()) == pytest.approx(figures["latency_ms"]["p50"], rel=0.03)


def test_automatic_buffers_keep_no_more_in_hand_than_pictures_need():
    figures, camera = run_paced(0.015, arrivals_s(400), buffering=Buffering())
    assert figures["late_frames"] == figures["frames_dropped"] == 0
    assert figures["latency_ms"]["p50"] < 23
    assert np.abs(np.diff(camera.times_s) - FRAME_PERIOD_S).max() < 0.0006


def test_a_slow_machine_repeats_frames_and_keeps_pace_with_the_sound():
    figures, camera = run_paced(0.045, arrivals_s(120))
    assert figures["frames_dropped"] > 20
    assert figures["frames_sent"] + 3 >= 120
    assert figures["latency_ms"]["p99"] < 130
    assert len(camera.samples) == 120


def test_a_machine_that_is_much_too_slow_stays_close_to_the_sound():
    figures, camera = run_paced(0.13, arrivals_s(300))
    assert figures["latency_ms"]["p99"] < 234 + SLACK_S * 1000
    assert figures["frames_sent"] > 60
    assert len(camera.samples) == 300


class SlowlyHeard(SmallAssembly):
    """Hearing alone takes longer than a frame lasts."""

    def __init__(self, clock, hearing_s):
        super().__init__(0, clock, 0.01)
        self._clock, self._hearing_s = clock, hearing_s

    def motion_stages(self, choices):
        stages = super().motion_stages(choices)
        heard, clock, hearing_s = stages.speech_features, self._clock, self._hearing_s

        class Slow:
            init_state = heard.init_state

            def step(self, chunk, state):
                clock.advance(hearing_s)
                return heard.step(chunk, state)

        return replace(stages, speech_features=Slow())


def test_where_motion_itself_is_too_slow_the_camera_keeps_its_rate_and_the_sound_its_place():
    clock = FakeClock()
    camera = FrameList(clock)
    live = Live(SlowlyHeard(clock, 0.045), DARK, camera, paced=True, clock=clock)
    live.run(TimedSteps([0.5] * 300, clock, arrivals_s(300)), Event())
    figures = live.statistics.as_json()
    assert len(camera.samples) == 300
    assert figures["fps"] > 19
    assert figures["latency_ms"]["p99"] < 450
    assert figures["frames_dropped"] > 100


def test_where_nobody_looks_nothing_is_drawn_and_who_comes_sees_the_avatar_at_once():
    clock, watched = FakeClock(), [True]
    camera = FrameList(clock)
    assembly = SmallAssembly(1, clock, 0.01)
    live = Live(assembly, DARK, camera, paced=True, clock=clock, is_watched=lambda: watched[0])

    def come_and_go(frames):
        watched[0] = not 30 <= frames < 150

    amplitudes = [0.2] * 60 + [0.6] * 140
    live.run(TimedSteps(amplitudes, clock, arrivals_s(200)), Event(), come_and_go)
    figures = live.statistics.as_json()
    assert figures["rested_frames"] == pytest.approx(120, abs=2)
    assert figures["stages_ms"]["renderer"]["p50"] == pytest.approx(10, rel=0.03)
    assert len(camera.samples) == 200
    sent_while_resting = [time_s for time_s in camera.times_s if 101.2 < time_s < 104.8]
    assert len(sent_while_resting) == pytest.approx(7, abs=1)
    assert camera.reds[-1] == pytest.approx(153, abs=1)
    assert figures["latency_ms"]["p99"] < 150
    back = next(n for n, time_s in enumerate(camera.times_s) if time_s > 105.1)
    assert np.diff(camera.times_s[back:]).max() < 1.6 * FRAME_PERIOD_S


def test_a_stall_is_not_followed_by_a_burst():
    clock = FakeClock()
    camera = FrameList(clock)
    live = Live(SmallAssembly(0), DARK, camera, paced=True, clock=clock)
    arrivals = arrivals_s(60)

    def stall_once(frames):
        if frames == 30:
            clock.advance(0.5)

    live.run(TimedSteps([0.5] * 60, clock, arrivals), Event(), stall_once)
    gaps_s = np.diff(camera.times_s)
    after_stall = int(gaps_s.argmax()) + 1
    assert sum(gaps_s[after_stall : after_stall + 5] < 0.01) <= 3
    assert len(camera.samples) == 60
    assert live.statistics.frames_dropped >= 12


def test_a_microphone_that_pauses_does_not_stop_the_camera():
    arrivals = arrivals_s(30)
    arrivals[15:] = [arrival + 1.0 for arrival in arrivals[15:]]
    figures, camera = run_paced(0.01, arrivals)
    assert np.diff(camera.times_s).max() < 0.15
    assert len(camera.samples) == 30
    assert figures["frames_sent"] > 30


def test_a_sound_card_faster_than_our_clock_builds_no_queue():
    arrivals = [100.0 + (index + 1) * FRAME_PERIOD_S * 0.995 for index in range(1500)]
    figures, _ = run_paced(0.01, arrivals)
    assert figures["latency_ms"]["p99"] < 110
    assert figures["frames_dropped"] < 15


def test_counts_of_the_source_are_passed_on():
    source = Steps(RAMP)
    source.xruns, source.lost_samples = 3, SAMPLES_PER_FRAME
    live = Live(SmallAssembly(), DARK, FrameList())
    live.run(source, Event())
    figures = live.statistics.as_json()
    assert (figures["xruns"], figures["audio_lost_samples"]) == (3, SAMPLES_PER_FRAME)
    assert (figures["provider"], figures["tier"]) == ("small", "lite")
    assert set(figures["stages_ms"]) == {
        "speech_features", "face_motion", "body_motion", "template", "motion_field", "renderer",
        "composer", "camera",
    }  # fmt: skip


class GatedBuilder(ImmediateBuilder):
    """Makes engines in no time once `gate` is set."""

    def __init__(self):
        super().__init__()
        self.gate = Event()
        self.gate.set()

    def take(self):
        return super().take() if self.gate.is_set() else None


def test_an_engine_that_fails_costs_pictures_and_not_the_run(caplog):
    caplog.set_level("CRITICAL")
    clock, notices, builder = FakeClock(), Notices(), GatedBuilder()
    camera, assembly = FrameList(clock), SmallAssembly(0, clock, 0.01)
    live = Live(
        assembly, DARK, camera, paced=True, clock=clock, notices=notices, builder=builder
    )  # fmt: skip
    told = []

    def break_and_mend(frames):
        if frames == 20:
            builder.gate.clear()
            lost = RuntimeError("CUDA error: unspecified launch failure")
            assembly.bar.faults += [lost, lost]
        if frames == 35:
            told.extend(notices.sentences())
            builder.gate.set()

    levels = [0.5] * 20 + [0.9] * 40
    live.run(TimedSteps(levels, clock, arrivals_s(60)), Event(), break_and_mend)
    assert len(camera.samples) == 60, "sound is never left out"
    assert np.diff(camera.times_s).max() < 3 * FRAME_PERIOD_S, "the camera gets its pictures"
    assert set(camera.reds[21:33]) == {128}, "the last one stands"
    assert min(camera.reds[40:]) > 225
    assert told == [
        "The graphics card stopped answering. The last picture stands until it is mended."
    ]
    assert notices.sentences() == ()
    assert live.engine_failed


def test_a_fault_ends_work_that_is_not_in_real_time():
    assembly = SmallAssembly(0)
    live = Live(assembly, DARK, FrameList())
    assembly.bar.faults.append(ZeroDivisionError("division by zero"))
    with pytest.raises(ZeroDivisionError):
        live.run(Steps(RAMP), Event())


def test_a_camera_file_that_cannot_be_written_ends_the_run():
    class Full(FrameList):
        def send(self, frame):
            raise MediaError("The disk is full.")

    clock = FakeClock()
    live = Live(SmallAssembly(0, clock), DARK, Full(), paced=True, clock=clock)
    with pytest.raises(MediaError):
        live.run(TimedSteps([0.5] * 3, clock, arrivals_s(3)), Event())
