"""Small real stages: motion that follows the sound's loudness, a picture that shows the motion."""

from dataclasses import dataclass, field, replace

import numpy as np

from pipeline.errors import AvatarError, StyleError
from pipeline.names import ACTION_INDEX, BODY_JOINTS, FEATURE_SIZE, IMPLICIT_SIZE
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_PERIOD_S, FRAME_WIDTH_PX, SAMPLES_PER_FRAME
from pipeline.stages import Choices, MotionStages, PictureStages
from pipeline.stream_types import AudioChunk, BodyFrame, FaceFrame, SpeechFrame, State

JAW = ACTION_INDEX["jawOpen"]


class Loudness:
    """Speech features whose only content is how loud it is."""

    def init_state(self) -> int:
        return 0

    def step(self, chunk: AudioChunk, frame: int) -> tuple[SpeechFrame, int]:
        loud = float(np.sqrt(np.mean(np.square(chunk.samples))))
        speech = SpeechFrame(
            frame, np.full(FEATURE_SIZE, loud, np.float32), np.eye(15, dtype=np.float32)[0],
            np.array([1, 0, 0], np.float32), 1.0, 120.0, 20 * np.log10(loud + 1e-5), 0.0,
        )  # fmt: skip
        return speech, frame + 1


@dataclass(frozen=True)
class Jaw:
    """A face whose jaw opens with the loudness, `lookahead_frames` later."""

    lookahead_frames: int
    gain: float

    def init_state(self) -> tuple[SpeechFrame, ...]:
        return ()

    def step(self, speech: SpeechFrame, waiting: tuple) -> tuple[FaceFrame, tuple]:
        waiting = (*waiting, speech)[-1 - self.lookahead_frames :]
        actions = np.zeros(52, np.float32)
        actions[JAW] = min(float(waiting[0].feature[0]) * self.gain, 1.0)
        still = np.zeros(3, np.float32)
        face = FaceFrame(
            speech.frame - self.lookahead_frames, actions, still, still,
            np.zeros((2, 2), np.float32), waiting[0].viseme, State.SPEAKING,
        )  # fmt: skip
        return face, waiting


class Torso:
    """A body that holds still."""

    def init_state(self) -> None:
        return None

    def step(self, face: FaceFrame, speech: SpeechFrame, state: None) -> tuple[BodyFrame, None]:
        joints = np.zeros((len(BODY_JOINTS), 3), np.float32)
        return BodyFrame(face.frame, joints, np.zeros(IMPLICIT_SIZE, np.float32)), None


class JawHeight:
    """Template and motion field in one number: how far the jaw is open."""

    def step(self, face: FaceFrame, body: BodyFrame) -> float:
        return float(face.actions[JAW])


class Same:
    def step(self, geometry: float) -> float:
        return geometry


@dataclass
class Bar:
    """A picture as bright as the jaw is open; drawing takes `drawing_s` of the fake clock.

    faults: raised first, one a picture
    """

    shade: int
    clock: object = None
    drawing_s: float = 0.0
    tier: str = "lite"
    faults: list[Exception] = field(default_factory=list)

    def step(self, field: float) -> np.ndarray:
        if self.faults:
            raise self.faults.pop(0)
        if self.clock is not None:
            self.clock.sleep_until(self.clock.now_s() + self.drawing_s)
        pixels = np.full((FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 3), self.shade, np.uint8)
        pixels[..., 0] = round(255 * field)
        return pixels


class Uncomposed:
    def compose(self, pixels: np.ndarray) -> np.ndarray:
        return pixels


