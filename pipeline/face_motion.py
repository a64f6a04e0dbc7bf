"""From speech features to the face: a diffusion network generates it, the mouth is finished."""

import math
from dataclasses import dataclass, replace

import numpy as np

from pipeline.cross_fade import cross_fade
from pipeline.gaze import eyes_in_head
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTION_INDICES,
    FACE_SIZE,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
)
from pipeline.mouth_finish import MouthFinish, dip
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS
from pipeline.network import Network, init_arrays
from pipeline.noise import normals
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FRAME_PERIOD_S
from pipeline.speech_features import LOWEST_ENERGY_DB
from pipeline.stream_types import FaceFrame, SpeechFrame, State
from pipeline.style import Style

LARGEST_ROTATION_RAD = 0.6
LARGEST_TRANSLATION_M = 0.15

_NOISE_STREAM = 1
# the front end must have heard a little before it can tell a room from a voice
_SETTLING_FRAMES = 4
_ACTION_PLACES = np.array(FACE_ACTION_INDICES)
_BLINKS = np.array([ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]])
_STATES = np.eye(len(State), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one frame of sound says about the face that is shown with it."""

    viseme: np.ndarray
    speech: float
    energy_db: float
    state: State


@dataclass(frozen=True, slots=True)
class FaceState:
    """network: arrays of the network's memory by name; previous (1, 1, 52): the last face as
    generated; phrase: of the sound heard; waiting: frames heard but not yet shown, oldest first;
    quiet: how firmly silence holds the lips; loudest_db: of the last sounds shown, slowly falling;
    manner (16,): knobs, expression, head as they are now, since a change during a run is taken
    over smoothly"""

    network: dict[str, np.ndarray]
    previous: np.ndarray
    phrase: Phrase
    waiting: tuple[Heard, ...]
    quiet: float
    loudest_db: float
    manner: np.ndarray


class FaceMotion:
    """The face `lookahead_frames` behind the sound.

    network: a motion transformer of the face; style conditions it, settings scale what it makes
    lookahead_frames: [0, 4], how many later frames each face has heard
    seed: of what is chosen and not heard: everything but the mouth

    Raises:
        ValueError: the look-ahead is out of range
    """

    def __init__(
        self,
        network: Network,
        style: Style,
        settings: MotionSettings,
        lookahead_frames: int = 1,
        seed: int = 0,
        *,
        mouth: MouthFinish | None = None,
    ):
        largest = network.sizes.lookaheads - 1
        if not 0 <= lookahead_frames <= largest:
            raise ValueError(f"look-ahead must be 0 to {largest} frames, not {lookahead_frames}")
        self._network, self._seed = network, seed
        self._mouth = mouth or MouthFinish()
        self._lookahead_frames = lookahead_frames
        self._lookahead = np.zeros((1, 1, largest + 1), np.float32)
        self._lookahead[..., lookahead_frames] = 1.0
        self._manner = np.array((*style.knobs, settings.expression, settings.head), np.float32)

    @property
    def latency_s(self) -> float:
        """The look-ahead."""
        return self._lookahead_frames * FRAME_PERIOD_S

    @property
    def provider(self) -> str:
        """What really computes the network."""
        return self._network.provider

    def init_state(self) -> FaceState:
        """The state before the first frame."""
        rest = np.zeros((1, 1, FACE_SIZE), np.float32)
        start = init_arrays(self._network)
        return FaceState(start, rest, Phrase(), (), 1.0, LOWEST_ENERGY_DB, self._manner)

    def step(self, speech: SpeechFrame, state: FaceState) -> tuple[FaceFrame, FaceState]:
        """The face of frame `speech.frame - lookahead_frames` (negative: there is none yet)."""
        phrase = follow_phrase(speech, state.phrase)
        heard = _with_newest(state.waiting, speech, phrase.state)
        frame = speech.frame - self._lookahead_frames
        if len(heard) <= self._lookahead_frames:
            return self._rest(frame, heard[0]), replace(state, phrase=phrase, waiting=heard)
        manner = cross_fade(state.manner, self._manner)
        made = self._network.run({
            "feature": speech.feature[None, None],
            "previous": state.previous,
            "noise": normals(self._seed, _NOISE_STREAM, frame, FACE_SIZE)[None, None],
            "style": manner[None, None, :-2],
            "state": _STATES[None, None, heard[0].state],
            "lookahead": self._lookahead,
            **state.network,
        })  # fmt: skip
        quiet = 1.0 if frame < _SETTLING_FRAMES else self._quiet(heard, state.quiet)
        closed = 1.0 / (1.0 + math.exp(-float(np.clip(made["closed"][0, 0, 0], -50.0, 50.0))))
        dip_db, loudest_db = dip([sound.energy_db for sound in heard[:2]], state.loudest_db)
        held = self._mouth.contact(closed, heard[0].viseme, dip_db), quiet
        face = self._face(frame, made["motion"][0, 0], heard[0], held, manner[-2:])
        network = {name: made[f"next_{name}"] for name in state.network}
        after = phrase, heard[1:], quiet, loudest_db, manner
        return face, FaceState(network, made["motion"], *after)

    def _quiet(self, heard: tuple[Heard, ...], last: float) -> float:
        """Lips part in time for a voice that the look-ahead hears, and wait for its end."""
        speech, energy_db = max(h.speech for h in heard), max(h.energy_db for h in heard)
        speaking = any(h.state is State.SPEAKING for h in heard)
        return self._mouth.quiet(speech, energy_db, speaking, last)

    def _face(
        self,
        frame: int,
        generated: np.ndarray,
        heard: Heard,
        held: tuple[float, float],
        intensities: np.ndarray,
    ) -> FaceFrame:
        """The generated vector (52,) in the terms of the stream.

        held: how firmly a sound and silence hold the lips; intensities: of expression and head
        """
        expression, head = intensities
        actions = np.zeros(len(FACIAL_ACTIONS), np.float32)
        actions[_ACTION_PLACES] = np.minimum(np.maximum(generated[ACTIONS], 0.0), 1.0)
        blinks = actions[_BLINKS]
        actions = self._mouth.add_contacts(actions, heard.viseme)
        actions = self._mouth.finish(actions, *held) * expression
        actions[_BLINKS] = blinks
        rotation = _within(generated[HEAD_ROTATION] * head, LARGEST_ROTATION_RAD)
        return FaceFrame(
            frame=frame,
            actions=np.minimum(actions, 1.0).astype(np.float32),
            head_rotation=rotation,
            head_translation=_within(generated[HEAD_TRANSLATION] * head, LARGEST_TRANSLATION_M),
            gaze=eyes_in_head(generated[GAZE], rotation),
            viseme=heard.viseme,
            state=heard.state,
            generated=generated,
        )

    def _rest(self, frame: int, heard: Heard) -> FaceFrame:
        """In place of a face while the look-ahead fills."""
        rest = np.zeros(FACE_SIZE, np.float32)
        return self._face(frame, rest, heard, (1.0, 1.0), np.zeros(2, np.float32))


def _with_newest(
    waiting: tuple[Heard, ...], speech: SpeechFrame, state: State
) -> tuple[Heard, ...]:
    """What was heard with the newest frame behind it, which may know better about the one before
    it."""
    if waiting and speech.late_viseme is not None:
        waiting = (*waiting[:-1], replace(waiting[-1], viseme=speech.late_viseme))
    voice = float(speech.activity[0])
    return (*waiting, Heard(speech.viseme, voice, speech.energy_db, state))


def _within(values: np.ndarray, limit: float) -> np.ndarray:
    return np.minimum(np.maximum(values, -limit), limit).astype(np.float32)
