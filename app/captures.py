"""Pictures and recordings of the avatar that the user keeps."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QImage

from app.settings import APPLICATION_NAME, Settings
from app.words import say, tr
from pipeline.credentials.background_signing import BackgroundSigning
from pipeline.credentials.statement import AI_PICTURE, AI_VIDEO, manifest

if TYPE_CHECKING:
    from app.session import Session

log = logging.getLogger(__name__)

STAMP = "%Y-%m-%d %H.%M.%S"
# That the end of the application waits for; what takes longer ends without it.
LONGEST_SIGNING_S = 2.0


@dataclass(slots=True)
class Recorded:
    """with_own_pictures: at some time it showed a portrait or a background of the user's"""

    path: Path
    with_own_pictures: bool


class Captures(QObject):
    """Snapshots (PNG) and recordings (MP4) in one folder, as others see the avatar; signed.

    identity_file: key and certificates to sign with

    recording: the file that grows now, None while there is none; last: what was kept last
    `recording_changed` carries the path, `kept` also why the file is not signed, "" where it is;
    `failed` carries a sentence.
    """

    recording_changed = Signal(object)
    kept = Signal(object, str)
    failed = Signal(str)
    # Emitted by the threads that finished or signed a file; taken on this one.
    _recorded = Signal(object, object)
    _signed = Signal(object, object)

    def __init__(self, session: "Session", identity_file: Path) -> None:
        super().__init__(session)
        self._session = session
        self._identity_file = identity_file
        self._recorded_now: Recorded | None = None
        # Also appended to by the thread of a recording, and never replaced therefore.
        self._signings: list[BackgroundSigning] = []
        self.last: Path | None = None
        self._recorded.connect(self._take_recorded)
        self._signed.connect(self._take_signed)
        session.settings_changed.connect(self._note_own_pictures)

    @property
    def recording(self) -> Path | None:
        return None if self._recorded_now is None else self._recorded_now.path

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
            self._sign(path, manifest(AI_PICTURE, self._shows_own_pictures()))
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
            recorded = Recorded(self._free_path("mp4"), self._shows_own_pictures())
            chain.record(recorded.path, lambda _, fault: self._finish(recorded, fault))
            self._set_recording(recorded)

    def close(self) -> None:
        """Nobody listens any more; files that are being signed will be, all the same."""
        for signing in list(self._signings):
            signing.join(LONGEST_SIGNING_S)
            signing.leave()

    def chain_ended(self) -> None:
        """The run is over, and the recording with it; its file is finished by the chain."""
        self._set_recording(None)

    def _finish(self, recorded: Recorded, fault: str) -> None:
        """On the thread of the recording: its file is finished, or could not be written."""
        if fault:
            self._recorded.emit(recorded.path, fault)
        elif recorded.path.exists():
            self._sign(recorded.path, manifest(AI_VIDEO, recorded.with_own_pictures))

    def _sign(self, path: Path, says: dict[str, Any]) -> None:
        signing = BackgroundSigning(path, says, self._identity_file, self._signed.emit)
        self._signings.append(signing)
        signing.start()

    def _take_recorded(self, path: Path, fault: str) -> None:
        if self.recording == path:
            self._set_recording(None)
        self.failed.emit(say(fault))

    def _take_signed(self, path: Path, fault: str) -> None:
        for signing in [signing for signing in self._signings if signing.path == path]:
            self._signings.remove(signing)
        log.info("kept a %s", path.suffix)
        self.last = path
        self.kept.emit(path, say(fault))

    def _set_recording(self, recorded: Recorded | None) -> None:
        if recorded is not self._recorded_now:
            self._recorded_now = recorded
            self.recording_changed.emit(self.recording)

    def _note_own_pictures(self, settings: Settings) -> None:
        if self._recorded_now is not None and self._shows_own_pictures():
            self._recorded_now.with_own_pictures = True

    def _shows_own_pictures(self) -> bool:
        settings = self._session.settings
        own = {avatar.name for avatar in self._session.catalogue.avatars if avatar.own}
        return settings.avatar in own or settings.background == "picture"

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
    copied.setText("Comment", AI_PICTURE)
    return copied
