"""A camera that may go away: it is opened again and again, and never shows nothing."""

import logging
import threading
import time
from collections.abc import Callable

import numpy as np

from pipeline.camera import Camera
from pipeline.errors import UserError
from pipeline.mailbox import Mailbox
from pipeline.rates import FRAME_PERIOD_S
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

# How long calls go without a picture; what sends is held up then, or loads something.
KEEP_ALIVE_S = 0.1
# One that was repeated this often stands still on purpose, and is repeated less often.
REPEATS, STILL_KEEP_ALIVE_S = 10, 1.0
# What a driver may take of a frame's time; one that takes longer is no longer waited for.
LONGEST_SEND_S = 0.5 * FRAME_PERIOD_S
SLOW_SEND_S = 0.15
RETRY_S = 1.5
JOIN_TIMEOUT_S = 1.0
OURS = (
    "The camera driver answers with a fault ({reason}); close other programs that use the camera."
)


class PatientCamera:
    """Camera whose `send` never fails and hardly waits; a thread of its own deals with the driver.

    The newest picture waits in a mailbox; where no other comes it is sent again every
    `KEEP_ALIVE_S`, later every `STILL_KEEP_ALIVE_S`, so that a call sees a picture whatever holds
    up the one who draws them.

    open_camera: opens the user's choice, raises UserError while it cannot be had
    on_change(name, advice): told from that thread when the camera is there (its name) or is not
        (what the user can do)
    opened: a camera that is open already

    `name` is "" while there is no camera.
    """

    def __init__(
        self,
        open_camera: Callable[[], Camera],
        on_change: Callable[[str, str], None],
        opened: Camera | None = None,
        retry_s: float = RETRY_S,
    ) -> None:
        self.name = opened.name if opened is not None else ""
        self.frames_sent = 0
        self._open_camera = open_camera
        self._on_change = on_change
        self._retry_s = retry_s
        self._camera = opened
        self._advice = ""
        self._pictures: Mailbox[np.ndarray] = Mailbox()
        self._taken = threading.Event()
        self._answers = opened is not None
        self._hurried = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._work, name="camera", daemon=True)
        self._thread.start()

    def send(self, frame: np.ndarray) -> None:
        """Show (height, width, 3) uint8 RGB, which is never written again.

        Returns when the driver has it, or at once where the driver did not answer in time before.
        """
        self._taken.clear()
        self._pictures.put(frame)
        if self._answers:
            self._answers = self._taken.wait(LONGEST_SEND_S)

    def send_audio(self, samples: np.ndarray) -> None:
        """Cameras have no sound."""

    def hurry(self) -> None:
        """Devices have changed: look for the camera now. From any thread."""
        self._hurried.set()

    def close(self) -> None:
        """Give the camera back; a second call does nothing."""
        self._ending = True
        self._pictures.close()
        self._hurried.set()
        self._thread.join(JOIN_TIMEOUT_S)
        if self._thread.is_alive():
            log.warning("the camera driver does not answer; it stays open until the end")

    def _work(self) -> None:
        picture, repeats = None, 0
        while not self._ending:
            if self._camera is None and not self._try_to_open():
                self._hurried.wait(self._retry_s)
                self._hurried.clear()
                continue
            is_still = repeats >= REPEATS
            newest = self._pictures.take(STILL_KEEP_ALIVE_S if is_still else KEEP_ALIVE_S)
            repeats = repeats + 1 if newest is None or newest is picture else 0
            picture = picture if newest is None else newest
            if picture is not None and not self._ending:
                self._send(picture)
        self._give_back()

    def _try_to_open(self) -> bool:
        try:
            camera = self._open_camera()
        except UserError as fault:
            self._tell(fault.sentence)
            return False
        except Exception as fault:  # of a driver's binding; this thread is a top of its own
            log.exception("fault while the camera was opened")
            self._tell(Sentence(OURS, reason=fault))
            return False
        self._camera, self.name, self._advice = camera, camera.name, ""
        log.info("the camera %s is open", camera.name)
        self._on_change(camera.name, "")
        return True

    def _send(self, picture: np.ndarray) -> None:
        assert self._camera is not None
        started_s = time.monotonic()
        try:
            self._camera.send(picture)
        except UserError as fault:
            advice: str = fault.sentence
        except Exception as fault:
            log.exception("fault of the camera driver")
            advice = Sentence(OURS, reason=fault)
        else:
            self.frames_sent += 1
            self._answers = True
            self._taken.set()
            took_s = time.monotonic() - started_s
            if took_s > SLOW_SEND_S:
                log.info("the driver of the camera took %.1f s for a picture", took_s)
            return
        self._answers = False
        self._taken.set()
        self.name = ""
        self._give_back()
        self._tell(advice)
        self._hurried.wait(self._retry_s)
        self._hurried.clear()

    def _give_back(self) -> None:
        camera, self._camera = self._camera, None
        if camera is None:
            return
        try:
            camera.close()
        except Exception:
            log.info("the camera cannot be closed properly", exc_info=True)

    def _tell(self, advice: str) -> None:
        if advice != self._advice:
            self._advice = advice
            log.info("no camera: %s", advice)
            self._on_change("", advice)
