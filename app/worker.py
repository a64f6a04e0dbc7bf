"""The worker thread: owns the camera and runs the chain from microphone to camera."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from app.chain import Backend, Shown
from app.settings import Settings, log_path
from app.words import say, tr
from pipeline.errors import UserError

if TYPE_CHECKING:
    from pipeline.patient_camera import PatientCamera

log = logging.getLogger(__name__)

CARD_PERIOD_S = 0.2
JOIN_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class Request:
    """One press of Start. number: counts up, so that answers to older requests are told apart."""

    number: int
    settings: Settings
    muted: bool
    shown: Shown = Shown.AVATAR


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """name: of the open virtual camera, "" where none is; advice: what the user can do then."""

    name: str = ""
    advice: str = ""


class Worker(QThread):
    """Runs one chain at a time; between chains the camera shows the placeholder card.

    Called from the GUI thread: `start_chain`, `stop_chain`, `draw_still`, `prepare`, `use_camera`,
    `find_camera`, `end`.
    Devices belong to the worker's own thread, or to the threads that their sources and sinks have.
    """

    catalogue_read = Signal(object)
    still_drawn = Signal(object)
    camera_changed = Signal(object)
    chain_running = Signal(int, object)
    chain_ended = Signal(int, str)
    failed = Signal(str)

    def __init__(self, backend: Backend, camera_name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("worker")
        self._backend = backend
        self._camera_name = camera_name
        self._camera: PatientCamera | None = None
        self._card: np.ndarray | None = None
        self._changed = threading.Condition()
        self._pending: Request | None = None
        self._errands: dict[str, Callable[[], None]] = {}
        self._stop = threading.Event()
        self._ending = False

    def start_chain(self, request: Request) -> None:
        """Run this chain, after the one that runs now."""
        with self._changed:
            self._pending = request
            self._stop.set()
            self._changed.notify()

    def stop_chain(self) -> None:
        """End the chain; `chain_ended` follows."""
        with self._changed:
            withdrawn, self._pending = self._pending, None
            self._stop.set()
            self._changed.notify()
        if withdrawn is not None:
            self.chain_ended.emit(withdrawn.number, "")

    def draw_still(self, settings: Settings) -> None:
        """Draw what the camera would show of the avatar at rest; `still_drawn` follows."""
        backend = self._backend
        self._leave("still", lambda: self.still_drawn.emit(backend.draw_still(settings)))

    def prepare(self, settings: Settings) -> None:
        """Load what the first run needs before it is asked for."""
        self._leave("prepare", lambda: self._backend.prepare(settings))

    def use_camera(self, name: str) -> None:
        """Open this camera when no chain runs; `camera_changed` follows."""
        self._leave("camera", lambda: self._open_camera(name))

    def find_camera(self) -> None:
        """Devices have changed: look for the camera that is not there now."""
        camera = self._camera
        if camera is not None:
            camera.hurry()

    def end(self) -> bool:
        """Stop and join; False where the thread did not end in time."""
        with self._changed:
            self._ending = True
            self._pending = None
            self._stop.set()
            self._changed.notify()
        return self.wait(int(JOIN_TIMEOUT_S * 1000))

    def run(self) -> None:
        """The thread: catalogue and camera first, then chains until `end`."""
        threading.current_thread().name = self.objectName()
        with ExitStack() as devices:
            devices.callback(self._close_camera)
            self._guard(self._read_catalogue)
            self._guard(self._draw_card)
            self._guard(lambda: self._open_camera(self._camera_name))
            while (request := self._next_request()) is not None:
                sentence = self._guard(lambda request=request: self._run_chain(request), tell=False)
                self.chain_ended.emit(request.number, sentence)

    def _leave(self, name: str, errand: Callable[[], None]) -> None:
        """Have this done between chains; a newer errand of the same name replaces an older one."""
        with self._changed:
            self._errands[name] = errand
            self._changed.notify()

    def _next_request(self) -> Request | None:
        """The next press of Start, None at the end; errands and the card fill the time."""
        while True:
            with self._changed:
                self._changed.wait_for(self._has_work, CARD_PERIOD_S)
                if self._ending:
                    return None
                errands, self._errands = self._errands, {}
                if not errands and self._pending is not None:
                    request, self._pending = self._pending, None
                    self._stop = threading.Event()
                    return request
            for errand in errands.values():
                self._guard(errand)
            self._show_card()

    def _has_work(self) -> bool:
        return self._ending or self._pending is not None or bool(self._errands)

    def _run_chain(self, request: Request) -> None:
        settings = request.settings
        if settings.camera != self._camera_name:
            self._open_camera(settings.camera)
        chain = self._backend.build_chain(settings, self._camera)
        if self._stop.is_set():
            return
        chain.set_muted(request.muted)
        chain.set_shown(request.shown)
        self.chain_running.emit(request.number, chain)
        chain.run(self._stop)

    def _read_catalogue(self) -> None:
        self.catalogue_read.emit(self._backend.read_catalogue())

    def _draw_card(self) -> None:
        self._card = self._backend.draw_card()

    def _open_camera(self, name: str) -> None:
        """Open the camera, on its own thread and until it is there; the preview runs without."""
        self._close_camera()
        self._camera_name = name
        if name == "none":
            self.camera_changed.emit(CameraStatus())
            return
        from pipeline.patient_camera import PatientCamera

        self._camera = PatientCamera(
            lambda: self._backend.open_camera(name),
            lambda found, advice: self.camera_changed.emit(CameraStatus(found, advice)),
        )

    def _close_camera(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()

    def _show_card(self) -> None:
        if self._camera is not None and self._card is not None:
            self._camera.send(self._card)

    def _guard(self, work: Callable[[], None], tell: bool = True) -> str:
        """Do the work; a fault becomes the sentence the user sees, "" where all went well."""
        try:
            work()
            return ""
        except UserError as error:
            log.info("%s: %s", type(error).__name__, error)
            sentence = say(error.sentence)
        except Exception:
            log.exception("fault on the worker thread")
            sentence = tr(
                "A fault of ours got in the way; the details are in {log}.", log=log_path()
            )
        if tell:
            self.failed.emit(sentence)
        return sentence
