"""From speech features to the face: mouth, brows and nods by a network, the rest by idle life."""

from dataclasses import dataclass

import numpy as np

from pipeline.gaze import eyes_in_head
from pipeline.idle_life import IdleFrame, IdleLife, IdleState
from pipeline.motion_settings import MotionSettings
from pipeline.mouth_finish import add_contacts, finish_mouth, shut
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS
from pipeline.network import Network
from pipeline.rates import FRAME_PERIOD_S
from pipeline.stream_types import FaceFrame, SpeechFrame
from pipeline.style import Style

HEAD_PITCH = "head_pitch"
HEAD_PITCH_UNIT_RAD = 0.1
LARGEST_ROTATION_RAD = 0.6
_CHEEKS_PER_SMILE = 0.35
# the front end must have heard a little before it can tell a room from a voice
_SETTLING_FRAMES = 4
_BROWS = frozenset(("browInnerUp", "browOuterUp"))
# a regression answers doubt with the middle: restore the reach of its targets
_REACH = {
    "jawOpen": 1.25, "mouthFunnel": 1.2, "mouthLowerDown": 1.1, "mouthUpperUp": 1.1,
    "browInnerUp": 1.6, "browOuterUp": 1.6, HEAD_PITCH: 1.6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FaceState:
    """network: arrays of the regressor's state by name; idle: of idle life;
    visemes: posteriors of the frames that were heard but not yet shown, oldest first."""

    network: dict[str, np.ndarray]
    idle: IdleState
    visemes: tuple[np.ndarray, ...]


class FaceMotion:
    """The face `lookahead_frames` behind the sound.

    network: a face regressor; style conditions it and shapes idle life
    lookahead_frames: [0, 4], how many later frames each face has heard

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
    ):
        largest = network.sizes.largest_lookahead
        if not 0 <= lookahead_frames <= largest:
            raise ValueError(f"look-ahead must be 0 to {largest} frames, not {lookahead_frames}")
        self._network, self._style, self._settings = network, style, settings
        self._lookahead_frames = lookahead_frames
        self._idle_life = IdleLife(style, seed)
        self._style_vector = np.array(style.vector, np.float32)[None, None]
        self._lookahead = np.zeros((1, 1, largest + 1), np.float32)
        self._lookahead[..., lookahead_frames] = 1.0
        self._targets = [_actions_of(name) for name in network.sizes.poses]
        self._gains = [
            _REACH.get(name, 1.0) * (style.brow_gain if name in _BROWS else 1.0)
            for name in network.sizes.poses
        ]

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
        arrays = self._network.sizes.init_state()
        start = {name: np.full(shape, value, np.float32) for name, (shape, value) in arrays.items()}
        silence = np.zeros(15, np.float32)
        silence[0] = 1.0
        waiting = (silence,) * self._lookahead_frames
        return FaceState(start, self._idle_life.init_state(), waiting)

    def step(self, speech: SpeechFrame, state: FaceState) -> tuple[FaceFrame, FaceState]:
        """The face of frame `speech.frame - lookahead_frames` (negative: there is none yet)."""
        made = self._network.run({
            "feature": speech.feature[None, None],
            "style": self._style_vector,
            "lookahead": self._lookahead,
            **state.network,
        })  # fmt: skip
        idle, idle_state = self._idle_life.step(speech, state.idle)
        pose = made["pose"][0, -1]
        closed = float(1.0 / (1.0 + np.exp(-made["closed"][0, -1, 0])))
        held = shut(closed, float(speech.activity[0]), speech.energy_db)
        if idle.frame < _SETTLING_FRAMES:
            held = 1.0
        head_rotation = self._head(pose, idle)
        visemes = (*state.visemes, speech.viseme)
        face = FaceFrame(
            frame=speech.frame - self._lookahead_frames,
            actions=self._actions(pose, held, visemes[0], idle),
            head_rotation=head_rotation,
            head_translation=(idle.head_translation * self._settings.head).astype(np.float32),
            gaze=eyes_in_head(idle.gaze_world, head_rotation),
            viseme=visemes[0],
            state=idle.state,
        )
        network = {name: made[f"next_{name}"] for name in state.network}
        return face, FaceState(network, idle_state, visemes[1:])

    def _actions(
        self, pose: np.ndarray, held: float, viseme: np.ndarray, idle: IdleFrame
    ) -> np.ndarray:
        """(52,) in [0, 1]."""
        actions = np.zeros(len(FACIAL_ACTIONS), np.float32)
        for value, indices, gain in zip(pose, self._targets, self._gains, strict=True):
            actions[indices] = max(0.0, float(value)) * gain
        actions = finish_mouth(add_contacts(actions, viseme), held)
        actions[_SMILE] += idle.smile
        actions[_CHEEKS] += _CHEEKS_PER_SMILE * actions[_SMILE]
        actions[_RAISED_BROWS] += idle.brow_raise
        actions *= self._settings.expression
        actions[_BLINKS] = idle.blink
        return np.clip(actions, 0.0, 1.0)

    def _head(self, pose: np.ndarray, idle: IdleFrame) -> np.ndarray:
        """(3,) radians: the voice's nods on top of the drift."""
        rotation = idle.head_rotation.astype(np.float32).copy()
        beat = float(pose[self._network.sizes.poses.index(HEAD_PITCH)])
        rotation[1] += beat * _REACH[HEAD_PITCH] * HEAD_PITCH_UNIT_RAD * self._style.nod_gain
        rotation *= self._settings.head
        return np.clip(rotation, -LARGEST_ROTATION_RAD, LARGEST_ROTATION_RAD)


def _actions_of(pose: str) -> list[int]:
    """Indices of the facial actions that a pose drives, both sides alike; none for the head."""
    names = (pose, f"{pose}Left", f"{pose}Right")
    return [ACTION_INDEX[name] for name in names if name in ACTION_INDEX]


_SMILE = _actions_of("mouthSmile")
_CHEEKS = _actions_of("cheekSquint")
_BLINKS = _actions_of("eyeBlink")
_RAISED_BROWS = [*_actions_of("browInnerUp"), *_actions_of("browOuterUp")]
