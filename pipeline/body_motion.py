"""Torso, arms and hands that go with a face and a voice: breath, sway, posture and gestures."""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.body_manner import BodyManner, body_manner
from pipeline.body_pose import BodyPose
from pipeline.breath import Breath, BreathState
from pipeline.cross_fade import cross_fade
from pipeline.gesture_forms import REST, Slot
from pipeline.gestures import Gestures, GestureState
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import BODY_SIZE, BREATH, CLAVICLE_LIFT, HANDS, TORSO_TURN
from pipeline.names import IMPLICIT_SIZE
from pipeline.noise import SmoothNoise
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from pipeline.skeleton import Skeleton
from pipeline.stream_types import BodyFrame, FaceFrame, SpeechFrame
from pipeline.style import Style

_POSTURE_STREAM = 71
_POSTURE_RATES_HZ = (0.05, 0.04, 0.045, 0.06, 0.055)
_POSTURE_DRIFT = np.radians(0.8) * np.array([0.6, 1.0, 0.7])  # pitch, yaw, roll
# The torso follows the head through two equal low-pass steps: 2 x 1.63 frames = 109 ms late.
_FOLLOW = 0.38
_SWAY_GAIN = np.array([0.12, 0.22, 0.18])  # pitch, yaw, roll
_LARGEST_SWAY = np.radians(6.0)
_BREATH_LIFT = np.radians(1.5)
_SHRUG_DRIFT = np.radians(0.4)
_GESTURE_LIFT = np.radians(3.0)
_NO_OFFSET = np.zeros(IMPLICIT_SIZE, np.float32)


@dataclass(frozen=True, slots=True)
class BodyState:
    """frame: count since init_state; follows (2, 3): the two low-pass steps of the sway, radians
    pitch, yaw, roll about the axes of the template; leaning: pitch of the posture as it is now,
    since a change of style during a run is taken over smoothly"""

    frame: int
    phrase: Phrase
    breath: BreathState
    gestures: GestureState
    follows: np.ndarray
    leaning: np.ndarray


class BodyMotion:
    """BodyMotion(skeleton, style, settings, seed): one body frame for every face frame."""

    latency_s = 0.0

    def __init__(
        self,
        skeleton: Skeleton,
        style: Style,
        settings: MotionSettings | None = None,
        seed: int = 0,
    ) -> None:
        manner: BodyManner = body_manner(style)
        self._leaning = np.array([manner.leaning_rad])
        self._breath = Breath(manner.breath_rate_hz, seed)
        self._gestures = Gestures(manner, settings or MotionSettings(), seed)
        self._posture = SmoothNoise(seed, _POSTURE_STREAM, _POSTURE_RATES_HZ)
        self._pose = BodyPose(skeleton)

    def init_state(self) -> BodyState:
        """The state before the first frame: arms hanging."""
        return BodyState(
            frame=0,
            phrase=Phrase(),
            breath=self._breath.init_state(),
            gestures=self._gestures.init_state(),
            follows=np.zeros((2, 3)),
            leaning=self._leaning,
        )

    def step(
        self, face: FaceFrame, speech: SpeechFrame, state: BodyState
    ) -> tuple[BodyFrame, BodyState]:
        """The body of face.frame. `speech` is the latest frame heard, which may be ahead of the
        face by the look-ahead; nothing later is used."""
        time_s = state.frame / FPS
        phrase = follow_phrase(speech, state.phrase)
        state = replace(
            state,
            phrase=phrase,
            breath=self._breath.step(phrase, state.breath),
            gestures=self._gestures.step(time_s, phrase, state.gestures),
            follows=_followed(face.head_rotation, state.follows),
            leaning=cross_fade(state.leaning, self._leaning),
        )
        joints = self._pose.joint_rotation(self._vector(time_s, state))
        return BodyFrame(face.frame, joints, _NO_OFFSET), replace(state, frame=state.frame + 1)

    def _vector(self, time_s: float, state: BodyState) -> np.ndarray:
        """(BODY_SIZE,) in the order of motion_space."""
        hands = self._gestures.pose(time_s, state.gestures)
        posture = self._posture.at(time_s)
        turn = _POSTURE_DRIFT * posture[:3] + _SWAY_GAIN * state.follows[1]
        turn = _LARGEST_SWAY * np.tanh(turn / _LARGEST_SWAY)
        turn[0] += state.leaning[0]
        raised = np.clip((hands[:, Slot.UP] - REST[Slot.UP]) / 0.45, 0.0, 1.0)
        body = np.empty(BODY_SIZE)
        body[TORSO_TURN] = turn
        body[BREATH] = state.breath.volume
        body[CLAVICLE_LIFT] = (
            _BREATH_LIFT * state.breath.volume + _GESTURE_LIFT * raised + _SHRUG_DRIFT * posture[3:]
        )
        body[HANDS] = hands.ravel()
        return body


def _followed(head_rotation: np.ndarray, follows: np.ndarray) -> np.ndarray:
    yaw, pitch, roll = (float(angle) for angle in head_rotation)
    first = follows[0] + _FOLLOW * (np.array([pitch, yaw, -roll]) - follows[0])
    return np.stack((first, follows[1] + _FOLLOW * (first - follows[1])))
