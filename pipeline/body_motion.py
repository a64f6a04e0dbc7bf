"""Torso, arms and hands that go with a face and a voice: breath, sway, posture and gestures."""

from dataclasses import dataclass

import numpy as np

from pipeline.arm import ARM_JOINTS, Arm, Torso
from pipeline.breath import Breath, BreathState
from pipeline.gesture_forms import REST, Slot
from pipeline.gestures import Gestures, GestureState
from pipeline.motion_settings import MotionSettings
from pipeline.names import BODY_JOINTS, IMPLICIT_SIZE, JOINT_INDEX, SPINE_JOINTS
from pipeline.noise import SmoothNoise
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from pipeline.rotations import (
    UNTURNED,
    mixed,
    product,
    rotated,
    turn_of_rotation_vector,
    vector,
)
from pipeline.skeleton import Skeleton
from pipeline.stream_types import BodyFrame, FaceFrame, SpeechFrame
from pipeline.style import Style

_POSTURE_STREAM = 71
_POSTURE_RATES_HZ = (0.05, 0.04, 0.045, 0.06, 0.055)
_POSTURE_SHARE = np.array([0.6, 1.0, 0.7])  # pitch, yaw, roll
# The torso follows the head through two equal low-pass steps: 2 x 1.63 frames = 109 ms late.
_FOLLOW = 0.38
_SWAY_GAIN = np.array([0.12, 0.22, 0.18])  # pitch, yaw, roll
_SPINE_SHARES = np.array([0.08, 0.17, 0.25, 0.28, 0.22])[:, None]  # pelvis end first
_BREATH_SPINE_PITCH = np.radians([0.0, 0.0, 0.0, -0.9, -0.5])
_BREATH_LIFT = np.radians(1.5)
_SHRUG_DRIFT = np.radians(0.4)
_GESTURE_LIFT = np.radians(3.0)
_MANNER_RATE = 2.0 / FPS
_LARGEST_TORSO_TURN = np.radians(6.0)

_SPINE = slice(JOINT_INDEX[SPINE_JOINTS[0]], JOINT_INDEX[SPINE_JOINTS[-1]] + 1)
_CLAVICLE = [JOINT_INDEX[f"clavicle.{side}"] for side in "LR"]
_FIRST = [JOINT_INDEX[f"upperarm01.{side}"] for side in "LR"]
_ARM = [slice(first, first + ARM_JOINTS) for first in _FIRST]


@dataclass(frozen=True, slots=True)
class BodyState:
    """frame: count since init_state; follows (2, 3): the two low-pass steps of the sway, radians
    pitch, yaw, roll about the axes of the template; manner (2,): posture drift (radians) and sway
    gain as they are now, since a change of style during a run is taken over smoothly."""

    frame: int
    phrase: Phrase
    breath: BreathState
    gestures: GestureState
    follows: np.ndarray
    manner: np.ndarray


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
        self._manner = np.array((np.radians(style.posture_drift_deg), style.sway_gain))
        self._breath = Breath(style.breath_rate_hz, seed)
        self._gestures = Gestures(style, settings or MotionSettings(), seed)
        self._posture = SmoothNoise(seed, _POSTURE_STREAM, _POSTURE_RATES_HZ)
        self._arms = (Arm(skeleton, "L"), Arm(skeleton, "R"))
        rest = skeleton.rest_positions.astype(float)
        places = [rest[skeleton.index(name)] for name in SPINE_JOINTS]
        self._pelvis = vector(places[0])
        # From each spine joint to the next; the last one is the chest itself.
        self._spine_bones = [vector(bone) for bone in np.diff(places, axis=0)] + [(0.0, 0.0, 0.0)]

    def init_state(self) -> BodyState:
        """The state before the first frame: arms hanging."""
        return BodyState(
            frame=0,
            phrase=Phrase(),
            breath=self._breath.init_state(),
            gestures=self._gestures.init_state(),
            follows=np.zeros((2, 3)),
            manner=self._manner,
        )

    def step(
        self, face: FaceFrame, speech: SpeechFrame, state: BodyState
    ) -> tuple[BodyFrame, BodyState]:
        """The body of face.frame. `speech` is the latest frame heard, which may be ahead of the
        face by the look-ahead; nothing later is used."""
        time_s = state.frame / FPS
        phrase = follow_phrase(speech, state.phrase)
        breath = self._breath.step(phrase, state.breath)
        gestures = self._gestures.step(time_s, phrase, state.gestures)
        pose = self._gestures.pose(time_s, gestures)
        follows = self._follow(face.head_rotation, state.follows)
        posture = self._posture.at(time_s)
        manner = state.manner + _MANNER_RATE * (self._manner - state.manner)
        spine = self._spine(manner, follows[1], posture, breath.volume)
        lift = self._lift(pose, posture, breath.volume)
        rotation = np.zeros((len(BODY_JOINTS), 3))
        rotation[_SPINE] = spine
        torso = self._torso(spine)
        for hand, arm in enumerate(self._arms):
            rotation[_CLAVICLE[hand], 2] = arm.sign * lift[hand]
            rotation[_ARM[hand]] = arm.solve(pose[hand], torso, float(lift[hand])).rotations
        frame = BodyFrame(
            frame=face.frame,
            joint_rotation=rotation.astype(np.float32),
            implicit=np.zeros(IMPLICIT_SIZE, dtype=np.float32),
        )
        return frame, BodyState(state.frame + 1, phrase, breath, gestures, follows, manner)

    @staticmethod
    def _follow(head_rotation: np.ndarray, follows: np.ndarray) -> np.ndarray:
        yaw, pitch, roll = (float(angle) for angle in head_rotation)
        first = follows[0] + _FOLLOW * (np.array([pitch, yaw, -roll]) - follows[0])
        return np.stack((first, follows[1] + _FOLLOW * (first - follows[1])))

    @staticmethod
    def _spine(
        manner: np.ndarray, follow: np.ndarray, posture: np.ndarray, volume: float
    ) -> np.ndarray:
        """(5, 3) axis-angle from the pelvis up; the turns are small, so they add."""
        drift_rad, sway_gain = manner.tolist()
        turn = drift_rad * _POSTURE_SHARE * posture[:3] + sway_gain * _SWAY_GAIN * follow
        turn = _LARGEST_TORSO_TURN * np.tanh(turn / _LARGEST_TORSO_TURN)
        spine = _SPINE_SHARES * turn
        spine[:, 0] += _BREATH_SPINE_PITCH * volume
        return spine

    @staticmethod
    def _lift(pose: np.ndarray, posture: np.ndarray, volume: float) -> np.ndarray:
        """(2,) radians that the clavicles rise: breath, a raised hand, drift."""
        raised = np.minimum(np.maximum((pose[:, Slot.UP] - REST[Slot.UP]) / 0.45, 0.0), 1.0)
        return _BREATH_LIFT * volume + _GESTURE_LIFT * raised + _SHRUG_DRIFT * posture[3:5]

    def _torso(self, spine: np.ndarray) -> Torso:
        rotation, position = UNTURNED, self._pelvis
        for turn, bone in zip(spine.tolist(), self._spine_bones, strict=True):
            rotation = product(rotation, turn_of_rotation_vector(turn))
            position = mixed(position, 1.0, rotated(rotation, bone), 1.0)
        return Torso(rotation, position)
