"""Recorded motion: what was predicted (or captured) frame by frame, kept in an npz file."""

import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from pipeline.errors import MediaError
from pipeline.names import ACTION_INDEX, BODY_JOINTS, FACIAL_ACTIONS, IMPLICIT_SIZE, JOINT_INDEX
from pipeline.rates import FPS, SAMPLE_RATE_HZ
from pipeline.stream_types import BodyFrame, FaceFrame, State

LONGEST_FRAMES = 30 * 60 * 60 * 4
LARGEST_ANGLE_RAD = 2.0 * np.pi
LARGEST_TRANSLATION_M = 2.0

_LOWEST_FPS, _HIGHEST_FPS = 1.0, 240.0
_LARGEST_FILE_BYTES = 2 << 30
# What zipfile, zlib and numpy raise on files that were cut, changed, encrypted or made up.
_DAMAGE = (
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class MotionArrays:
    """Exactly the entries of a motion file, T frames; units and signs as in FaceFrame, BodyFrame.

    fps, sample_rate: Hz
    facial_actions (T, 52) in [0, 1], facial_action_names (52,)
    head_rotation (T, 3), head_translation (T, 3), gaze (T, 2, 2)
    joint_rotation (T, J, 3), joint_names (J,); implicit (T, K); viseme (T, 15); state (T,) uint8
    """

    fps: np.ndarray
    sample_rate: np.ndarray
    facial_actions: np.ndarray
    facial_action_names: np.ndarray
    head_rotation: np.ndarray
    head_translation: np.ndarray
    gaze: np.ndarray
    joint_rotation: np.ndarray
    joint_names: np.ndarray
    implicit: np.ndarray
    viseme: np.ndarray
    state: np.ndarray


class Motion:
    """A motion at the rate of the stream: append(), save(); or load(), frames()."""

    def __init__(self, frames: Sequence[tuple[FaceFrame, BodyFrame]] = ()) -> None:
        self._frames = list(frames)

    def __len__(self) -> int:
        return len(self._frames)

    def append(self, face: FaceFrame, body: BodyFrame) -> None:
        """Add the next frame."""
        self._frames.append((face, body))

    def frames(self) -> Iterator[tuple[FaceFrame, BodyFrame]]:
        """Every frame in order, numbered from 0 when loaded."""
        return iter(self._frames)

    def arrays(self) -> MotionArrays:
        """The entries of the motion file."""
        faces = [face for face, _ in self._frames]
        bodies = [body for _, body in self._frames]
        return MotionArrays(
            fps=np.array(float(FPS)),
            sample_rate=np.array(SAMPLE_RATE_HZ),
            facial_actions=_stacked([face.actions for face in faces], (52,)),
            facial_action_names=np.array(FACIAL_ACTIONS),
            head_rotation=_stacked([face.head_rotation for face in faces], (3,)),
            head_translation=_stacked([face.head_translation for face in faces], (3,)),
            gaze=_stacked([face.gaze for face in faces], (2, 2)),
            joint_rotation=_stacked(
                [body.joint_rotation for body in bodies], (len(BODY_JOINTS), 3)
            ),
            joint_names=np.array(BODY_JOINTS),
            implicit=_stacked([body.implicit for body in bodies], (IMPLICIT_SIZE,)),
            viseme=_stacked([face.viseme for face in faces], (15,)),
            state=np.array([face.state for face in faces], dtype=np.uint8),
        )

    def save(self, path: Path) -> None:
        """Write the file; under its final name there is never half a file.

        Raises:
            MediaError: there is no frame, or the file cannot be written
        """
        if not self._frames:
            raise MediaError("There is no motion to save yet.")
        arrays = self.arrays()
        entries = {field.name: getattr(arrays, field.name) for field in fields(arrays)}
        path = Path(path)
        temporary = None
        try:
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, **entries)
            _give_usual_permissions(temporary)
            Path(temporary).replace(path)
            temporary = None
        except OSError as fault:
            raise MediaError(
                f"The motion file {path} cannot be written: {fault.strerror or fault}."
            ) from fault
        finally:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> "Motion":
        """Read a file, of any frame rate from 1 to 240 and with names in any order.

        Raises:
            MediaError: the file is missing or is not a usable motion file
        """
        arrays = _read(Path(path))
        fault = _fault(arrays)
        if fault is not None:
            raise MediaError(f"The motion file {path} cannot be used: {fault}.")
        return cls(tuple(_frames(arrays)))


