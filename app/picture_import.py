"""A picture on its way to becoming an avatar, as the dialog shows it."""

import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.catalogue import Catalogue
from app.chain import Backend, PictureReport
from app.task import Task
from app.words import say, tr
from pipeline.errors import UserError

JOIN_TIMEOUT_S = 10.0
LONGEST_SUGGESTION = 24


class ImportState(Enum):
    """READING: the picture is analysed; READY: it can be saved; FAILED: `sentence` says why."""

    IDLE = "idle"
    READING = "reading"
    READY = "ready"
    SAVING = "saving"
    FAILED = "failed"


class PictureImport(QObject):
    """Analyses one picture at a time on a thread of its own, and saves it as an avatar.

    state; path of the picture; report: once READY; sentence: of the last failure
    face, faces: the one that is wanted, from 1, and how many there are; 0 while unknown
    done, steps: of the analysis
    `changed` tells that any of these is new; `avatars_changed` carries the new catalogue and the
    name of the avatar that was saved, "" where one was removed.
    """

    changed = Signal()
    avatars_changed = Signal(object, str)
    failed = Signal(str)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._task: Task | None = None
        self._next: Task | None = None
        self.state = ImportState.IDLE
        self.path = Path()
        self.report: PictureReport | None = None
        self.sentence = ""
        self.face, self.faces = 0, 0
        self.done, self.steps = 0, 1

    def open(self, path: Path, face: int | None = None) -> None:
        """Analyse a picture; an analysis in progress is given up.

        face: which one of several, from 1, left to right; the largest where None
        """
        self.faces = self.faces if path == self.path else 0
        self.path, self.face, self.done, self.sentence = path, face or 0, 0, ""
        self._begin(
            ImportState.READING,
            lambda on_progress: self._backend.analyse_picture(path, face, on_progress),
            self._take_report,
        )

    def choose_face(self, face: int) -> None:
        """Take another face of the same picture, also after one that could not be used."""
        if self.faces and face != self.face and self.state is not ImportState.SAVING:
            self.open(self.path, face)

    def save(self, name: str) -> None:
        """Keep the analysed picture as an avatar: the user declared the right to use it."""
        report = self.report
        if report is None or self.state is not ImportState.READY:
            return

        def work(_: object) -> Catalogue:
            self._backend.save_avatar(report, name)
            return self._backend.read_catalogue()

        def take(catalogue: Catalogue) -> None:
            self.report = None
            self._set_state(ImportState.IDLE)
            self.avatars_changed.emit(catalogue, name)

        self._begin(ImportState.SAVING, work, take)

    def remove(self, name: str) -> None:
        """Delete an avatar of the user; `avatars_changed` or `failed` follows."""

        def work(_: object) -> Catalogue:
            self._backend.remove_avatar(name)
            return self._backend.read_catalogue()

        def take(catalogue: Catalogue) -> None:
            self._set_state(ImportState.IDLE)
            self.avatars_changed.emit(catalogue, "")

        self._begin(ImportState.IDLE, work, take)

    def cancel(self) -> None:
        """Give the picture up; what is being saved is saved."""
        if self._task is not None and self.state is not ImportState.SAVING:
            self._task.cancelled.set()
        self._next, self.report, self.faces = None, None, 0
        self._set_state(ImportState.IDLE)

    def close(self) -> bool:
        """End the thread; False where it did not end in time."""
        self._next = None
        if self._task is None:
            return True
        self._task.cancelled.set()
        return self._task.wait(int(JOIN_TIMEOUT_S * 1000))

    def name_problem(self, name: str, catalogue: Catalogue) -> str:
        """Why `name` cannot be taken, "" where it can."""
        taken = {avatar.name.lower() for avatar in catalogue.avatars}
        if name.lower() in taken:
            return tr("There is an avatar named {name} already; choose another name.", name=name)
        try:
            self._backend.check_name(name)
        except UserError as error:
            return say(error.sentence)
        return ""

    def _begin(
        self, state: ImportState, work: Callable[..., object], take: Callable[..., None]
    ) -> None:
        task = Task("picture", work, take, self)
        task.progressed.connect(self._take_progress)
        task.succeeded.connect(self._take_result)
        task.failed.connect(self._fail)
        task.finished.connect(self._take_over)
        self.report = None if state is ImportState.READING else self.report
        if self._task is None:
            self._task = task
            task.start()
        else:
            self._task.cancelled.set()
            self._next = task
        self._set_state(state)

    def _take_over(self) -> None:
        finished, self._task, self._next = self._task, self._next, None
        if finished is not None:
            finished.deleteLater()
        if self._task is not None:
            self._task.start()

    def _take_progress(self, task: Task, done: int, steps: int) -> None:
        if self._is_wanted(task):
            self.done, self.steps = done, steps
            self.changed.emit()

    def _take_result(self, task: Task, result: object) -> None:
        if self._is_wanted(task):
            task.take(result)

    def _take_report(self, report: PictureReport) -> None:
        self.report = report
        self.face, self.faces = report.face, report.faces
        self._set_state(ImportState.READY)

    def _fail(self, task: Task, sentence: str) -> None:
        if not self._is_wanted(task):
            return
        self.sentence = sentence
        if self.state is ImportState.IDLE:
            self.failed.emit(sentence)
            return
        saved = self.state is ImportState.SAVING
        self._set_state(ImportState.READY if saved else ImportState.FAILED)

    def _is_wanted(self, task: Task) -> bool:
        return task is self._task and not task.cancelled.is_set()

    def _set_state(self, state: ImportState) -> None:
        self.state = state
        self.changed.emit()


def suggested_name(path: Path, catalogue: Catalogue) -> str:
    """A free name made from that of the picture's file."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", path.stem).strip()[:LONGEST_SUGGESTION].strip()
    first = words[:1].upper() + words[1:] or "Me"
    taken = {avatar.name.lower() for avatar in catalogue.avatars}
    name, number = first, 2
    while name.lower() in taken:
        name, number = f"{first} {number}", number + 1
    return name
