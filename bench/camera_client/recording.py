"""What the pipeline draws for a sound, kept frame by frame with the sound it belongs to."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np

from bench.face_measures import lip_gap
from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.level import level_db
from pipeline.live import Live
from pipeline.portrait.trackers import Trackers
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX
from pipeline.stages import Choices
from pipeline.wav_source import WavSource

QUIETEST_DB = -50.0
# Of the face's size, on every side of it; multiples of the grid suit the chroma planes.
MARGIN, GRID_PX = 0.3, 8


@dataclass(frozen=True, slots=True)
class Recording:
    """frames (T, 720, 1280, 3) uint8 RGB; loudness_db (T,) of the sound of each, at least -50;
    crop (x, y, width, height) px of the face in all of them"""

    frames: np.ndarray
    loudness_db: np.ndarray
    crop: tuple[int, int, int, int]


class FrameKeeper:
    """A camera that keeps what it gets."""

    name = "recording"

    def __init__(self) -> None:
        self.frames: list[np.ndarray] = []
        self.loudness_db: list[float] = []

    @property
    def frames_sent(self) -> int:
        return len(self.frames)

    def send(self, frame: np.ndarray) -> None:
        self.frames.append(frame.copy())

    def send_audio(self, samples: np.ndarray) -> None:
        self.loudness_db.append(max(level_db(samples)[1], QUIETEST_DB))

    def close(self) -> None:
        """Nothing to release."""


def record(sound: Path, choices: Choices, trackers: Trackers) -> Recording:
    """Let the avatar speak the sound, as `render` does. Raises MediaError and AvatarError."""
    keeper = FrameKeeper()
    options = StageOptions(width_px=CAMERA_WIDTH_PX, height_px=CAMERA_HEIGHT_PX)
    with WavSource(sound) as source:
        Live(ModelAssembly(options), choices, keeper).run(source, Event())
    frames = np.stack(keeper.frames)
    return Recording(frames, np.array(keeper.loudness_db), face_crop(frames, trackers))


def lip_gaps(pictures: np.ndarray, trackers: Trackers) -> np.ndarray:
    """Gap of the inner lips (T,) in inter-ocular distances of (T, H, W, 3) uint8 RGB pictures,
    as a face tracker sees it; NaN where it finds no face."""
    gaps = np.full(len(pictures), np.nan)
    for place, picture in enumerate(pictures):
        boxes = trackers.faces(picture)
        if boxes:
            face = trackers.face_landmarks(picture, boxes[0])
            gaps[place] = lip_gap(face.points[:, :2])
    return gaps


def cropped(pictures: np.ndarray, crop: tuple[int, int, int, int]) -> np.ndarray:
    """The part (T, height, width, 3) of (T, H, W, 3)."""
    x, y, width, height = crop
    return pictures[:, y : y + height, x : x + width]


def face_crop(frames: np.ndarray, trackers: Trackers) -> tuple[int, int, int, int]:
    """Where (x, y, width, height) the face of (T, 720, 1280, 3) is, with room about it.

    Raises ValueError where there is none.
    """
    found = [trackers.faces(frame) for frame in frames[:: max(len(frames) // 10, 1)]]
    boxes = [boxes[0] for boxes in found if boxes]
    if not boxes:
        raise ValueError("no face is found in the recorded frames")
    left, top = min(b.left_px for b in boxes), min(b.top_px for b in boxes)
    right = max(b.left_px + b.width_px for b in boxes)
    bottom = max(b.top_px + b.height_px for b in boxes)
    spare = MARGIN * max(right - left, bottom - top)
    x0, y0 = (max(int((edge - spare) // GRID_PX) * GRID_PX, 0) for edge in (left, top))
    x1 = min(-int(-(right + spare) // GRID_PX) * GRID_PX, CAMERA_WIDTH_PX)
    y1 = min(-int(-(bottom + spare) // GRID_PX) * GRID_PX, CAMERA_HEIGHT_PX)
    return x0, y0, x1 - x0, y1 - y0