def _stacked(rows: list[np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.float32).reshape(len(rows), *shape)


def _give_usual_permissions(path: str) -> None:
    mask = os.umask(0)
    os.umask(mask)
    Path(path).chmod(0o666 & ~mask)


def _read(path: Path) -> MotionArrays:
    names = [field.name for field in fields(MotionArrays)]
    try:
        if not zipfile.is_zipfile(path):
            if not path.exists():
                raise MediaError(f"There is no motion file {path}.")
            raise MediaError(f"{path} is not a motion file; give one written by --motion-out.")
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _LARGEST_FILE_BYTES:
            raise MediaError(f"The motion file {path} is too large to be a motion.")
        with np.load(path, allow_pickle=False) as archive:
            missing = [name for name in names if name not in archive.files]
            if missing:
                raise MediaError(f"The motion file {path} lacks the entry {missing[0]!r}.")
            return MotionArrays(**{name: archive[name] for name in names})
    except _DAMAGE as fault:
        raise MediaError(f"The motion file {path} cannot be read: it is damaged.") from fault


def _fault(arrays: MotionArrays) -> str | None:
    """What is wrong with the content, or None."""
    length = arrays.state.shape[0] if arrays.state.ndim == 1 else 0
    if not 1 <= length <= LONGEST_FRAMES:
        return f"it must hold 1 to {LONGEST_FRAMES} frames"
    for name in ("fps", "sample_rate"):
        value = getattr(arrays, name)
        if value.shape != () or value.dtype.kind not in "iuf" or not np.isfinite(value):
            return f"{name} must be one number"
    if not _LOWEST_FPS <= float(arrays.fps) <= _HIGHEST_FPS:
        return f"fps must be from {_LOWEST_FPS:g} to {_HIGHEST_FPS:g}"
    return _fault_of_names(arrays) or _fault_of_numbers(arrays, length)


def _fault_of_names(arrays: MotionArrays) -> str | None:
    for name, known in (("facial_action_names", ACTION_INDEX), ("joint_names", JOINT_INDEX)):
        given = getattr(arrays, name)
        if given.ndim != 1 or given.dtype.kind != "U":
            return f"{name} must be a list of names"
        found = set(given.tolist())
        if len(found) != given.size:
            return f"{name} names one twice"
        if missing := [wanted for wanted in known if wanted not in found]:
            return f"{name} lacks {missing[0]!r}"
    return None


def _fault_of_numbers(arrays: MotionArrays, length: int) -> str | None:
    shapes = {
        "facial_actions": (arrays.facial_action_names.size,),
        "head_rotation": (3,),
        "head_translation": (3,),
        "gaze": (2, 2),
        "joint_rotation": (arrays.joint_names.size, 3),
        "implicit": (IMPLICIT_SIZE,),
        "viseme": (15,),
        "state": (),
    }
    limits = {
        "facial_actions": (-1e-3, 1.001),
        "head_translation": (-LARGEST_TRANSLATION_M, LARGEST_TRANSLATION_M),
        "implicit": (-1e3, 1e3),
        "viseme": (-1e-3, 1.001),
        "state": (min(State), max(State)),
    }
    for name, shape in shapes.items():
        values = getattr(arrays, name)
        if values.shape != (length, *shape):
            return f"{name} must have the shape {(length, *shape)}, not {values.shape}"
        if values.dtype.kind not in "iuf" or not np.isfinite(values).all():
            return f"{name} must hold finite numbers"
        low, high = limits.get(name, (-LARGEST_ANGLE_RAD, LARGEST_ANGLE_RAD))
        if values.min() < low or values.max() > high:
            return f"{name} must stay between {low:g} and {high:g}"
    if arrays.state.dtype.kind == "f":
        return "state must hold whole numbers"
    return None


def _frames(arrays: MotionArrays) -> Iterator[tuple[FaceFrame, BodyFrame]]:
    """Frames at the rate of the stream, names in our order."""
    actions = arrays.facial_action_names.tolist()
    joints = arrays.joint_names.tolist()
    action_order = [actions.index(name) for name in FACIAL_ACTIONS]
    joint_order = [joints.index(name) for name in BODY_JOINTS]
    place, nearest = _places(arrays)
    facial = np.clip(_sampled(arrays.facial_actions[:, action_order], place), 0.0, 1.0)
    head = _sampled(arrays.head_rotation, place)
    translation = _sampled(arrays.head_translation, place)
    gaze = _sampled(arrays.gaze, place)
    joint = _sampled(arrays.joint_rotation[:, joint_order], place)
    implicit = _sampled(arrays.implicit, place)
    viseme = np.clip(_sampled(arrays.viseme, place), 0.0, 1.0)
    for index, near in enumerate(nearest):
        face = FaceFrame(
            index,
            facial[index],
            head[index],
            translation[index],
            gaze[index],
            viseme[index],
            State(int(arrays.state[near])),
        )
        yield face, BodyFrame(index, joint[index], implicit[index])


def _places(arrays: MotionArrays) -> tuple[np.ndarray, np.ndarray]:
    """(N,) place in the recording of each frame of the stream, and the nearest recorded frame."""
    recorded = arrays.state.shape[0]
    ratio = float(arrays.fps) / FPS
    count = max(round(recorded / ratio), 1)
    place = np.minimum(np.arange(count) * ratio, recorded - 1.0)
    return place, np.rint(place).astype(np.int64)


def _sampled(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Linear interpolation along the first axis; rotations between neighbouring frames are small
    enough for it."""
    before = np.floor(place).astype(np.int64)
    after = np.minimum(before + 1, values.shape[0] - 1)
    share = (place - before).reshape(-1, *[1] * (values.ndim - 1))
    return (values[before] * (1.0 - share) + values[after] * share).astype(np.float32)
