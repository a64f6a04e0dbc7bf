"""What a person does without meaning to: blinks, glances, breath, slow head drift, small nods."""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.blink import Blink, BlinkState
from pipeline.breath import Breath, BreathState
from pipeline.gaze import Gaze, GazeState
from pipeline.noise import SmoothNoise, lognormal, uniform
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from pipeline.stream_types import SpeechFrame, State
from pipeline.style import Style

_DRIFT_STREAM = 41
_NOD_STREAM = 51
_DRIFT_RATES_HZ = (0.11, 0.09, 0.08, 0.07, 0.06, 0.07, 0.05, 0.13)
_DRIFT_SHARES = np.array([1.0, 0.6, 0.6])
_BROW_RAISE = 0.05
_MANNER_RATE = 2.0 / FPS
_TRANSLATION_SD_M = np.array([0.003, 0.001, 0.004])
_HEAD_FOLLOWS_GAZE = 0.15
_FOLLOW_RATE = 5.0 / FPS
_NOD_PERIOD_S = 0.5
_NOD_DEG = 3.2
_NOD_DECAY = 0.55


@dataclass(frozen=True, slots=True)
class IdleFrame:
    """Idle life at video frame `frame` (counted from 0 since init_state).

    blink: (2,) float32 in [0, 1], closure of the left and right lids
    gaze_world: (2,) float32 radians yaw, pitch in the world, 0 = the viewer; gaze.eyes_in_head
        turns it into FaceFrame.gaze once the head's rotation is known
    head_rotation: (3,) float32 radians, head_translation: (3,) float32 metres, to be added to the
        voice's own (signs as in FaceFrame), before the user's head setting
    breath: [0, 1] filling of the lungs; breath_phase: [0, 1), inhalation up to 0.4
    smile, brow_raise: [0, 1] resting facial actions, slowly changing
    """

    frame: int
    blink: np.ndarray
    gaze_world: np.ndarray
    head_rotation: np.ndarray
    head_translation: np.ndarray
    breath: float
    breath_phase: float
    smile: float
    brow_raise: float
    state: State


@dataclass(frozen=True, slots=True)
class NodState:
    """The listening nod in progress or last done."""

    next_s: float
    start_s: float = -10.0
    swings: int = 1
    depth_rad: float = 0.0
    count: int = 0

    def pitch(self, time_s: float) -> float:
        """Radians, down is positive; each swing is smaller than the one before."""
        swing, within = divmod((time_s - self.start_s) / _NOD_PERIOD_S, 1.0)
        if not 0 <= swing < self.swings:
            return 0.0
        bump = 0.5 - 0.5 * math.cos(2.0 * math.pi * within)
        return self.depth_rad * _NOD_DECAY**swing * bump


@dataclass(frozen=True, slots=True)
class IdleState:
    """Everything that idle life remembers.

    drift_s: time of the slow head drift, which passes at the tempo of the style
    manner: (3,) head drift (radians), smile, brows as they are now: a change of style during a
        run is taken over in half a second, without a jump
    """

    frame: int
    phrase: Phrase
    blink: BlinkState
    gaze: GazeState
    breath: BreathState
    nod: NodState
    head_follows: tuple[float, float]
    drift_s: float
    manner: np.ndarray


