"""Small motion networks: the inputs, outputs and state of the real ones, motion of a kind."""

from dataclasses import dataclass

import numpy as np

from pipeline.body_motion import resting_body
from pipeline.hand_pose import POSE_SIZE, Slot
from pipeline.knobs import KNOB_INDEX
from pipeline.motion_space import (
    BODY_SIZE,
    BREATH,
    CLAVICLE_LIFT,
    FACE_ACTIONS,
    FACE_SIZE,
    GAZE,
    HANDS,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
    MOUTH_INDICES,
    TORSO_TURN,
)
from pipeline.names import FEATURE_SIZE
from pipeline.stream_types import State

_KEPT = 0.85
_MOUTH = list(MOUTH_INDICES)
_JAW = FACE_ACTIONS.index("jawOpen")
_BLINKS = [FACE_ACTIONS.index("eyeBlinkLeft"), FACE_ACTIONS.index("eyeBlinkRight")]


@dataclass(frozen=True)
class SmallSizes:
    """A memory of the last two features."""

    lookaheads: int = 5
    noise_size: int = 52
    rests: int = 0

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        return {"memory": ((1, 2, FEATURE_SIZE), 0.0)}


def _weights(seed: int, rows: int, columns: int) -> np.ndarray:
    draw = np.random.default_rng(seed).standard_normal((rows, columns))
    return (draw / np.sqrt(rows)).astype(np.float32)


def _heard(inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    memory = np.concatenate((inputs["memory"][:, 1:], inputs["feature"]), axis=1)
    return memory.mean(axis=1)[0], {"next_memory": memory}


class SmallFace:
    """The mouth follows the sound and never shuts, the rest wanders as far as the style has it."""

    provider = "small"
    sizes = SmallSizes()

    def __init__(self) -> None:
        self._mouth = _weights(1, FEATURE_SIZE, FACE_SIZE)
        self._reach = np.zeros(FACE_SIZE, np.float32)
        self._reach[: len(FACE_ACTIONS)] = 0.08
        self._reach[HEAD_ROTATION], self._reach[HEAD_TRANSLATION] = 0.02, 0.002
        self._reach[GAZE] = 0.03
        self._reach[_MOUTH] = 0.0
        self.given: list[dict[str, np.ndarray]] = []

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        self.given.append(inputs)
        assert {name: inputs[name].shape for name in ("previous", "noise", "lookahead")} == {
            "previous": (1, 1, FACE_SIZE), "noise": (1, 1, FACE_SIZE), "lookahead": (1, 1, 5),
        }  # fmt: skip
        assert inputs["style"].shape == (1, 1, 14)
        assert inputs["state"].sum() == 1.0
        assert {array.dtype for array in inputs.values()} == {np.dtype(np.float32)}
        sound, memory = _heard(inputs)
        knobs, previous = inputs["style"][0, 0], inputs["previous"][0, 0]
        reach = self._reach * (0.2 + 1.6 * knobs[KNOB_INDEX["head_energy"]])
        motion = _KEPT * previous + reach * inputs["noise"][0, 0]
        mouth = np.tanh(sound @ self._mouth)[_MOUTH]
        motion[_MOUTH] = np.maximum(mouth, 0.0) * (0.3 + 0.7 * knobs[KNOB_INDEX["articulation"]])
        motion[_JAW] = 0.1 + 0.5 * np.abs(mouth).max()
        motion[_BLINKS] = max(motion[_BLINKS[0]], 0.0)
        closed = np.full((1, 1, 1), -8.0, np.float32)
        return {"motion": motion[None, None].astype(np.float32), "closed": closed, **memory}


class SmallBody:
    """Hands that rise and wander in speech, as far as gestures are asked for."""

    provider = "small"
    sizes = SmallSizes(lookaheads=0, noise_size=2 * BODY_SIZE + 4, rests=1)

    def __init__(self) -> None:
        self._reach = np.zeros(BODY_SIZE, np.float32)
        self._reach[TORSO_TURN], self._reach[CLAVICLE_LIFT] = 0.01, 0.004
        self._reach[BREATH] = 0.05
        self._rest = resting_body()
        self._raised = self._rest.copy()
        hands = self._raised[HANDS].reshape(2, POSE_SIZE)
        hands[:, Slot.UP], hands[:, Slot.FORWARD] = -0.18, 0.25

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        assert inputs["face"].shape == (1, 1, FACE_SIZE)
        assert inputs["previous"].shape == (1, 1, BODY_SIZE)
        assert inputs["noise"].shape == (1, 1, self.sizes.noise_size)
        assert inputs["style"].shape == (1, 1, 15)
        assert {array.dtype for array in inputs.values()} == {np.dtype(np.float32)}
        sound, memory = _heard(inputs)
        np.testing.assert_array_equal(inputs["rest"][0, 0, : HANDS.start], 0.0)
        gesture = inputs["style"][0, 0, -1] * inputs["state"][0, 0, State.SPEAKING]
        goal = self._rest + gesture * (self._raised - self._rest)
        reach = self._reach.copy()
        reach[HANDS] = 0.02 * gesture * (1.0 + np.tanh(sound[:1]))
        motion = goal + _KEPT * (inputs["previous"][0, 0] - goal)
        motion += reach * inputs["noise"][0, 0, :BODY_SIZE]
        motion[0] += 0.05 * inputs["face"][0, 0, HEAD_ROTATION][1]
        return {"motion": motion[None, None].astype(np.float32), **memory}
