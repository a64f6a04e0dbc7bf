"""Whether this machine has more to do than it can, and whose work that is."""

import logging
from collections.abc import Callable

import psutil

log = logging.getLogger(__name__)

BUSY_PERCENT, CALM_PERCENT = 95.0, 85.0
# Looks after which it is said once more that it is busy still, and with whose work.
REMINDER_LOOKS = 30


class ProcessorLoad:
    """Logs when the processor has no time left, and when it has some again.

    whole, own: percent of all cores together that were busy since the call before, and percent of
    one core that this program took
    """

    def __init__(
        self,
        whole: Callable[[], float] = psutil.cpu_percent,
        own: Callable[[], float] | None = None,
        cores: int | None = None,
    ) -> None:
        self._whole = whole
        self._own = own or psutil.Process().cpu_percent
        self._cores = cores or psutil.cpu_count() or 1
        # Looks since it became busy; None where it is not.
        self._busy_looks: int | None = None

    def look(self) -> None:
        """Compare with the look before; the first one only begins."""
        whole, own = self._whole(), self._own() / self._cores
        if self._busy_looks is None:
            self._busy_looks = 0 if whole >= BUSY_PERCENT else None
        elif whole < CALM_PERCENT:
            self._busy_looks = None
            log.info("the processor has time again")
        else:
            self._busy_looks += 1
        if self._busy_looks is not None and self._busy_looks % REMINDER_LOOKS == 0:
            log.info("the processor is busy: %.0f %%, %.0f %% of it for us", whole, own)
