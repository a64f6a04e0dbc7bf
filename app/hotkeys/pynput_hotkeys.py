"""Global hotkeys on Windows and macOS, through pynput."""

import logging
import sys
from typing import Any

from PySide6.QtCore import QObject

from app.hotkeys.combination import Combination, HotkeyError
from app.hotkeys.keys import Keys

log = logging.getLogger(__name__)

# Qt says Ctrl for the command key of a Mac, and Meta for its control key.
KEYS = {"Ctrl": "ctrl", "Alt": "alt", "Shift": "shift", "Meta": "cmd"}
MAC_KEYS = {**KEYS, "Ctrl": "cmd", "Meta": "ctrl"}
NOT_ALLOWED = (
    "Global hotkeys need a permission: allow ChatAnyone in System Settings, Privacy & Security, "
    "Accessibility and Input Monitoring, and start it again."
)


class PynputHotkeys(Keys):
    """Emits the name of a combination when it is pressed and released, in any window.

    pynput's thread sees every key; only the combinations wanted leave this class.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listener: Any = None
        self._wanted: dict[str, frozenset[Any]] = {}
        self._down: set[Any] = set()
        self._active: set[str] = set()

    def start(self, wanted: dict[str, Combination]) -> None:
        """Listen for these, by name. Raises HotkeyError where that is impossible."""
        try:
            from pynput import keyboard
        except ImportError as error:
            raise HotkeyError(
                f"Global hotkeys are unavailable: pynput cannot be loaded ({error})."
            ) from error
        self._wanted = {
            name: frozenset(keyboard.HotKey.parse(pynput_name(combination)))
            for name, combination in wanted.items()
        }
        self._listener = keyboard.Listener(on_press=self.press, on_release=self.release)
        self._listener.start()
        if not getattr(self._listener, "IS_TRUSTED", True):
            self.stop()
            raise HotkeyError(NOT_ALLOWED)

    def stop(self) -> None:
        """Stop listening; a second call does nothing."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.stop()
        self._down.clear()
        self._active.clear()

    def press(self, key: Any) -> None:
        """A key went down; on pynput's thread."""
        if self._listener is None:
            return
        self._down.add(self._listener.canonical(key))
        for name, keys in self._wanted.items():
            if name not in self._active and keys == self._down:
                self._active.add(name)
                self.pressed.emit(name)

    def release(self, key: Any) -> None:
        """A key went up; on pynput's thread."""
        if self._listener is None:
            return
        released = self._listener.canonical(key)
        self._down.discard(released)
        for name in [name for name in self._active if released in self._wanted[name]]:
            self._active.discard(name)
            self.released.emit(name)


def pynput_name(combination: Combination, system: str = sys.platform) -> str:
    """The combination in pynput's own words, as "<ctrl>+<alt>+m"."""
    keys = MAC_KEYS if system == "darwin" else KEYS
    single = len(combination.key) == 1
    key = combination.key.lower() if single else f"<{combination.key.lower()}>"
    return "+".join([*(f"<{keys[modifier]}>" for modifier in combination.modifiers), key])
