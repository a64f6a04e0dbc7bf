"""A recording in the place of a camera (`live --camera file:V.mp4`)."""

from pathlib import Path

import numpy as np

from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.recorder import Recorder


class FileCamera:
    """Writes every frame sent and the sound that belongs to it.

    Picture follows sound: where frames were dropped the one before is repeated, and a frame that
    was sent again without new sound is left out. Raises MediaError when the file cannot be written.
    """

    def __init__(self, path: str | Path, width_px: int, height_px: int) -> None:
        self.name = f"file:{path}"
        self.frames_sent = 0
        self._recorder = Recorder(path, width_px, height_px, with_audio=True)
        self._samples = 0
        self._written_frames = 0
        self._last_frame: np.ndarray | None = None

    def send(self, frame: np.ndarray) -> None:
        """Append (height, width, 3) uint8 RGB; waits while the encoder is far behind."""
        due_frames = self._samples // SAMPLES_PER_FRAME
        while self._last_frame is not None and self._written_frames + 1 < due_frames:
            self._write(self._last_frame)
        if not self._samples or self._written_frames < due_frames:
            self._write(frame)
        self._last_frame = frame
        self.frames_sent += 1

    def send_audio(self, samples: np.ndarray) -> None:
        """Append (n,) float32 at 24 kHz."""
        self._recorder.write_audio(samples)
        self._samples += len(samples)

    def close(self) -> None:
        """Finish the file; sound and picture end together."""
        if self._last_frame is None and self._samples == 0:
            self._recorder.discard()
        else:
            self._recorder.close()

    def discard(self) -> None:
        """Give up: leave no file."""
        self._recorder.discard()

    def _write(self, frame: np.ndarray) -> None:
        self._recorder.write_video(frame)
        self._written_frames += 1
