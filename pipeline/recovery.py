"""What is done about an engine that fails in a run."""

import logging
from dataclasses import dataclass
from enum import Enum

from pipeline.clock import Clock
from pipeline.errors import UserError
from pipeline.notices import Notices
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

ENGINE = "engine"
# A fault so long after the one before has nothing to do with it.
WELL_AFTER_S = 60.0
# An engine that runs for less was not mended: the same trouble goes on.
STEADY_S = 5.0
# More faults within a minute are no accident, however well it runs between them.
MOST_RESUMPTIONS = 5
# So many attempts in vain are followed by the next one at once.
PROMPT_ATTEMPTS = 2
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 10.0
MEMORY_WORDS = ("out of memory", "failed to allocate", "bad_alloc")
CUDA_WORDS = ("cuda", "cublas", "cudnn")


class Remedy(Enum):
    """What is tried, from the quickest to the surest."""

    RESUME = "the same engine goes on, with its state anew"
    RENEW = "the same is made anew"
    HUMBLE = "one is made on the CPU and in the lite tier"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The next attempt to have an engine that works. not_before_s: monotonic time"""

    remedy: Remedy
    not_before_s: float


class Recovery:
    """Counts faults and says what is tried next; tells the user what happens.

    What fails once may have passed already (memory that another program took): the engine goes on
    with the next frame. Where it fails again before it ran for a while, it is made anew, where
    memory lacks as a humbler one, and so from the third time on. Attempts that do not help are
    repeated as often as it takes, in growing pauses.
    """

    def __init__(self, notices: Notices, clock: Clock) -> None:
        self._notices = notices
        self._clock = clock
        # Of the trouble that goes on, and of the last minute.
        self._faults = self._recent_faults = 0
        self._needs_less = False
        self._last_fault_s = self._down_since_s = 0.0
        self._mended_s: float | None = None
        self._first_title = ""

    def plan(self, fault: Exception, title: str) -> Attempt:
        """A stage of the engine `title`, or the attempt to build one, raised `fault`."""
        now_s = self._clock.now_s()
        log.error("the engine failed (%s)", title, exc_info=fault)
        self._count(now_s)
        self._first_title = self._first_title or title
        self._needs_less |= _is_memory(fault)
        is_often = self._recent_faults > MOST_RESUMPTIONS
        if self._faults == 1 and not is_often:
            log.info("the engine goes on with the next frame")
            self._mended_s = now_s
            return Attempt(Remedy.RESUME, now_s)
        self._mended_s = None
        stands = "{reason} The last picture stands until it is mended."
        self._notices.tell(ENGINE, Sentence(stands, reason=_reason(fault)))
        is_humbler = self._needs_less or self._faults > 2 or is_often
        remedy = Remedy.HUMBLE if is_humbler else Remedy.RENEW
        return Attempt(remedy, now_s + self._pause_s())

    def _count(self, now_s: float) -> None:
        if now_s - self._last_fault_s > WELL_AFTER_S:
            self._recent_faults = 0
            self._needs_less = False
        ran_well = self._mended_s is not None and now_s - self._mended_s > STEADY_S
        if ran_well or not self._faults:
            self._faults = 0
            self._down_since_s = now_s
        self._faults += 1
        self._recent_faults += 1
        self._last_fault_s = now_s

    def _pause_s(self) -> float:
        vain = self._faults - 1
        if vain <= PROMPT_ATTEMPTS:
            return 0.0
        doublings = min(vain - PROMPT_ATTEMPTS - 1, 10)
        return min(FIRST_PAUSE_S * 2**doublings, LONGEST_PAUSE_S)

    def succeed(self, title: str) -> None:
        """An engine `title` runs again."""
        self._mended_s = self._clock.now_s()
        down_s = self._mended_s - self._down_since_s
        log.info("an engine runs again after %.2f s: %s", down_s, title)
        sentence = ""
        if title != self._first_title:
            sentence = Sentence(
                "The avatar is {title} now, because {first} failed; close programs that use the"
                " graphics card: from time to time it is tried again.",
                title=title,
                first=self._first_title,
            )
        self._notices.tell(ENGINE, sentence)


def _reason(fault: Exception) -> Sentence:
    text = f"{type(fault).__name__} {fault}".lower()
    if isinstance(fault, UserError):
        return fault.sentence
    if _is_memory(fault):
        return Sentence("The memory for the avatar ran out.")
    if any(word in text for word in CUDA_WORDS):
        return Sentence("The graphics card stopped answering.")
    return Sentence("A step of the avatar failed.")


def _is_memory(fault: Exception) -> bool:
    text = f"{type(fault).__name__} {fault}".lower()
    return isinstance(fault, MemoryError) or any(word in text for word in MEMORY_WORDS)
