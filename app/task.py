"""One piece of work beside the window, which can be given up."""

import logging
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

from app.settings import log_path
from app.words import say, tr
from pipeline.errors import UserError

log = logging.getLogger(__name__)


class Task(QThread):
    """`work(on_progress)` on a thread of its own, `take(result)` on the GUI thread.

    on_progress(done, steps) leaves the work where `cancelled` is set
    """

    progressed = Signal(object, int, int)
    succeeded = Signal(object, object)
    failed = Signal(object, str)

    def __init__(
        self,
        name: str,
        work: Callable[..., object],
        take: Callable[..., None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.cancelled = Event()
        self.take = take
        self._work = work

    def run(self) -> None:
        try:
            self.succeeded.emit(self, self._work(self._report))
        except _CancelledError:
            log.info("the %s task was given up", self.objectName())
        except UserError as error:
            log.info("%s: %s", type(error).__name__, error)
            self.failed.emit(self, say(error.sentence))
        except Exception:
            log.exception("fault in the %s task", self.objectName())
            self.failed.emit(self, tr("A fault of ours; the details are in {log}.", log=log_path()))

    def _report(self, done: int, steps: int) -> None:
        if self.cancelled.is_set():
            raise _CancelledError
        self.progressed.emit(self, done, steps)


class _CancelledError(Exception):
    """Raised from a progress report to leave the work."""
