"""Keys that work in every program: mute, talk, card, next style."""

import logging
import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.control import Control
from app.hotkeys.combination import Combination, HotkeyError
from app.hotkeys.keys import Keys
from app.session import Session
from app.words import mark, say, tr

log = logging.getLogger(__name__)

TITLES = {
    "mute": mark("Mute, or listen again"),
    "talk": mark("Talk while it is held"),
    "card": mark("Card, or avatar again"),
    "next_style": mark("Next style"),
}
OFF = mark("Off.")
WORKING = mark("They work in every program.")
NO_DESKTOP = mark("Global hotkeys are unavailable: this desktop has none that can be used.")


class Hotkeys(QObject):
    """Watches the keys of the settings and carries out what they stand for.

    keys: of this system where None
    """

    status_changed = Signal(str)

    def __init__(
        self, session: Session, control: Control, keys: Keys | None = None,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session = session
        self._control = control
        self._given_keys = keys
        self._keys: Keys | None = None
        self._chosen: dict[str, str] | None = None
        self._status = OFF
        session.settings_changed.connect(self._follow)

    @property
    def status(self) -> str:
        """Whether they work, and why not."""
        return say(self._status)

    def open(self) -> None:
        """Watch the keys from now on, where the user wants that."""
        self._follow()

    def close(self) -> None:
        """Give the keys back."""
        keys, self._keys = self._keys, None
        if keys is not None:
            for signal in (keys.pressed, keys.released, keys.failed):
                signal.disconnect()
            keys.stop()

    def _follow(self, _: object = None) -> None:
        settings = self._session.settings
        chosen = {name: getattr(settings, f"hotkey_{name}") for name in TITLES}
        chosen = {name: text for name, text in chosen.items() if text}
        if not settings.hotkeys:
            chosen = {}
        if chosen == self._chosen:
            return
        self._chosen = chosen
        self.close()
        self._tell(self._start(chosen) if chosen else OFF)

    def _start(self, chosen: dict[str, str]) -> str:
        try:
            wanted = {name: Combination.parse(text) for name, text in chosen.items()}
            if len(set(wanted.values())) < len(wanted):
                raise HotkeyError("Two of them have the same keys; choose different ones.")
            keys = self._given_keys or system_keys()
            keys.pressed.connect(self._press)
            keys.released.connect(self._release)
            keys.failed.connect(self._tell)
            self._keys = keys
            keys.start(wanted)
        except HotkeyError as error:
            log.info("no hotkeys: %s", error)
            self.close()
            return error.sentence
        return WORKING

    def _press(self, name: str) -> None:
        if name == "next_style":
            self._control.answer({"type": "style", "step": 1})
        elif name == "talk":
            self._talk(True)
        else:
            self._control.answer({"type": name, "on": "toggle"})

    def _release(self, name: str) -> None:
        if name == "talk":
            self._talk(False)

    def _talk(self, talking: bool) -> None:
        """Push-to-talk where the user chose that; otherwise the key unmutes while it is held."""
        self._session.set_talking(talking)
        if not self._session.settings.push_to_talk:
            self._session.set_muted(not talking)

    def _tell(self, status: str) -> None:
        if status != self._status:
            self._status = status
            self.status_changed.emit(self.status)


def system_keys(system: str = sys.platform, environment: Mapping[str, str] | None = None) -> Keys:
    """What offers global hotkeys here. Raises HotkeyError where nothing does."""
    environment = os.environ if environment is None else environment
    if system in ("win32", "darwin"):
        from app.hotkeys.pynput_hotkeys import PynputHotkeys

        return PynputHotkeys()
    # An X11 window on a Wayland desktop could grab keys, but would get them in X11 windows only.
    wayland = environment.get("XDG_SESSION_TYPE") == "wayland" or "WAYLAND_DISPLAY" in environment
    if wayland or QGuiApplication.platformName() == "wayland":
        from app.hotkeys.portal_hotkeys import PortalHotkeys

        return PortalHotkeys({name: tr(title) for name, title in TITLES.items()})
    if environment.get("DISPLAY"):
        from app.hotkeys.x11_hotkeys import X11Hotkeys

        return X11Hotkeys()
    raise HotkeyError(NO_DESKTOP)
