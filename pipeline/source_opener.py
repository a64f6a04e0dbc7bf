"""Opens a source of sound again and again on a thread of its own, until it can be had."""

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from pipeline.audio_source import AudioSource
from pipeline.errors import UserError
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

RETRY_S = 1.0
JOIN_TIMEOUT_S = 1.0


class Opener(Protocol):
    """What `PatientSource` needs: one open source at a time, asked for without waiting."""

    @property
    def fault(self) -> str:
        """Why the last attempt failed, "" where it did not."""
        ...

    def replace(self, source: AudioSource | None, /) -> None:
        """Close this source, then open another one; `take` yields it."""
        ...

    def take(self) -> AudioSource | None:
        """The source that was opened, once."""
        ...

    def hurry(self) -> None:
        """Devices have changed: try now."""
        ...

    def close(self) -> None: ...


class SourceOpener:
    """Opens on a thread, since drivers take seconds at times; tries anew every `retry_s`.

    open_source: raises UserError while the source cannot be had; never called while one that it
        opened is still open
    """

    def __init__(self, open_source: Callable[[], AudioSource], retry_s: float = RETRY_S) -> None:
        self._open_source = open_source
        self._retry_s = retry_s
        self._changed = threading.Condition()
        self._to_close: AudioSource | None = None
        self._opened: AudioSource | None = None
        self._wanted = self._hurried = self._ending = False
        self._fault = ""
        self._thread = threading.Thread(target=self._work, name="open microphone", daemon=True)
        self._thread.start()

    @property
    def fault(self) -> str:
        return self._fault

    def replace(self, source: AudioSource | None, /) -> None:
        with self._changed:
            self._to_close, self._wanted, self._hurried = source, True, True
            self._changed.notify()

    def take(self) -> AudioSource | None:
        with self._changed:
            opened, self._opened = self._opened, None
            return opened

    def hurry(self) -> None:
        with self._changed:
            self._hurried = True
            self._changed.notify()

    def close(self) -> None:
        """End the thread; a source that nobody took is closed."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join(JOIN_TIMEOUT_S)

    def _work(self) -> None:
        while self._wait():
            with self._changed:
                to_close, self._to_close = self._to_close, None
                self._hurried = False
            if to_close is not None:
                to_close.close()
            opened = self._try_to_open()
            with self._changed:
                self._opened, self._wanted = opened, opened is None
        unused = self._to_close or self.take()
        if unused is not None:
            unused.close()

    def _wait(self) -> bool:
        """Return when a source should be opened; False at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ending or self._wanted)
            self._changed.wait_for(lambda: self._ending or self._hurried, self._retry_s)
            return not self._ending

    def _try_to_open(self) -> AudioSource | None:
        try:
            source = self._open_source()
        except UserError as fault:
            self._fault = fault.sentence
            return None
        except Exception as fault:  # of a driver's binding; this thread is a top of its own
            log.exception("fault while a microphone was opened")
            self._fault = Sentence(
                "The sound system answers with a fault ({reason}).", reason=fault
            )
            return None
        self._fault = ""
        log.info("%s is open", source.name)
        return source
