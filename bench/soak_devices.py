"""A microphone, a camera, a clock and an engine that fail when the soak says so."""

import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.capture import Capture
from pipeline.clock import Clock
from pipeline.errors import CameraError, MicrophoneError
from pipeline.rates import SAMPLE_RATE_HZ
from pipeline.ring_buffer import RingBuffer
from pipeline.stages import Assembly, Choices, MotionStages, PictureStages
from pipeline.stream_types import AudioChunk

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 100
BLOCK_S = BLOCK_SAMPLES / SAMPLE_RATE_HZ
# As a real microphone (`pipeline.microphone`): gone for so long is gone.
STALL_TIMEOUT_S = 2.0
WAIT_STEP_S = 0.02
LOST_CUDA = "CUDA error: unspecified launch failure"


class JumpingClock:
    """Monotonic time that can jump ahead, as it does on some systems while they sleep."""

    def __init__(self) -> None:
        self.offset_s = 0.0

    def now_s(self) -> float:
        return time.monotonic() + self.offset_s

    def sleep_until(self, deadline_s: float, cancel: threading.Event | None = None) -> None:
        """In short steps, since a jump ends the sleep."""
        while (left_s := deadline_s - self.now_s()) > 0:
            step_s = min(left_s, WAIT_STEP_S)
            if cancel is None:
                time.sleep(step_s)
            elif cancel.wait(step_s):
                return


@dataclass
class Port:
    """Where a device is plugged in.

    present: it can be opened and works; held: it is there and does not answer; muted: zeros
    """

    present: bool = True
    held: bool = False
    muted: bool = False


class SoakMicrophone:
    """Plays a voice over and over at the pace of real time, as a driver's callback does.

    While `held` nothing comes; afterwards all that was held back comes at once.
    """

    name = "soak microphone"
    xruns = 0
    ended = False

    def __init__(self, port: Port, voice: np.ndarray, clock: Clock) -> None:
        if not port.present:
            raise MicrophoneError("There is no microphone “soak microphone”; plug it in.")
        self._port = port
        self._voice = voice
        self._clock = clock
        self._ring = RingBuffer(2 * SAMPLE_RATE_HZ)
        self._capture = Capture(self._ring, SAMPLE_RATE_HZ, clock)
        self._last_s = clock.now_s()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._play, name="soak microphone", daemon=True)
        self._thread.start()

    def __enter__(self) -> "SoakMicrophone":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def lost_samples(self) -> int:
        return self._capture.lost_samples

    @property
    def backlog_samples(self) -> int:
        return self._capture.backlog_samples

    def read(self, timeout_s: float) -> AudioChunk | None:
        chunk = self._capture.read(timeout_s)
        now_s = self._clock.now_s()
        if chunk is not None:
            self._last_s = now_s
        elif now_s - self._last_s > STALL_TIMEOUT_S:
            raise MicrophoneError("soak microphone sends no more sound; plug it in.")
        return chunk

    def close(self) -> None:
        self._ending.set()
        self._thread.join()
        self._ring.close()

    def _play(self) -> None:
        start_s, played = time.monotonic(), 0
        silence = np.zeros(BLOCK_SAMPLES, np.float32)
        while not self._ending.wait(max(start_s + (played + 1) * BLOCK_S - time.monotonic(), 0)):
            if not self._port.present:
                return
            if self._port.held:
                self._ending.wait(WAIT_STEP_S)
                continue
            at = played * BLOCK_SAMPLES % (len(self._voice) - BLOCK_SAMPLES)
            block = silence if self._port.muted else self._voice[at : at + BLOCK_SAMPLES]
            self._ring.write(block, self._clock.now_s())
            played += 1


@dataclass
class Watch:
    """What reached the camera: how many pictures, and when the last one and the last new one did.

    longest_gap_s: between two pictures while the camera was there and answered
    """

    pictures: int = 0
    last_s: float = 0.0
    last_new_s: float = 0.0
    longest_gap_s: float = 0.0
    _newest: Any = None

    def note(self, frame: np.ndarray) -> None:
        now_s = time.monotonic()
        if self.pictures:
            self.longest_gap_s = max(self.longest_gap_s, now_s - self.last_s)
        self.pictures += 1
        self.last_s = now_s
        if frame is not self._newest:
            self._newest, self.last_new_s = frame, now_s


class SoakCamera:
    """A driver that takes pictures, hangs or goes away."""

    name = "soak camera"

    def __init__(self, port: Port, watch: Watch) -> None:
        if not port.present:
            raise CameraError("There is no camera “soak camera”; load its driver.")
        self._port = port
        self._watch = watch
        self.frames_sent = 0
        watch.last_s = time.monotonic()

    def send(self, frame: np.ndarray) -> None:
        while self._port.held:
            time.sleep(WAIT_STEP_S)
            self._watch.last_s = time.monotonic()
        if not self._port.present:
            raise CameraError("soak camera went away; load its driver again.")
        self.frames_sent += 1
        self._watch.note(frame)

    def send_audio(self, samples: np.ndarray) -> None:
        """Cameras have no sound."""

    def close(self) -> None:
        """Nothing to release."""


@dataclass
class EnginePort:
    """Where the engine is reached.

    hang_s, fault: of the next step, once
    made, lost: how many stages were made; up to which of them they fail for good, as after a reset
    of the card; failures: how often a step of those was tried
    """

    hang_s: float = 0.0
    fault: Exception | None = None
    made: int = 0
    lost: int = 0
    failures: int = 0

    def pass_through(self, number: int) -> None:
        """A step of the stage that was made as the one of this number."""
        hang_s, self.hang_s = self.hang_s, 0.0
        fault, self.fault = self.fault, None
        if hang_s:
            time.sleep(hang_s)
        if fault is not None:
            raise fault
        if number <= self.lost:
            self.failures += 1
            raise RuntimeError(LOST_CUDA)


class SoakStage:
    """A real stage behind an engine port."""

    def __init__(self, inner: Any, port: EnginePort) -> None:
        self._inner = inner
        self._port = port
        port.made += 1
        self._number = port.made
        self.init_state = getattr(inner, "init_state", None)

    @property
    def tier(self) -> str:
        return self._inner.tier

    def step(self, *inputs: Any) -> Any:
        self._port.pass_through(self._number)
        return self._inner.step(*inputs)


@dataclass
class SoakAssembly:
    """The real stages, of which face motion and renderer stand behind engine ports."""

    inner: Assembly
    motion_port: EnginePort
    renderer_port: EnginePort

    def motion_stages(self, choices: Choices) -> MotionStages:
        made = self.inner.motion_stages(choices)
        face_motion: Any = SoakStage(made.face_motion, self.motion_port)
        return replace(made, face_motion=face_motion)

    def picture_stages(self, choices: Choices) -> PictureStages:
        made = self.inner.picture_stages(choices)
        renderer: Any = SoakStage(made.renderer, self.renderer_port)
        return replace(made, renderer=renderer)

    def renewed(self, *, humbler: bool) -> "SoakAssembly":
        return replace(self, inner=self.inner.renewed(humbler=humbler))

    @property
    def is_humbler(self) -> bool:
        return self.inner.is_humbler

    def restored(self) -> "SoakAssembly":
        return replace(self, inner=self.inner.restored())
