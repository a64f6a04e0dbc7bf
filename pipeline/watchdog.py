"""Looks at the loop from beside: stages that hang, clocks that jump, load, pictures left out."""

import logging
import threading
from collections.abc import Callable
from typing import Self

from pipeline.clock import Clock
from pipeline.notices import Notices
from pipeline.processor_load import ProcessorLoad
from pipeline.rates import FPS
from pipeline.sentence import Sentence
from pipeline.statistics import SLOW_STEP_S, SlowStep, Statistics

log = logging.getLogger(__name__)

STAGE = "stage"
PERIOD_S = 0.05
# Looks at which a stage is in the same step, hence a notice after 0.35 to 0.4 s.
STUCK_LOOKS = 8
CLOCK_JUMP_S = 1.0
COUNT_PERIOD_LOOKS = 100
LOAD_PERIOD_LOOKS = 40
MANY_DROPPED = 0.1 * FPS * COUNT_PERIOD_LOOKS * PERIOD_S
TITLES = {
    "speech_features": Sentence("Listening to your voice"),
    "face_motion": Sentence("Moving the face"),
    "body_motion": Sentence("Moving the body"),
    "camera": Sentence("The camera driver"),
}
OTHER_TITLE = Sentence("Drawing the picture")


class Watchdog:
    """A thread that looks twenty times a second at what the loop is doing.

    It counts looks, so that a clock that jumps is no alarm; how long a slow stage took is told by
    the stage itself, as a busy machine lets us look too seldom.

    statistics: returns those of the run
    """

    def __init__(
        self, statistics: Callable[[], Statistics], notices: Notices, clock: Clock
    ) -> None:
        self._statistics = statistics
        self._notices = notices
        self._clock = clock
        self._seen: tuple[str, float] | None = None
        self._slow: SlowStep | None = None
        self._looks_at_stage = self._looks = self._dropped = 0
        self._last_s = clock.now_s()
        # The last one: from which time to which.
        self._jump = (self._last_s, self._last_s)
        self._is_busy = False
        self._load = ProcessorLoad()
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
        now = self._statistics().in_progress
        if now is not None and now is self._seen:
            self._looks_at_stage += 1
            if self._looks_at_stage == STUCK_LOOKS:
                self._notices.tell(STAGE, _sentence(now[0]))
                log.info("the stage %s does not come back", now[0])
        else:
            self._see(now)
        self._look_back()
        self._looks += 1
        if self._looks % COUNT_PERIOD_LOOKS == 0:
            self._count_dropped()
        if self._looks % LOAD_PERIOD_LOOKS == 0:
            self._load.look()

    def look_at_clock(self, waited_s: float) -> None:
        """Note a clock that went on by much more than the `waited_s` since the last call."""
        before_s, self._last_s = self._last_s, self._clock.now_s()
        jump_s = self._last_s - before_s - waited_s
        if jump_s > CLOCK_JUMP_S:
            self._jump = (before_s, before_s + jump_s)
            log.info("the clock jumped by %.1f s: did the computer sleep?", jump_s)

    def _see(self, now: tuple[str, float] | None) -> None:
        if self._looks_at_stage >= STUCK_LOOKS:
            self._notices.tell(STAGE, "")
        self._seen, self._looks_at_stage = now, 1

    def _look_back(self) -> None:
        """Note a slow step that is over."""
        before, self._slow = self._slow, self._statistics().slow_step
        if self._slow is None or self._slow is before:
            return
        took_s = self._slow.took_s - self._jump_in(self._slow)
        if took_s > SLOW_STEP_S:
            log.info("the stage %s came back after %.1f s", self._slow.name, took_s)

    def _jump_in(self, step: SlowStep) -> float:
        """By how much the clock jumped meanwhile."""
        from_s, to_s = self._jump
        began_before = step.started_s < from_s + CLOCK_JUMP_S / 2
        ended_after = step.started_s + step.took_s > from_s + CLOCK_JUMP_S
        return to_s - from_s if began_before and ended_after else 0.0

    def _count_dropped(self) -> None:
        before, self._dropped = self._dropped, self._statistics().frames_dropped
        dropped, was_busy = self._dropped - before, self._is_busy
        self._is_busy = dropped > MANY_DROPPED
        if self._is_busy and not was_busy:
            period_s = COUNT_PERIOD_LOOKS * PERIOD_S
            log.info("%d pictures were left out in %.0f s: too much to do", dropped, period_s)
        elif was_busy and not self._is_busy:
            log.info("hardly a picture is left out any more")

    def _work(self) -> None:
        while not self._ending.wait(PERIOD_S):
            self.look_at_clock(PERIOD_S)
            self.look()


def _sentence(stage: str) -> Sentence:
    return Sentence(
        "{what} hangs; the last picture stands. Where it stays so, press Stop and Start.",
        what=TITLES.get(stage, OTHER_TITLE),
    )
