"""What is done about an engine that fails in a run."""

import logging
from dataclasses import dataclass

from pipeline.clock import Clock
from pipeline.errors import UserError
from pipeline.notices import Notices

log = logging.getLogger(__name__)

ENGINE = "engine"
# A fault so long after the one before has nothing to do with it.
WELL_AFTER_S = 60.0
# An engine that runs for less was not mended: the next attempt waits.
STEADY_S = 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 10.0
MEMORY_WORDS = ("out of memory", "failed to allocate", "bad_alloc")
CUDA_WORDS = ("cuda", "cublas", "cudnn")


@dataclass(frozen=True, slots=True)
class Attempt:
    """The next attempt to build an engine.

    humbler: on the CPU and in the lite tier; not_before_s: monotonic time
    """

    humbler: bool
    not_before_s: float


class Recovery:
    """Counts faults and says what is tried next; tells the user what happens.

    The first fault: the same engine anew. A lack of memory, or a second fault within a minute: a
    humbler one. Attempts that do not help are repeated as often as it takes, in growing pauses.
    """

    def __init__(self, notices: Notices, clock: Clock) -> None:
        self._notices = notices
        self._clock = clock
        self._faults = self._vain_attempts = 0
        self._humbler = False
        self._last_fault_s = self._down_since_s = 0.0
        self._mended_s: float | None = None
        self._first_title = ""

    def plan(self, fault: Exception, title: str) -> Attempt:
        """A stage of the engine `title`, or the attempt to build one, raised `fault`."""
        now_s = self._clock.now_s()
        log.error("the engine failed (%s)", title, exc_info=fault)
        if self._faults and now_s - self._last_fault_s > WELL_AFTER_S:
            self._faults = 0
            self._humbler = False
        if self._mended_s is None and self._faults:
            self._vain_attempts += 1
        else:
            was_steady = self._mended_s is None or now_s - self._mended_s > STEADY_S
            self._vain_attempts = 0 if was_steady else self._vain_attempts + 1
            self._down_since_s = now_s
        self._first_title = self._first_title or title
        self._mended_s = None
        self._faults += 1
        self._last_fault_s = now_s
        self._humbler |= _is_memory(fault) or self._faults > 1
        pause_s = 0.0
        if self._vain_attempts > 1:
            pause_s = min(FIRST_PAUSE_S * 2 ** (self._vain_attempts - 2), LONGEST_PAUSE_S)
        self._notices.tell(ENGINE, f"{_reason(fault)} The last picture stands until it is mended.")
        return Attempt(self._humbler, now_s + pause_s)

    def succeed(self, title: str) -> None:
        """An engine `title` runs again."""
        self._mended_s = self._clock.now_s()
        down_s = self._mended_s - self._down_since_s
        log.info("an engine runs again after %.2f s: %s", down_s, title)
        sentence = ""
        if title != self._first_title:
            sentence = (
                f"The avatar is {title} now, because {self._first_title} failed; close programs"
                " that use the graphics card, then press Stop and Start."
            )
        self._notices.tell(ENGINE, sentence)


def _reason(fault: Exception) -> str:
    text = f"{type(fault).__name__} {fault}".lower()
    if isinstance(fault, UserError):
        return str(fault)
    if _is_memory(fault):
        return "The memory for the avatar ran out."
    if any(word in text for word in CUDA_WORDS):
        return "The graphics card stopped answering."
    return "A step of the avatar failed."


def _is_memory(fault: Exception) -> bool:
    text = f"{type(fault).__name__} {fault}".lower()
    return isinstance(fault, MemoryError) or any(word in text for word in MEMORY_WORDS)
