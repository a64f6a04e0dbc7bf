"""The port behind which each system's hotkeys stand."""

from PySide6.QtCore import QObject, Signal

from app.hotkeys.combination import Combination


class Keys(QObject):
    """Emits the name of a combination when it is pressed and released, in any window.

    failed: carries a sentence when the system offers them no longer
    """

    pressed = Signal(str)
    released = Signal(str)
    failed = Signal(str)

    def start(self, wanted: dict[str, Combination]) -> None:
        """Watch these, by name. Raises HotkeyError where that is impossible."""
        raise NotImplementedError

    def stop(self) -> None:
        """Give the keys back; a second call does nothing."""
        raise NotImplementedError
