"""Whether this machine has more to do than it can, and whose work that is."""

import logging
from collections.abc import Callable

import psutil

log = logging.getLogger(__name__)

BUSY_PERCENT, CALM_PERCENT = 95.0, 85.0


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
        self._is_busy = False

    def look(self) -> None:
        """Compare with the look before; the first one only begins."""
        whole, own = self._whole(), self._own() / self._cores
        if not self._is_busy and whole >= BUSY_PERCENT:
            log.info("the processor is busy: %.0f %%, %.0f %% of it for us", whole, own)
        elif self._is_busy and whole < CALM_PERCENT:
            log.info("the processor has time again")
        else:
            return
        self._is_busy = not self._is_busy
