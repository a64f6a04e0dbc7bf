"""A camera whose pictures and sound can be recorded while it is in use."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pipeline.camera import Camera
from pipeline.errors import MediaError
from pipeline.file_camera import FileCamera
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX

log = logging.getLogger(__name__)

OnRecorded = Callable[[Path, str], None]


class RecordedCamera:
    """Passes everything on to `camera`, and to a file while one is wanted.

    `record` is called from any thread, all else from the one that owns the camera, which stays
    open when this one is closed. A disk that fails ends the recording, never the run.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._wanted: tuple[Path, OnRecorded] | None = None
        self._recording: tuple[Path, OnRecorded] | None = None
        self._file: FileCamera | None = None
        self._closing: threading.Thread | None = None

    @property
    def name(self) -> str:
        return self._camera.name

    @property
    def frames_sent(self) -> int:
        return self._camera.frames_sent

    def record(self, path: Path, on_recorded: OnRecorded) -> None:
        """Record to this file from the next frame on.

        on_recorded: told the path when the file is finished, and why it could not be written, ""
        where it was; from any thread
        """
        self._wanted = path, on_recorded

    def end_recording(self) -> None:
        """Finish the file; `on_recorded` follows."""
        self._wanted = None

    def send(self, frame: np.ndarray) -> None:
        """Show the frame, and record it. Raises CameraError."""
        self._camera.send(frame)
        if self._file is not None:
            self._write(lambda file: file.send(frame))

    def send_audio(self, samples: np.ndarray) -> None:
        """The sound of the frame that comes next; here recordings begin and end."""
        self._camera.send_audio(samples)
        if self._wanted != self._recording:
            self._change()
        if self._file is not None:
            self._write(lambda file: file.send_audio(samples))

    def close(self) -> None:
        """Finish the recording and wait for its file; the camera stays open."""
        self._wanted = None
        self._finish()
        if self._closing is not None:
            self._closing.join()

    def _change(self) -> None:
        self._finish()
        self._recording = self._wanted
        if self._recording is None:
            return
        path, _ = self._recording
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = FileCamera(path, CAMERA_WIDTH_PX, CAMERA_HEIGHT_PX)
        except (MediaError, OSError) as error:
            self._give_up(error)

    def _write(self, write: Callable[[FileCamera], None]) -> None:
        assert self._file is not None
        try:
            write(self._file)
        except MediaError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """The disk is full or gone: tell it, and go on without."""
        log.info("recording failed: %s", error)
        assert self._recording is not None
        file, (path, on_recorded) = self._file, self._recording
        if self._wanted == self._recording:
            self._wanted = None
        self._file = self._recording = None
        if file is not None:
            file.discard()
        on_recorded(path, str(error))

    def _finish(self) -> None:
        """Close the file beside the run: writing its index takes its time."""
        file, recording = self._file, self._recording
        self._file = self._recording = None
        if file is not None and recording is not None:
            self._closing = threading.Thread(
                target=_close, args=(file, *recording), name="finish recording", daemon=True
            )
            self._closing.start()


def _close(file: FileCamera, path: Path, on_recorded: OnRecorded) -> None:
    sentence = ""
    try:
        file.close()
    except MediaError as error:
        log.info("recording failed: %s", error)
        sentence = str(error)
    on_recorded(path, sentence)
