"""Pictures and recordings of the avatar that the user keeps."""

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QImage

from app.settings import APPLICATION_NAME
from app.words import say, tr

if TYPE_CHECKING:
    from app.session import Session

log = logging.getLogger(__name__)

STAMP = "%Y-%m-%d %H.%M.%S"
COMMENT = "AI avatar: the person in this picture was made by a computer."


class Captures(QObject):
    """Snapshots (PNG) and recordings (MP4) in one folder, as others see the avatar.

    recording: the file that grows now, None while there is none; last: what was kept last
    `recording_changed` and `kept` carry these paths; `failed` carries a sentence.
    """

    recording_changed = Signal(object)
    kept = Signal(object)
    failed = Signal(str)
    _recorded = Signal(object, object)

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self.recording: Path | None = None
        self.last: Path | None = None
        # Emitted by the thread that finished the file; taken on this one.
        self._recorded.connect(self._take_recorded)

    def folder(self) -> Path:
        """Where they are kept; it may not exist yet."""
        chosen = self._session.settings.captures_folder
        return Path(chosen) if chosen else usual_folder()

    def snapshot(self) -> None:
        """Keep what others see now, or the still portrait while nothing runs."""
        frame = self._session.latest_frame()
        frame = self._session.still if frame is None else frame
        if frame is None:
            return
        path = self._free_path("png")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            words = tr("{folder} cannot be made ({reason}).", folder=path.parent, reason=reason)
            self.failed.emit(words)
            return
        if _image(frame).save(str(path)):
            self._keep(path)
        else:
            self.failed.emit(
                tr("{path} could not be written; check the disk's free space.", path=path)
            )

    def toggle_recording(self) -> None:
        """Begin to record the run, or finish the recording."""
        chain = self._session.chain
        if chain is None:
            return
        if self.recording is not None:
            self._set_recording(None)
            chain.end_recording()
        else:
            path = self._free_path("mp4")
            chain.record(path, self._recorded.emit)
            self._set_recording(path)

    def chain_ended(self) -> None:
        """The run is over, and the recording with it; its file is finished by the chain."""
        self._set_recording(None)

    def _take_recorded(self, path: Path, fault: str) -> None:
        if fault:
            if self.recording == path:
                self._set_recording(None)
            self.failed.emit(say(fault))
        elif path.exists():
            self._keep(path)

    def _set_recording(self, path: Path | None) -> None:
        if path != self.recording:
            self.recording = path
            self.recording_changed.emit(path)

    def _keep(self, path: Path) -> None:
        log.info("kept a %s", path.suffix)
        self.last = path
        self.kept.emit(path)

    def _free_path(self, ending: str) -> Path:
        stem = f"{APPLICATION_NAME} {datetime.now().strftime(STAMP)}"
        path, number = self.folder() / f"{stem}.{ending}", 2
        while path.exists():
            path, number = self.folder() / f"{stem} {number}.{ending}", number + 1
        return path


def usual_folder() -> Path:
    """A folder of ours among the user's videos."""
    videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
    return (Path(videos) if videos else Path.home()) / APPLICATION_NAME


def _image(frame: np.ndarray) -> QImage:
    """The frame (h, w, 3) uint8 with a note on what it shows; uses its memory."""
    pixels = np.ascontiguousarray(frame)
    height_px, width_px, _ = pixels.shape
    image = QImage(pixels.data, width_px, height_px, 3 * width_px, QImage.Format.Format_RGB888)
    copied = image.copy()
    copied.setText("Comment", COMMENT)
    return copied
