"""A clip on its way to becoming a style, as its panel shows it."""

import re
import unicodedata
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.catalogue import Catalogue
from app.chain import Backend, LearntStyle
from app.task import Task

JOIN_TIMEOUT_S = 10.0
LONGEST_NAME = 40
PERCENT = 100


class LearningState(Enum):
    """IDLE: nothing is going on; LEARNING: the clip is followed; FAILED: `sentence` says why."""

    IDLE = "idle"
    LEARNING = "learning"
    FAILED = "failed"


class ClipStyle(QObject):
    """Learns one style at a time on a thread of its own.

    state; percent done; learnt: what came of the last clip, None before; sentence: of the failure
    `changed` tells that any of these is new; `styles_changed` carries the new catalogue and the
    name of the style that was learnt, "" where one was removed.
    """

    changed = Signal()
    styles_changed = Signal(object, str)
    failed = Signal(str)

    def __init__(self, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._task: Task | None = None
        self.state = LearningState.IDLE
        self.percent = 0
        self.learnt: LearntStyle | None = None
        self.sentence = ""

    def learn(self, clip: Path, title: str, catalogue: Catalogue) -> None:
        """Follow the person in a clip and keep how they move, as a new style of this title."""
        if self._task is not None:
            return
        name = free_name(title, catalogue)

        def work(on_progress) -> tuple[LearntStyle, Catalogue]:
            learnt = self._backend.learn_style(
                clip, name, title, lambda share: on_progress(int(PERCENT * share), PERCENT)
            )
            return learnt, self._backend.read_catalogue()

        def take(result: tuple[LearntStyle, Catalogue]) -> None:
            self.learnt, read = result
            self._set_state(LearningState.IDLE)
            self.styles_changed.emit(read, name)

        self.percent, self.sentence, self.learnt = 0, "", None
        self._begin(Task("style", work, take, self))
        self._set_state(LearningState.LEARNING)

    def remove(self, name: str) -> None:
        """Delete a style of the user's; `styles_changed` or `failed` follows."""
        if self._task is not None:
            return

        def work(_: object) -> Catalogue:
            self._backend.remove_style(name)
            return self._backend.read_catalogue()

        self._begin(Task("style", work, lambda read: self.styles_changed.emit(read, ""), self))

    def cancel(self) -> None:
        """Give the clip up."""
        if self._task is not None and self.state is LearningState.LEARNING:
            self._task.cancelled.set()
            self._set_state(LearningState.IDLE)

    def close(self) -> bool:
        """End the thread; False where it did not end in time."""
        if self._task is None:
            return True
        self._task.cancelled.set()
        return self._task.wait(int(JOIN_TIMEOUT_S * 1000))

    def _begin(self, task: Task) -> None:
        self._task = task
        task.progressed.connect(self._take_progress)
        task.succeeded.connect(self._take_result)
        task.failed.connect(self._fail)
        task.finished.connect(self._finish)
        task.start()

    def _finish(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.deleteLater()
        self.changed.emit()

    def _take_progress(self, task: Task, done: int, steps: int) -> None:
        if not task.cancelled.is_set():
            self.percent = PERCENT * done // steps
            self.changed.emit()

    def _take_result(self, task: Task, result: object) -> None:
        if not task.cancelled.is_set():
            task.take(result)

    def _fail(self, task: Task, sentence: str) -> None:
        if task.cancelled.is_set():
            return
        if self.state is LearningState.LEARNING:
            self.sentence = sentence
            self._set_state(LearningState.FAILED)
        else:
            self.failed.emit(sentence)

    @property
    def busy(self) -> bool:
        """Whether a clip or a removal is in the works."""
        return self._task is not None

    def _set_state(self, state: LearningState) -> None:
        self.state = state
        self.changed.emit()


def free_name(title: str, catalogue: Catalogue) -> str:
    """A name for the file of a style, made from its title, that no other style has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    first = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_NAME].strip("-")
    first = first or "style"
    taken = {style.name for style in catalogue.styles}
    name, number = first, 2
    while name in taken:
        name, number = f"{first}-{number}", number + 1
    return name


def suggested_title(path: Path) -> str:
    """A title made from the name of the clip's file."""
    words = re.sub(r"[\W_]+", " ", path.stem).strip()[:LONGEST_NAME].strip()
    return words[:1].upper() + words[1:]
