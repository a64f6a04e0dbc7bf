"""The loop: from sound to picture, one video frame after the other.

    source -> speech_features -> face_motion -> body_motion -> template -> motion_field -> renderer
      -> composer -> camera (a virtual one, or a file) | preview

`Live._predict`, `Live._draw` and `Delivery.send` are that line, written out. The same loop follows
a microphone in real time (with deadlines) and works off a file at full speed (without).
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from threading import Event

import numpy as np

from pipeline.audio_source import AudioSource
from pipeline.camera import Camera
from pipeline.clock import Clock, MonotonicClock
from pipeline.deadlines import Deadlines, Verdict
from pipeline.delivery import Delivery
from pipeline.engine_builder import EngineBuilder
from pipeline.engine_room import EngineRoom
from pipeline.journey import Journey
from pipeline.latency_target import Buffering
from pipeline.level import SILENCE_DB, level_db
from pipeline.mailbox import Mailbox
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.notices import Notices
from pipeline.opencv_threads import opencv_on_one_thread
from pipeline.pacer import Pacer
from pipeline.picture_settings import PictureSettings
from pipeline.quality import Quality
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.stages import Assembly, Choices
from pipeline.statistics import Statistics
from pipeline.stream_types import AudioChunk, BodyFrame, FaceFrame, VideoFrame
from pipeline.voice_out import VoiceOut
from pipeline.watchdog import Watchdog

READ_TIMEOUT_S = 0.1
LONGEST_LOOKAHEAD_FRAMES = 16
# How often the camera gets the last picture again while nobody looks.
RESTING_PERIOD_FRAMES = FPS // 2
# Somebody who comes waits this much longer at most.
NAP_S = 0.1
SILENCE = np.zeros(SAMPLES_PER_FRAME, np.float32)


class Live:
    """One run from a source of sound to a camera and the preview.

    camera: gets a picture at every deadline, and the sound of every frame of the media clock
    recording: gets the motion of every frame
    paced: in real time, as the source delivers; otherwise as fast as the machine can
    buffering: how quick or smooth that is (the look-ahead is the assembly's)
    playback: a recorded motion, shown in place of the predicted one; its last pose is held
    frame_limit: end after this many frames
    notices: told what is amiss; builder: of engines, for those who need another one
    voice_out: follows the latency of the pictures; quality: gives way on a busy machine
    is_watched: whether anybody may see the next picture; where nobody does, motion pauses

    Loads everything when it is made; `run` is called once, on the thread that owns the devices.
    One other thread may call `set_*` (taken over between two frames), `latest_frame` and
    `level_db` and read `statistics`.
    """

    def __init__(
        self,
        assembly: Assembly,
        choices: Choices,
        camera: Camera,
        *,
        paced: bool = False,
        buffering: Buffering | None = None,
        playback: Motion | None = None,
        recording: Motion | None = None,
        frame_limit: int | None = None,
        voice_out: VoiceOut | None = None,
        quality: Quality | None = None,
        is_watched: Callable[[], bool] | None = None,
        clock: Clock | None = None,
        notices: Notices | None = None,
        builder: EngineBuilder | None = None,
    ) -> None:
        self._camera = camera
        self._recording = recording
        self._clock = clock or MonotonicClock()
        self._deadlines = (
            Deadlines(Pacer(FPS, self._clock), self._clock, buffering) if paced else None
        )
        self._playback = None if playback is None else tuple(playback.frames())
        self._frame_limit = frame_limit
        self._voice_out = voice_out
        self._is_watched = is_watched or (lambda: True)
        self._preview: Mailbox[VideoFrame] = Mailbox()
        self._muted = False
        self._level_db = (SILENCE_DB, SILENCE_DB)
        self._source: AudioSource
        self._notices = notices or Notices()
        self._room = EngineRoom(
            assembly,
            choices,
            clock=self._clock,
            notices=self._notices,
            in_real_time=paced,
            builder=builder,
        )
        self._offering = self._room.engine
        self._quality = quality or Quality(self._offering.tiers)
        self._restart()

    def warm_up(self) -> None:
        """Take the slow first calls before the microphone is opened and time counts."""
        self._room.warm_up()
        self._restart()

    def run(
        self, source: AudioSource, stop: Event, on_frame: Callable[[int], None] | None = None
    ) -> None:
        """Work until the source ends, the limit is reached or `stop` is set.

        on_frame: told after each step how many frames are done.
        Raises UserError for what the user can act on.
        """
        self._source = source
        with self._watchdog(), opencv_on_one_thread():
            for chunk in self._read_chunks(stop):
                if self._room.follow():
                    self._init_states()
                self._offer_tiers()
                self._delivery.pay()
                if not self._delivery.has_begun or self._is_watched():
                    self._work(chunk)
                else:
                    self._rest(chunk)
                self._take_counts()
                if on_frame is not None:
                    on_frame(self._frames)
            self._delivery.pay()

    def _watchdog(self) -> AbstractContextManager[object]:
        if self._deadlines is None:
            return nullcontext()
        return Watchdog(lambda: self.statistics, self._notices, self._clock)

    def _work(self, chunk: AudioChunk) -> None:
        """One frame; in real time a stage that fails costs pictures, not the run."""
        if self._room.is_down:
            self._stand_still(chunk)
            return
        try:
            motion = self._move(chunk)
            if motion is not None:
                self._show(*motion)
        except Exception as fault:  # of whatever library computes
            self._room.fail(fault)
            self._delivery.repeat()

    def _stand_still(self, chunk: AudioChunk) -> None:
        """The last picture again, while there is no engine that works."""
        self._camera.send_audio(chunk.samples)
        self._frames += 1
        self.statistics.frames_dropped += 1
        self._delivery.repeat()

    def _rest(self, chunk: AudioChunk) -> None:
        """Nobody looks: keep the last picture there for who comes, and listen."""
        self._recent_chunks.appendleft((chunk, self._clock.now_s()))
        self._camera.send_audio(chunk.samples)
        self._frames += 1
        self.statistics.rested_frames += 1
        if self._frames % RESTING_PERIOD_FRAMES == 0:
            self._delivery.show_again()
        if self._source.backlog_samples < SAMPLES_PER_FRAME:
            # Sound that is taken in heaps costs less.
            self._clock.sleep_until(self._clock.now_s() + NAP_S)

    def _read_chunks(self, stop: Event) -> Iterator[AudioChunk]:
        """The sound; behind its end silence, until the look-ahead has given up its frames."""
        chunks = next_sample = 0
        while not (stop.is_set() or self._source.ended or chunks == self._frame_limit):
            had_waited = self._source.backlog_samples >= SAMPLES_PER_FRAME
            chunk = self._source.read(READ_TIMEOUT_S)
            if chunk is None:
                if not self._source.ended:
                    self._delivery.repeat()
                continue
            if self._muted:
                chunk = replace(chunk, samples=SILENCE)
            self._level_db = level_db(chunk.samples)
            chunks += 1
            next_sample = chunk.start_sample + SAMPLES_PER_FRAME
            if self._deadlines is not None:
                self._deadlines.hear(next_sample, chunk.capture_time_s, had_waited=had_waited)
            yield chunk
        for _ in range(LONGEST_LOOKAHEAD_FRAMES):
            if stop.is_set() or self._frames >= chunks:
                break
            yield AudioChunk(SILENCE, next_sample, self._clock.now_s())
            next_sample += SAMPLES_PER_FRAME

    def _move(self, chunk: AudioChunk) -> tuple[FaceFrame, BodyFrame] | None:
        """The motion to show next; None while the look-ahead fills."""
        if self._playback is not None:
            return self._replay(chunk)
        waiting, deadlines = self._source.backlog_samples, self._deadlines
        if deadlines is not None and self._held is not None and deadlines.are_hopeless(waiting):
            self._recent_chunks.appendleft((chunk, self._clock.now_s()))
            self._take_place()
            return self._held
        self._held = self._predict(chunk)
        return self._held

    def _predict(self, chunk: AudioChunk) -> tuple[FaceFrame, BodyFrame] | None:
        """From sound to motion; None while the look-ahead fills."""
        stages, time = self._room.engine.motion, self.statistics.stage
        self._recent_chunks.appendleft((chunk, self._clock.now_s()))
        with time("speech_features"):
            speech, self._speech_state = stages.speech_features.step(chunk, self._speech_state)
        with time("face_motion"):
            face, self._face_state = stages.face_motion.step(speech, self._face_state)
        if face.frame < 0:
            return None
        self._lookahead_frames = speech.frame - face.frame
        self._take_place()
        with time("body_motion"):
            body, self._body_state = stages.body_motion.step(face, speech, self._body_state)
        return face, body

    def _take_place(self) -> None:
        """The frame to show is as old as the look-ahead."""
        self._chunk, heard_s = self._recent_chunks[self._lookahead_frames]
        self._journey = Journey.begin(self._chunk, heard_s, self._recent_chunks[0][1])

    def _replay(self, chunk: AudioChunk) -> tuple[FaceFrame, BodyFrame]:
        """The recorded motion in place of the predicted one."""
        assert self._playback is not None
        self._chunk, now_s = chunk, self._clock.now_s()
        self._journey = Journey.begin(chunk, now_s, now_s)
        return self._playback[min(self._frames, len(self._playback) - 1)]

    def _show(self, face: FaceFrame, body: BodyFrame) -> None:
        """Draw and deliver one frame, or what the deadlines allow in its place."""
        if self._recording is not None:
            self._recording.append(face, body)
        self._camera.send_audio(self._chunk.samples)
        self._frames += 1
        verdict = self._judge()
        if verdict is Verdict.DRAW and self._draws():
            self._journey.moved_s = self._clock.now_s()
            pixels = self._draw(face, body)
            self._journey.drawn_s = self._clock.now_s()
            frame = VideoFrame(pixels, self._chunk.start_sample, self._chunk.capture_time_s)
            is_late = self._delivery.send(frame, self._journey)
            self._note_quality(is_late, is_drawn=True)
        else:
            self._leave_out(verdict)

    def _leave_out(self, verdict: Verdict) -> None:
        """This frame gets no picture of its own."""
        self._journey.drawn_s = self._clock.now_s()
        is_late = verdict is not Verdict.DRAW
        self.statistics.frames_dropped += 1
        self.statistics.late_frames += is_late
        if verdict is Verdict.DRAW:
            self._delivery.owe()
        elif verdict is Verdict.RESEND:
            self._delivery.repeat()
        self._note_quality(is_late, is_drawn=False)

    def _judge(self) -> Verdict:
        if self._deadlines is None or not self._delivery.has_begun:
            return Verdict.DRAW
        return self._deadlines.judge(self._source.backlog_samples)

    def _note_quality(self, is_late: bool, is_drawn: bool) -> None:
        if self._deadlines is not None:
            self._quality.note(is_late, self._journey.work_s / FRAME_PERIOD_S, is_drawn)

    def _offer_tiers(self) -> None:
        """Another engine may have others."""
        if self._room.engine is not self._offering:
            self._offering = self._room.engine
            self._quality.offer(self._offering.tiers)

    def _draws(self) -> bool:
        """Whether the quality of the moment has a picture for this frame."""
        if self._deadlines is None or not self._delivery.has_begun:
            return True
        return self._quality.draws(self._frames)

    def _draw(self, face: FaceFrame, body: BodyFrame) -> np.ndarray:
        """From motion to the picture that goes out, (height, width, 3) uint8."""
        stages, time = self._room.engine.picture, self.statistics.stage
        with time("template"):
            geometry = stages.template.step(face, body)
        with time("motion_field"):
            field = stages.motion_field.step(geometry)
        with time("renderer"):
            pixels = stages.renderers[self._quality.tier.lighter_by].step(field)
        with time("composer"):
            return stages.composer.compose(pixels)

    def _restart(self) -> None:
        """Frame 0 comes next."""
        self._init_states()
        # each with the time at which it was read
        self._recent_chunks: deque[tuple[AudioChunk, float]] = deque(
            maxlen=LONGEST_LOOKAHEAD_FRAMES + 1
        )
        self._chunk = AudioChunk(SILENCE, 0, 0.0)
        self._journey = Journey()
        self._held: tuple[FaceFrame, BodyFrame] | None = None
        self._lookahead_frames = 0
        self._frames = 0
        self.statistics = Statistics(self._clock.now_s)
        self._delivery = Delivery(
            self._camera,
            self._preview,
            deadlines=self._deadlines,
            statistics=self.statistics,
            clock=self._clock,
            on_latency=None if self._voice_out is None else self._voice_out.follow,
        )

    def _init_states(self) -> None:
        stages = self._room.engine.motion
        self._speech_state = stages.speech_features.init_state()
        self._face_state = stages.face_motion.init_state()
        self._body_state = stages.body_motion.init_state()

    def _take_counts(self) -> None:
        statistics = self.statistics
        statistics.xruns = self._source.xruns
        statistics.audio_lost_samples = self._source.lost_samples
        engine, tier = self._room.engine, self._quality.tier
        statistics.provider = engine.provider
        statistics.quality = tier.name
        statistics.quality_changes = self._quality.changes
        statistics.tier = engine.picture.renderers[tier.lighter_by].tier
        if self._frames % FPS == 0:
            statistics.sample_memory()

    @property
    def shown_avatar(self) -> str:
        """Which one the pictures show; another is wanted until it is loaded."""
        return self._room.engine.choices.avatar

    @property
    def engine_failed(self) -> bool:
        """The engine that the run began with is of no use any more."""
        return self._room.has_failed

    def set_avatar(self, name: str) -> None:
        """Show another avatar from the next frame on."""
        self._room.wanted = replace(self._room.wanted, avatar=name)

    def set_style(self, name: str) -> None:
        """Move in another style from the next frame on."""
        self._room.wanted = replace(self._room.wanted, style=name)

    def set_motion(self, expression: float, head: float, gesture: float) -> None:
        """Move more or less from the next frame on; see MotionSettings."""
        settings = MotionSettings(expression, head, gesture)
        self._room.wanted = replace(self._room.wanted, settings=settings)

    def set_picture(self, settings: PictureSettings) -> None:
        """Another background, framing or label from the next frame on."""
        self._room.wanted = replace(self._room.wanted, picture=settings)

    def set_muted(self, muted: bool) -> None:
        """Hear silence, or the source again; the avatar goes on living. So does the voice out."""
        self._muted = muted
        if self._voice_out is not None:
            self._voice_out.set_open(not muted)

    def latest_frame(self) -> np.ndarray | None:
        """The newest picture (height, width, 3) uint8, never written again; None before it."""
        shown = self.latest_shown()
        return None if shown is None else shown.pixels

    def latest_shown(self) -> VideoFrame | None:
        """The same with the place of its sound on the media clock; while `Camera.send` runs, the
        picture that is sent."""
        return self._preview.latest()

    def level_db(self) -> tuple[float, float]:
        """Peak and mean level of the last chunk, decibels of full scale (-100 in silence)."""
        return self._level_db
