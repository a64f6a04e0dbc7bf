"""A camera whose pictures and sound can be recorded while it is in use."""

from pathlib import Path

import numpy as np

from pipeline.background_recording import BackgroundRecording, OnRecorded
from pipeline.camera import Camera


class RecordedCamera:
    """Passes everything on to `camera`, and to a file while one is wanted.

    `record` and `end_recording` are called from any thread, all else from the one that owns the
    camera, which stays open when this one is closed. What goes wrong with a file ends the
    recording, never the run.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._wanted: BackgroundRecording | None = None
        self._recording: BackgroundRecording | None = None
        self._last: BackgroundRecording | None = None

    @property
    def name(self) -> str:
        return self._camera.name

    @property
    def frames_sent(self) -> int:
        return self._camera.frames_sent

    @property
    def is_recording(self) -> bool:
        """Whether every picture is wanted for a file; from any thread."""
        return self._wanted is not None or self._recording is not None

    def record(self, path: Path, on_recorded: OnRecorded) -> None:
        """Record to this file from the next frame on.

        on_recorded: told the path when the file is finished, and why it could not be written, ""
        where it was; from any thread
        """
        self._wanted = BackgroundRecording(path, on_recorded)

    def end_recording(self) -> None:
        """Finish the file; `on_recorded` follows."""
        self._wanted = None

    def send(self, frame: np.ndarray) -> None:
        """Show the frame, and record it. Raises CameraError."""
        self._camera.send(frame)
        if self._recording is not None:
            self._recording.add_frame(frame)

    def send_audio(self, samples: np.ndarray) -> None:
        """The sound of the frame that comes next; here recordings begin and end."""
        self._camera.send_audio(samples)
        if self._wanted is not self._recording:
            self._change()
        if self._recording is not None:
            self._recording.add_audio(samples)

    def close(self) -> None:
        """Finish the recording and wait for its file; the camera stays open."""
        self._wanted = None
        self._change()
        if self._last is not None:
            self._last.join()

    def _change(self) -> None:
        if self._recording is not None:
            self._recording.finish()
        self._recording = self._wanted
        if self._recording is not None:
            self._last = self._recording
            self._recording.start()
