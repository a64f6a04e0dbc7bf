"""Plays a take: its sound on the loudspeaker, and the time at which its pictures are due."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from app.take import Take
from app.words import say
from pipeline.errors import UserError
from pipeline.rates import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from pipeline.speaker import Speaker

log = logging.getLogger(__name__)

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 50
SLOWEST_END_MS = 2000


class TakePlayer(QThread):
    """Plays once when it is started; `ended` carries a sentence where there was no sound.

    open_speaker() -> Speaker, on this thread
    """

    ended = Signal(str)

    def __init__(
        self, take: Take, open_speaker: Callable[[], "Speaker"], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._open_speaker = open_speaker
        self._stop = threading.Event()
        self._start_s: float | None = None
        self._written_s = 0.0
        self._ahead_s: float | None = None

    @property
    def position_s(self) -> float:
        """What is heard now, counted from the start of the take; 0 before it begins.

        With sound it is what the device was given less what waits in it: a device may take a
        second to begin.
        """
        ahead_s = self._ahead_s
        if ahead_s is not None:
            return max(self._written_s - ahead_s, 0.0)
        return 0.0 if self._start_s is None else max(time.monotonic() - self._start_s, 0.0)

    def stop(self) -> None:
        """End at once."""
        self._stop.set()
        self.wait(SLOWEST_END_MS)

    def run(self) -> None:
        sentence = ""
        with ExitStack() as devices:
            try:
                speaker = devices.enter_context(self._open_speaker())
                self._ahead_s = speaker.latency_s
                self._write(speaker, self._take.samples)
            except UserError as error:
                log.info("the take is shown without sound: %s", error)
                sentence = say(error.sentence)
            self._start_s = time.monotonic() - self.position_s
            self._ahead_s = None
            self._stop.wait(max(self._take.seconds_s - self.position_s, 0.0))
        self.ended.emit(sentence)

    def _write(self, speaker: "Speaker", samples: np.ndarray) -> None:
        for first in range(0, len(samples), BLOCK_SAMPLES):
            if self._stop.is_set():
                return
            block = samples[first : first + BLOCK_SAMPLES]
            speaker.write(block)
            self._written_s += len(block) / SAMPLE_RATE_HZ
