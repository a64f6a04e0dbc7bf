"""Sound to motion through the stages that ship, without pictures."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.stages import Choices, MotionStages
from pipeline.stream_types import AudioChunk, FaceFrame, SpeechFrame


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sound is played."""

    style: str = "natural"
    settings: MotionSettings = field(default_factory=MotionSettings)
    seed: int = 0


@dataclass
class Spent:
    """Seconds of computing time that each stage took for each frame."""

    speech: list[float] = field(default_factory=list)
    face: list[float] = field(default_factory=list)
    body: list[float] = field(default_factory=list)


class Player:
    """Player(device, lookahead_frames): models are loaded once for each seed."""

    def __init__(self, device: str = "cpu", lookahead_frames: int = 1) -> None:
        self._device, self._lookahead_frames = device, lookahead_frames
        self._assemblies: dict[int, ModelAssembly] = {}

    def stages(self, manner: Manner) -> MotionStages:
        """The stages for one manner. Raises UserError for one that cannot be had."""
        if manner.seed not in self._assemblies:
            options = StageOptions(
                device=self._device, lookahead_frames=self._lookahead_frames, seed=manner.seed
            )
            self._assemblies[manner.seed] = ModelAssembly(options)
        choices = Choices(style=manner.style, settings=manner.settings)
        return self._assemblies[manner.seed].motion_stages(choices)

    def hear(self, samples: np.ndarray) -> list[SpeechFrame]:
        """What is heard in each frame of a sound and, in the silence behind it, for as long as the
        face is late. It depends on no manner, so that one hearing serves many plays."""
        return list(self.heard(samples))

    def heard(self, samples: np.ndarray) -> Iterator[SpeechFrame]:
        """As `hear`, frame by frame."""
        stage = self.stages(Manner()).speech_features
        state = stage.init_state()
        for chunk in chunks(samples, self._lookahead_frames):
            speech, state = stage.step(chunk, state)
            yield speech

    def play(
        self, speech: Iterable[SpeechFrame], manner: Manner, seen: list[FaceFrame] | None = None
    ) -> Motion:
        """The motion from its first frame on, as long as the sound.

        seen: faces that the body is shown in place of those that were made
        """
        stages, motion = self.stages(manner), Motion()
        face_state, body_state = stages.face_motion.init_state(), stages.body_motion.init_state()
        for heard in speech:
            face, face_state = stages.face_motion.step(heard, face_state)
            if face.frame < 0:
                continue
            shown = face if seen is None else seen[face.frame]
            body, body_state = stages.body_motion.step(shown, heard, body_state)
            motion.append(face, body)
        return motion

    def play_timed(self, samples: np.ndarray, manner: Manner, clock=time.thread_time) -> Spent:
        """Runs all stages over a sound; clock: seconds, of this thread's computing by default."""
        stages, spent = self.stages(manner), Spent()
        speech_state = stages.speech_features.init_state()
        face_state, body_state = stages.face_motion.init_state(), stages.body_motion.init_state()
        for chunk in chunks(samples, 0):
            start = clock()
            heard, speech_state = stages.speech_features.step(chunk, speech_state)
            hearing = clock()
            face, face_state = stages.face_motion.step(heard, face_state)
            facing = clock()
            _, body_state = stages.body_motion.step(face, heard, body_state)
            spent.body.append(clock() - facing)
            spent.face.append(facing - hearing)
            spent.speech.append(hearing - start)
        return spent


def chunks(samples: np.ndarray, silent_frames: int) -> Iterator[AudioChunk]:
    """The whole frames of a sound as they reach the stages, and silence behind them."""
    frames = len(samples) // SAMPLES_PER_FRAME
    silence = np.zeros(SAMPLES_PER_FRAME, np.float32)
    for frame in range(frames + silent_frames):
        start = frame * SAMPLES_PER_FRAME
        sound = samples[start : start + SAMPLES_PER_FRAME] if frame < frames else silence
        yield AudioChunk(sound, start, start / SAMPLES_PER_FRAME / FPS)
