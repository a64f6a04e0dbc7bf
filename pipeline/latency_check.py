"""The self-test of the latency: sharp sounds go in, the first pictures whose mouth moves are found.

What is measured here comes from pixels and the clock alone. It is held against what the chain
reports of itself, with the help of the same sound worked off without real time, which tells by how
many frames the lips themselves answer later than the frame of the sound.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import numpy as np

from pipeline.clock import Clock, MonotonicClock
from pipeline.errors import UserError
from pipeline.face_landmarks import MOUTH_REGION, landmark_points
from pipeline.latency_target import Buffering
from pipeline.live import Live
from pipeline.motion_settings import MotionSettings
from pipeline.played_file import PlayedSound
from pipeline.rates import (
    CAMERA_HEIGHT_PX,
    CAMERA_WIDTH_PX,
    FPS,
    FRAME_HEIGHT_PX,
    FRAME_PERIOD_S,
    FRAME_WIDTH_PX,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_FRAME,
)
from pipeline.stages import Assembly, Choices
from pipeline.wav_source import SampleSource

CLICKS = 8
QUIET_S = 2.0
# No whole number of frames, so that clicks fall on all parts of a frame.
CLICK_PERIOD_S = 1.313
CLICK_S = 0.3
CLICK_LEVEL = 0.5
PITCH_HZ = 120
# First three resonances of "ah" and their widths (Peterson and Barney 1952).
FORMANTS_HZ = ((730, 90), (1090, 110), (2440, 170))
# How many times more than ever in silence the region of the mouth changes when the mouth moves.
MOVED_FACTOR = 3.0
SMALLEST_CHANGE = 1.0
LONGEST_RESPONSE_S = 0.6
LARGEST_DIFFERENCE_S = 0.012


@dataclass(frozen=True, slots=True)
class LatencyReport:
    """What came of it; times in milliseconds, medians.

    clicks: sounds played; seen: how many of them moved the mouth in both runs, and were not among
    those whose first moving picture had to be left out
    response_ms: from a click to the camera having the first picture that shows it; response_p95_ms
    expected_ms: the same by the latency that the chain reports
    reported_ms: that latency, of a picture behind the end of its own sound
    """

    clicks: int
    seen: int
    response_ms: float
    response_p95_ms: float
    expected_ms: float
    reported_ms: float

    @property
    def confirmed(self) -> bool:
        """Whether both agree."""
        enough = self.seen >= max(self.clicks // 2, 1)
        return enough and abs(self.response_ms - self.expected_ms) < 1e3 * LARGEST_DIFFERENCE_S


def check_latency(
    assembly: Assembly,
    choices: Choices,
    buffering: Buffering,
    *,
    clicks: int = CLICKS,
    clock: Clock | None = None,
    on_frame: Callable[[int], None] | None = None,
) -> LatencyReport:
    """Run the chain twice, as fast as it can and in real time, and compare.

    Raises UserError where the mouth answers no click in time.
    """
    still = Choices(choices.avatar, choices.style, MotionSettings(head=0.0, gesture=0.0))
    clock = clock or MonotonicClock()
    sound, places = click_track(clicks)
    region = mouth_region(assembly, still)
    offline = _MouthWatch(region, None)
    Live(assembly, still, offline).run(SampleSource(sound, "clicks"), Event(), on_frame)
    done = offline.frames_sent
    online = _MouthWatch(region, clock)
    shown: set[int] = set()
    live = Live(assembly, still, online, paced=True, buffering=buffering, clock=clock)
    live.warm_up()
    with PlayedSound(sound, "clicks", clock) as source:

        def note(frames: int) -> None:
            if (frame := live.latest_shown()) is not None:
                shown.add(frame.start_sample // SAMPLES_PER_FRAME)
            if on_frame is not None:
                on_frame(done + frames)

        live.run(source, Event(), note)
    start_s, reported_ms = source.start_s, live.statistics.latency.percentile(50)
    if start_s is None or reported_ms is None:
        raise UserError("No picture was shown; close busy programs and try again.")
    responses_s, expected_s = [], []
    for place in places:
        click_s = place / SAMPLE_RATE_HZ
        frame_s = offline.first_after(click_s)
        seen_s = online.first_after(start_s + click_s)
        if frame_s is None or seen_s is None or round(frame_s * FPS) not in shown:
            continue
        responses_s.append(seen_s - start_s - click_s)
        expected_s.append(frame_s + FRAME_PERIOD_S - click_s + reported_ms / 1e3)
    if not responses_s:
        raise UserError("The mouth answered no click in time; close busy programs and try again.")
    middle_ms, slow_ms = np.percentile(responses_s, (50, 95)) * 1e3
    return LatencyReport(
        clicks=clicks,
        seen=len(responses_s),
        response_ms=round(float(middle_ms), 1),
        response_p95_ms=round(float(slow_ms), 1),
        expected_ms=round(float(np.median(expected_s)) * 1e3, 1),
        reported_ms=round(reported_ms, 1),
    )


def frame_count(clicks: int = CLICKS) -> int:
    """How many frames `on_frame` will have been told of at the end."""
    return 2 * math.ceil(len(click_track(clicks)[0]) / SAMPLES_PER_FRAME)


def click_track(clicks: int) -> tuple[np.ndarray, list[int]]:
    """Silence with short, sharply beginning vowels, (n,) float32 at 24 kHz, and where they begin.

    A click without a voice does not part the lips, as it should be.
    """
    vowel = _vowel()
    length_s = QUIET_S + clicks * CLICK_PERIOD_S
    sound = np.zeros(round(length_s * SAMPLE_RATE_HZ), np.float32)
    places = [round((QUIET_S + click * CLICK_PERIOD_S) * SAMPLE_RATE_HZ) for click in range(clicks)]
    for place in places:
        sound[place : place + len(vowel)] = vowel
    return sound, places


def mouth_region(assembly: Assembly, choices: Choices) -> tuple[slice, slice]:
    """Rows and columns of the mouth in the picture that goes to the camera."""
    stages = assembly.picture_stages(choices)
    source = stages.motion_field.source  # type: ignore[attr-defined]
    points = landmark_points(stages.template.model, source.points, MOUTH_REGION)  # type: ignore[attr-defined]
    points = points + np.array([CAMERA_WIDTH_PX - FRAME_WIDTH_PX,
                                CAMERA_HEIGHT_PX - FRAME_HEIGHT_PX]) / 2  # fmt: skip
    (left, top), (right, bottom) = points.min(0).astype(int), points.max(0).astype(int)
    return slice(top, bottom), slice(left, right)


class _MouthWatch:
    """A camera that notes how far the mouth is from where it rests, and when."""

    name = "mouth watch"

    def __init__(self, region: tuple[slice, slice], clock: Clock | None) -> None:
        self.frames_sent = 0
        self._region = region
        self._clock = clock
        self._times_s: list[float] = []
        self._crops: list[np.ndarray] = []

    def send(self, frame: np.ndarray) -> None:
        crop = frame[self._region].astype(np.int16)
        frame_s = self.frames_sent * SAMPLES_PER_FRAME / SAMPLE_RATE_HZ
        self._crops.append(crop)
        self._times_s.append(frame_s if self._clock is None else self._clock.now_s())
        self.frames_sent += 1

    def send_audio(self, samples: np.ndarray) -> None:
        """Not heard."""

    def close(self) -> None:
        """Nothing to release."""

    def first_after(self, click_s: float) -> float | None:
        """When the first picture with a moving mouth was there; without a clock, the time of its
        sound. The picture of the frame in which the click falls counts."""
        times_s = np.array(self._times_s)
        before = np.flatnonzero(times_s < click_s - SAMPLES_PER_FRAME / SAMPLE_RATE_HZ)[-15:]
        after = np.flatnonzero(times_s >= click_s - SAMPLES_PER_FRAME / SAMPLE_RATE_HZ)
        if len(before) < 8:
            return None
        rest = np.median([self._crops[index] for index in before], axis=0)
        stir = max(self._distance(int(index), rest) for index in before)
        for index in after:
            if times_s[index] > click_s + LONGEST_RESPONSE_S:
                return None
            if self._distance(int(index), rest) > max(MOVED_FACTOR * stir, SMALLEST_CHANGE):
                return float(times_s[index])
        return None

    def _distance(self, index: int, rest: np.ndarray) -> float:
        return float(np.abs(self._crops[index] - rest).mean())


def _vowel() -> np.ndarray:
    count = round(CLICK_S * SAMPLE_RATE_HZ)
    wave = np.zeros(count)
    wave[:: SAMPLE_RATE_HZ // PITCH_HZ] = 1.0
    for frequency_hz, width_hz in FORMANTS_HZ:
        radius = np.exp(-np.pi * width_hz / SAMPLE_RATE_HZ)
        angle = 2 * np.pi * frequency_hz / SAMPLE_RATE_HZ
        ring = radius ** np.arange(count) * np.sin(angle * (np.arange(count) + 1)) / np.sin(angle)
        wave = np.convolve(wave, ring)[:count]
    return (CLICK_LEVEL * wave / np.abs(wave).max()).astype(np.float32)
