"""A recording that never holds up whoever hands it pictures and sound."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pipeline.errors import MediaError
from pipeline.file_camera import FileCamera
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX

log = logging.getLogger(__name__)

# Pictures that wait for the encoder are held, 2.7 MB each; sound is small and never left out.
MOST_WAITING_FRAMES = 12

OnRecorded = Callable[[Path, str], None]


class BackgroundRecording(threading.Thread):
    """Opens, writes and finishes one file on a thread of its own.

    on_recorded: told the path when the file is finished, and why it could not be written, "" where
    it was; from this thread

    While the encoder is behind, pictures are left out (`dropped_frames`) and the ones before stand
    longer; a disk that fails ends the recording and leaves no file.
    """

    def __init__(self, path: Path, on_recorded: OnRecorded) -> None:
        super().__init__(name="recording", daemon=True)
        self.path = path
        self.dropped_frames = 0
        self._on_recorded = on_recorded
        self._changed = threading.Condition()
        self._waiting: deque[np.ndarray] = deque()
        self._waiting_frames = 0
        self._is_over = False

    def add_frame(self, frame: np.ndarray) -> None:
        """Append (720, 1280, 3) uint8 RGB, which is not written again."""
        with self._changed:
            if self._waiting_frames >= MOST_WAITING_FRAMES:
                self.dropped_frames += 1
                return
            self._waiting_frames += 1
            self._waiting.append(frame)
            self._changed.notify()

    def add_audio(self, samples: np.ndarray) -> None:
        """Append (n,) float32 at 24 kHz, the sound of the frame that comes next."""
        with self._changed:
            self._waiting.append(samples)
            self._changed.notify()

    def finish(self) -> None:
        """Nothing more comes; `on_recorded` follows."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def run(self) -> None:
        fault = ""
        try:
            self._record()
        except (MediaError, OSError) as error:
            log.info("recording failed: %s", error)
            fault = error.sentence if isinstance(error, MediaError) else str(error)
        if self.dropped_frames:
            log.info("%d pictures were left out of the recording", self.dropped_frames)
        self._on_recorded(self.path, fault)

    def _record(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = FileCamera(self.path, CAMERA_WIDTH_PX, CAMERA_HEIGHT_PX)
        try:
            while (item := self._next()) is not None:
                if item.ndim == 1:
                    file.send_audio(item)
                else:
                    file.send(item)
        except MediaError:
            file.discard()
            raise
        file.close()

    def _next(self) -> np.ndarray | None:
        """What comes next, None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_over)
            if not self._waiting:
                return None
            item = self._waiting.popleft()
            self._waiting_frames -= item.ndim > 1
            return item
