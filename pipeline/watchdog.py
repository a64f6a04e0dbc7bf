"""Notices a stage that does not come back."""

import logging
import threading
from collections.abc import Callable
from typing import Self

from pipeline.notices import Notices

log = logging.getLogger(__name__)

STAGE = "stage"
PERIOD_S = 0.1
# Looks at which a stage was in the same step, hence between 0.3 and 0.4 s.
STUCK_LOOKS = 4
TITLES = {
    "speech_features": "Listening to your voice",
    "face_motion": "Moving the face",
    "body_motion": "Moving the body",
    "camera": "The camera driver",
}
OTHER_TITLE = "Drawing the picture"


class Watchdog:
    """A thread that looks ten times a second at what the loop is doing.

    It counts looks, so that a clock that jumps is no alarm.

    in_progress: returns (stage, when it began), another object each step; None between stages
    """

    def __init__(
        self, in_progress: Callable[[], tuple[str, float] | None], notices: Notices
    ) -> None:
        self._in_progress = in_progress
        self._notices = notices
        self._seen: tuple[str, float] | None = None
        self._looks = 0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ending.set()
        self._thread.join()
        self._notices.tell(STAGE, "")

    def look(self) -> None:
        """Compare with the look before."""
        now = self._in_progress()
        if now is not None and now is self._seen:
            self._looks += 1
            if self._looks == STUCK_LOOKS:
                self._notices.tell(STAGE, _sentence(now[0]))
                log.info("the stage %s does not come back", now[0])
            return
        if self._seen is not None and self._looks >= STUCK_LOOKS:
            log.info("the stage %s came back after %.1f s", self._seen[0], self._looks * PERIOD_S)
            self._notices.tell(STAGE, "")
        self._seen, self._looks = now, 1

    def _work(self) -> None:
        while not self._ending.wait(PERIOD_S):
            self.look()


def _sentence(stage: str) -> str:
    return (
        f"{TITLES.get(stage, OTHER_TITLE)} hangs; the last picture stands. Where it stays so, press"
        " Stop and Start."
    )
