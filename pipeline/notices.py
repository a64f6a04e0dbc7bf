"""What is amiss at the moment, one sentence a topic; each that comes or goes is logged."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Notices:
    """Told from whatever thread notices something, read by the one that shows it.

    on_change: called with all sentences after each change, on the thread that told it
    """

    def __init__(self, on_change: Callable[[tuple[str, ...]], None] | None = None) -> None:
        self._lock = threading.Lock()
        self._sentences: dict[str, str] = {}
        self._on_change = on_change

    def tell(self, topic: str, sentence: str) -> None:
        """Say what is amiss, or with "" that nothing is any more."""
        with self._lock:
            before = self._sentences.pop(topic, "")
            if sentence:
                self._sentences[topic] = sentence
            sentences = tuple(self._sentences.values())
        if sentence == before:
            return
        log.info("%s: %s", topic, sentence or "all is well again")
        if self._on_change is not None:
            self._on_change(sentences)

    def sentences(self) -> tuple[str, ...]:
        """Everything that is amiss now, the newest last."""
        with self._lock:
            return tuple(self._sentences.values())
