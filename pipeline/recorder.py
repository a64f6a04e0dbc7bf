"""Video files: H.264 and AAC at a constant 30 fps, encoded in a thread of its own."""

import os
import queue
import threading
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np

from pipeline.errors import MediaError
from pipeline.movie_writer import MovieWriter
from pipeline.rates import SAMPLES_PER_FRAME

CONTAINERS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
# Frames in the queue are held, not copied: at 1280x720 22 MB.
QUEUE_FRAMES = 8


class Recorder:
    """Writes frames and sound; frame n is shown at n / 30 s, sound begins at 0.

    The file grows under a temporary name in the same folder and gets its own on `close`; as a
    context manager it also does so after Ctrl-C, while any other exception discards it. Nothing
    is dropped: `write_video` waits while the encoder is behind. Arrays handed over must not be
    written again. On close the shorter of picture and sound is filled up (last frame, silence).

    Raises MediaError at once when the file cannot be written there, later when the disk fails.
    """

    def __init__(
        self, path: str | Path, width_px: int, height_px: int, with_audio: bool = True
    ) -> None:
        if width_px % 2 or height_px % 2:
            raise ValueError(f"H.264 wants even sizes, not {width_px}x{height_px}")
        self._path = Path(path)
        self._shape = (height_px, width_px, 3)
        self._with_audio = with_audio
        self._part, self._file = _reserve(self._path)
        container = CONTAINERS[self._path.suffix.lower()]
        self._movie = MovieWriter(self._file, container, width_px, height_px, with_audio)
        self._queue: queue.Queue[np.ndarray | None] = queue.Queue(QUEUE_FRAMES)
        self._failure: Exception | None = None
        self._last_frame: np.ndarray | None = None
        self._open = True
        self.video_frames = 0
        self.audio_samples = 0
        self._thread = threading.Thread(target=self._encode, name="recorder", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None or not issubclass(kind, Exception):
            self.close()
        else:
            self.discard()

    def write_video(self, frame: np.ndarray) -> None:
        """Append one (height, width, 3) uint8 RGB frame. Raises MediaError when writing failed."""
        if frame.shape != self._shape or frame.dtype != np.uint8:
            raise ValueError(f"frames must be {self._shape} uint8, not {frame.shape}")
        self._put(frame)
        self._last_frame = frame
        self.video_frames += 1

    def write_audio(self, samples: np.ndarray) -> None:
        """Append (n,) float32 at 24 kHz. Raises MediaError when writing failed."""
        if not self._with_audio:
            raise ValueError("this recording has no sound")
        if len(samples):
            self._put(np.asarray(samples, np.float32))
            self.audio_samples += len(samples)

    def close(self) -> None:
        """Finish the file and give it its name; without any frame there will be no file.

        Raises MediaError when the rest could not be written; a second call does nothing.
        """
        if not self._open:
            return
        if self._last_frame is None:
            self.discard()
            return
        try:
            self._fill_up(self._last_frame)
            self._stop()
            self._check()
            os.replace(self._part, self._path)
        except OSError as error:
            raise self._failed(error) from error
        finally:
            self._part.unlink(missing_ok=True)

    def discard(self) -> None:
        """Give up: leave no file."""
        if self._open:
            self._stop()
            self._part.unlink(missing_ok=True)

    def _fill_up(self, last_frame: np.ndarray) -> None:
        if not self._with_audio:
            return
        while self.audio_samples > (self.video_frames + 1) * SAMPLES_PER_FRAME:
            self.write_video(last_frame)
        missing = self.video_frames * SAMPLES_PER_FRAME - self.audio_samples
        if missing > 0:
            self.write_audio(np.zeros(missing, np.float32))

    def _put(self, item: np.ndarray) -> None:
        if not self._open:
            raise ValueError("the recording is closed")
        self._check()
        self._queue.put(item)

    def _stop(self) -> None:
        self._open = False
        self._queue.put(None)
        self._thread.join()
        self._file.close()
        self._last_frame = None

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failed(self._failure) from self._failure

    def _failed(self, error: Exception) -> MediaError:
        reason = getattr(error, "strerror", None) or error
        return MediaError(
            "{path} could not be written ({reason}); check the disk's free space.",
            path=self._path,
            reason=reason,
        )

    def _encode(self) -> None:
        """The thread: encode until None comes. After a failure go on emptying the queue, so that
        nobody waits for a place in it."""
        while True:
            item = self._queue.get()
            if self._failure is None:
                self._attempt(item)
            if item is None:
                return
            # Waiting for the next item must not hold this one.
            del item

    def _attempt(self, item: np.ndarray | None) -> None:
        try:
            if item is None:
                self._movie.close()
            elif item.ndim == 1:
                self._movie.add_audio(item)
            else:
                self._movie.add_frame(item)
        except Exception as error:  # handed to the writing thread, which raises it
            self._failure = error


def _reserve(path: Path) -> tuple[Path, BinaryIO]:
    """Create the temporary file beside `path`."""
    if path.suffix.lower() not in CONTAINERS:
        names = ", ".join(CONTAINERS)
        raise MediaError(
            "A video file's name must end in one of {names}; {path} does not.",
            names=names,
            path=path.name,
        )
    if path.is_dir():
        raise MediaError("{path} is a folder; name a video file in it.", path=path)
    part = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}.part")
    try:
        return part, part.open("w+b", buffering=0)
    except FileNotFoundError:
        raise MediaError(
            "There is no folder {parent}; create it first.", parent=path.parent
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MediaError(
            "{path} cannot be written ({reason}); choose another place.", path=path, reason=reason
        ) from error
