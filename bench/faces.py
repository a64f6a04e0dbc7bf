"""Commands for a face: sweeps of one action, and all at once as in talking."""

import numpy as np

from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS, VISEMES
from pipeline.rates import FPS
from pipeline.stream_types import FaceFrame, State

JAW_OPEN = 0.6
TURN_DEG = 12.0
STEPS = 9
BLINK = {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}
# Hertz of each movement while talking: none is a multiple of another.
JAW_HZ, BLINK_HZ, YAW_HZ, PITCH_HZ = 3.7, 1.3, 0.61, 0.83


def face(
    actions: dict[str, float] | None = None,
    yaw_deg: float = 0.0,
    pitch_deg: float = 0.0,
    roll_deg: float = 0.0,
    frame: int = 0,
) -> FaceFrame:
    """A face with some actions set and the head turned relative to the portrait."""
    values = np.zeros(len(FACIAL_ACTIONS), np.float32)
    for name, value in (actions or {}).items():
        values[ACTION_INDEX[name]] = value
    turn = np.radians([yaw_deg, pitch_deg, roll_deg]).astype(np.float32)
    nothing = np.zeros(len(VISEMES), np.float32)
    return FaceFrame(
        frame, values, turn, np.zeros(3, np.float32), np.zeros((2, 2), np.float32), nothing,
        State.SPEAKING,
    )  # fmt: skip


def sweeps() -> dict[str, list[FaceFrame]]:
    """Jaw, blink, yaw and pitch, each alone, from one end to the other."""
    share = np.linspace(0, 1, STEPS)
    turn = np.linspace(-TURN_DEG, TURN_DEG, STEPS)
    return {
        "jaw": [face({"jawOpen": JAW_OPEN * s}) for s in share],
        "blink": [face({name: s for name in BLINK}) for s in share],
        "yaw": [face(yaw_deg=t) for t in turn],
        "pitch": [face(pitch_deg=t) for t in turn],
    }


def talking(frames: int = 106) -> list[FaceFrame]:
    """All four at once, at the amplitudes of lively talk, with smile, brows and lip shapes."""
    made = []
    for index in range(frames):
        time_s = index / FPS
        wave = lambda hz, t=time_s: np.sin(2 * np.pi * hz * t)  # noqa: E731
        actions = {
            "jawOpen": 0.25 + 0.25 * wave(JAW_HZ),
            "mouthFunnel": max(0.0, 0.3 * wave(0.9)),
            "mouthSmileLeft": max(0.0, 0.4 * wave(0.4)),
            "mouthSmileRight": max(0.0, 0.4 * wave(0.4)),
            "browInnerUp": max(0.0, 0.5 * wave(0.7)),
        }
        closing = float(np.clip(2 * wave(BLINK_HZ) - 0.8, 0, 1))
        actions |= {name: closing for name in BLINK}
        made.append(
            face(actions, TURN_DEG * wave(YAW_HZ), TURN_DEG * wave(PITCH_HZ), 3 * wave(0.5), index)
        )
    return made


def command(face: FaceFrame, name: str) -> float:
    """What a face is told in the unit of `face_measures`: share for jaw and blink, else radians."""
    if name in ("yaw", "pitch"):
        return float(face.head_rotation[["yaw", "pitch"].index(name)])
    action = {"jaw": "jawOpen", "blink": "eyeBlinkLeft"}[name]
    return float(face.actions[ACTION_INDEX[action]])