class SmallAssembly:
    """Makes small stages; knows the avatars "dark" and "light" and the styles "calm" and "wild".

    provider: what computes, "small" after `renewed(humbler=True)`, until `restored`
    renewals: what was asked of it; renewal_faults: raised first, one a renewal
    lighter: what draws where the bar takes too long, if there is such
    """

    def __init__(self, lookahead_frames: int = 1, clock: object = None, drawing_s: float = 0.0):
        self.lookahead_frames = lookahead_frames
        self.bar = Bar(0, clock, drawing_s)
        self.lighter: tuple[Bar, ...] = ()
        self.provider = self.first_provider = "small"
        self.is_humbler = False
        self.renewals: list[bool] = []
        self.renewal_faults: list[Exception] = []

    def renewed(self, *, humbler: bool) -> "SmallAssembly":
        self.renewals.append(humbler)
        if self.renewal_faults:
            raise self.renewal_faults.pop(0)
        if humbler and not self.is_humbler:
            self.first_provider, self.provider = self.provider, "small"
            self.is_humbler = self.first_provider != self.provider
        return self

    def restored(self) -> "SmallAssembly":
        if self.renewal_faults:
            raise self.renewal_faults.pop(0)
        self.provider, self.is_humbler = self.first_provider, False
        return self

    def motion_stages(self, choices: Choices) -> MotionStages:
        gains = {"calm": 1.0, "wild": 2.0}
        if choices.style not in gains:
            raise StyleError(f"There is no style {choices.style}.")
        gain = gains[choices.style] * choices.settings.expression
        return MotionStages(
            Loudness(), Jaw(self.lookahead_frames, gain), Torso(), self.provider, 0.0
        )

    def picture_stages(self, choices: Choices) -> PictureStages:
        shades = {"dark": 10, "light": 200}
        if choices.avatar not in shades:
            raise AvatarError(f"There is no avatar {choices.avatar}.")
        self.bar = replace(self.bar, shade=shades[choices.avatar])
        return PictureStages(JawHeight(), Same(), self.bar, Uncomposed(), self.lighter)


class FrameList:
    """A camera that keeps what it gets: red of the first pixel, and the sound."""

    name = "list"

    def __init__(self, clock: object = None) -> None:
        self.reds: list[int] = []
        self.greens: list[int] = []
        self.times_s: list[float] = []
        self.samples: list[np.ndarray] = []
        self.frames_sent = 0
        self._clock = clock

    def send(self, frame: np.ndarray) -> None:
        self.reds.append(int(frame[0, 0, 0]))
        self.greens.append(int(frame[0, 0, 1]))
        if self._clock is not None:
            self.times_s.append(self._clock.now_s())
        self.frames_sent += 1

    def send_audio(self, samples: np.ndarray) -> None:
        self.samples.append(samples)

    def close(self) -> None:
        """Nothing to release."""


class Steps:
    """A source at full speed whose chunk n has the constant amplitude `amplitudes[n]`."""

    name = "steps"
    lost_samples = 0
    xruns = 0
    backlog_samples = 0

    def __init__(self, amplitudes: list[float]) -> None:
        self._amplitudes = amplitudes
        self._next = 0

    @property
    def ended(self) -> bool:
        return self._next >= len(self._amplitudes)

    def read(self, timeout_s: float) -> AudioChunk | None:
        if self.ended:
            return None
        samples = np.full(SAMPLES_PER_FRAME, self._amplitudes[self._next], np.float32)
        self._next += 1
        return AudioChunk(samples, (self._next - 1) * SAMPLES_PER_FRAME, 0.0)

    def close(self) -> None:
        """Nothing to release."""


class TimedSteps(Steps):
    """The same in the time of a fake clock: chunk n is complete at `arrivals_s[n]`."""

    def __init__(self, amplitudes: list[float], clock: object, arrivals_s: list[float]) -> None:
        super().__init__(amplitudes)
        self._clock = clock
        self._arrivals_s = arrivals_s

    @property
    def backlog_samples(self) -> int:
        arrived = sum(arrival_s <= self._clock.now_s() for arrival_s in self._arrivals_s)
        return max(arrived - self._next, 0) * SAMPLES_PER_FRAME

    def read(self, timeout_s: float) -> AudioChunk | None:
        if self.ended:
            return None
        arrival_s = self._arrivals_s[self._next]
        latest_s = self._clock.now_s() + timeout_s
        self._clock.sleep_until(min(arrival_s, latest_s))
        if arrival_s > latest_s:
            return None
        chunk = super().read(timeout_s)
        return replace(chunk, capture_time_s=arrival_s)


def arrivals_s(count: int, start_s: float = 100.0) -> list[float]:
    """When the chunks of a sound in real time are complete, by a clock that begins at `start_s`."""
    return [start_s + (index + 1) * FRAME_PERIOD_S for index in range(count)]