class IdleLife:
    """Keeps the avatar alive, in speech and in silence; the same seed gives the same life."""

    latency_s = 0.0

    def __init__(self, style: Style, seed: int = 0) -> None:
        self._style = style
        self._seed = seed
        self._blink = Blink(style.blink_rate_per_min, seed, style.blink_s)
        self._gaze = Gaze(style.gaze_aversion_rate_per_min, seed)
        self._breath = Breath(style.breath_rate_hz, seed)
        self._drift = SmoothNoise(seed, _DRIFT_STREAM, _DRIFT_RATES_HZ)
        drift_rad = math.radians(style.head_drift_deg)
        self._manner = np.array((drift_rad, style.smile, _BROW_RAISE * style.brow_gain))

    def init_state(self) -> IdleState:
        """The state before frame 0."""
        return IdleState(
            frame=0,
            phrase=Phrase(),
            blink=self._blink.init_state(),
            gaze=self._gaze.init_state(),
            breath=self._breath.init_state(),
            nod=NodState(next_s=math.inf),
            head_follows=(0.0, 0.0),
            drift_s=0.0,
            manner=self._manner,
        )

    def step(self, speech: SpeechFrame | None, state: IdleState) -> tuple[IdleFrame, IdleState]:
        """One frame of idle life, given what is heard in it (None = silence)."""
        time_s = state.frame / FPS
        phrase = follow_phrase(speech, state.phrase)
        gaze = self._gaze.step(time_s, phrase, state.gaze)
        blink = self._blink.step(time_s, phrase, gaze.shifted, state.blink)
        breath = self._breath.step(phrase, state.breath)
        nod = self._step_nod(time_s, phrase, state.nod)
        yaw, pitch = gaze.direction(time_s)
        follows = (
            state.head_follows[0] + _FOLLOW_RATE * (yaw - state.head_follows[0]),
            state.head_follows[1] + _FOLLOW_RATE * (pitch - state.head_follows[1]),
        )
        drift = self._drift.at(state.drift_s)
        manner = state.manner + _MANNER_RATE * (self._manner - state.manner)
        drift_rad, smile, brow_raise = manner.tolist()
        rotation = drift_rad * _DRIFT_SHARES * drift[:3]
        rotation[0] += _HEAD_FOLLOWS_GAZE * follows[0]
        rotation[1] += _HEAD_FOLLOWS_GAZE * follows[1] + nod.pitch(time_s)
        frame = IdleFrame(
            frame=state.frame,
            blink=np.full(2, blink.closure(time_s), dtype=np.float32),
            gaze_world=np.array((yaw, pitch), dtype=np.float32),
            head_rotation=rotation.astype(np.float32),
            head_translation=(_TRANSLATION_SD_M * drift[3:6]).astype(np.float32),
            breath=breath.volume,
            breath_phase=breath.phase,
            smile=min(max(smile * (1.0 + 0.35 * float(drift[6])), 0.0), 1.0),
            brow_raise=min(max(brow_raise * (1.0 + float(drift[7])), 0.0), 1.0),
            state=phrase.state,
        )
        drift_s = state.drift_s + self._style.head_tempo / FPS
        return frame, IdleState(
            state.frame + 1, phrase, blink, gaze, breath, nod, follows, drift_s, manner
        )

    def _step_nod(self, time_s: float, phrase: Phrase, nod: NodState) -> NodState:
        """Nods come only while listening, the first one soon after the pause begins."""
        rate = self._style.listening_nods_per_min
        if rate == 0.0 or phrase.state != State.LISTENING:
            return nod if nod.next_s == math.inf else self._next_nod(nod, math.inf, nod.start_s)
        if nod.next_s == math.inf:
            wait_s = lognormal(self._seed, _NOD_STREAM, nod.count, 0.5 * 60.0 / rate, 0.6)
            return self._next_nod(nod, time_s + 0.6 + wait_s, nod.start_s)
        if time_s < nod.next_s:
            return nod
        wait_s = lognormal(self._seed, _NOD_STREAM, nod.count + 1, 60.0 / rate, 0.6)
        count = nod.count + 1
        depth_deg = _NOD_DEG * uniform(self._seed, _NOD_STREAM + 1, count, 0.6, 1.2)
        return NodState(
            next_s=time_s + max(wait_s, 4.0 * _NOD_PERIOD_S),
            start_s=time_s,
            swings=1 + int(uniform(self._seed, _NOD_STREAM + 2, count, 0.0, 2.6)),
            depth_rad=math.radians(depth_deg) * self._style.nod_gain,
            count=count,
        )

    @staticmethod
    def _next_nod(nod: NodState, next_s: float, start_s: float) -> NodState:
        return NodState(next_s, start_s, nod.swings, nod.depth_rad, nod.count)
