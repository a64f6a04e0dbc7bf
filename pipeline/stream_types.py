"""What crosses from one stage to the next. Arrays are never written again once published."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from pipeline.names import IMPLICIT_SIZE

# The offset code that says nothing.
NO_OFFSET = np.zeros(IMPLICIT_SIZE, np.float32)
NO_OFFSET.flags.writeable = False


class State(IntEnum):
    """What the person is doing; `state` in motion files."""

    IDLE = 0
    LISTENING = 1
    SPEAKING = 2


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """One video frame of audio.

    samples: (800,) float32 in [-1, 1], mono, 24 kHz
    start_sample: index of the first sample since the stream began (the media clock)
    capture_time_s: monotonic time at which the last sample was captured, for latency statistics
    """

    samples: np.ndarray
    start_sample: int
    capture_time_s: float


@dataclass(frozen=True, slots=True)
class SpeechFrame:
    """What is heard in video frame `frame`, i.e. in samples [800 frame, 800 (frame + 1)).

    feature: (256,) float32, output of the causal encoder
    viseme: (15,) float32 posteriors in the order of names.VISEMES
    late_viseme: (15,) float32, the same of the frame before, better since more was heard by now;
        None where the encoder does not tell
    activity: (3,) float32 posteriors of speech, silence, noise
    voicing: [0, 1]; f0_hz: 0 where unvoiced; energy_db: dB full scale (-100 at silence);
    stress: [0, 1], prominence of the syllable
    """

    frame: int
    feature: np.ndarray
    viseme: np.ndarray
    activity: np.ndarray
    voicing: float
    f0_hz: float
    energy_db: float
    stress: float
    late_viseme: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class FaceFrame:
    """The face at video frame `frame`.

    actions: (52,) float32 in [0, 1], names.FACIAL_ACTIONS
    head_rotation: (3,) float32 radians yaw, pitch, roll (+yaw to the avatar's left, +pitch down,
        +roll towards the avatar's left shoulder), relative to the portrait's own pose
    head_translation: (3,) float32 metres x (avatar's left), y (up), z (towards the viewer)
    gaze: (2, 2) float32 radians, [left eye, right eye] x [yaw, pitch], signs as head_rotation,
        relative to the head
    viseme: (15,) float32, posteriors the mouth follows (for motion files and statistics)
    generated: (52,) float32 in the order of motion_space.FACE_SIZE, the face before the user's
        intensities and before the mouth was finished; None where no network made it
    """

    frame: int
    actions: np.ndarray
    head_rotation: np.ndarray
    head_translation: np.ndarray
    gaze: np.ndarray
    viseme: np.ndarray
    state: State
    generated: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class BodyFrame:
    """Torso, arms and hands at video frame `frame`.

    joint_rotation: (J, 3) float32 local axis-angle in radians, names.BODY_JOINTS, relative to the
        template's rest pose, axes of the template (x avatar's left, y up, z towards the viewer)
    implicit: (K,) float32, offset code of the generator, in [-1, 1] (zeros in the lite tier)
    """

    frame: int
    joint_rotation: np.ndarray
    implicit: np.ndarray


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """A picture as it goes out, and the sound it was made from.

    pixels: (height, width, 3) uint8 sRGB
    start_sample: media clock of the frame, the first of the 800 samples that belong to it
    capture_time_s: monotonic time at which the last one of them was captured
    """

    pixels: np.ndarray
    start_sample: int
    capture_time_s: float
