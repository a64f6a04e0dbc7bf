"""Global hotkeys on Wayland: the desktop's portal asks the user and hands them out.

https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
Spoken with jeepney, since QtDBus cannot write the portal's array of structures from Python.
"""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from app.hotkeys.combination import Combination, HotkeyError
from app.hotkeys.keys import Keys

log = logging.getLogger(__name__)

BUS_NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
REGISTRY = "org.freedesktop.host.portal.Registry"
APPLICATION_ID = "chatanyone"
TRIGGERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
NO_PORTAL = (
    "Global hotkeys are unavailable: this Wayland desktop has no portal for them (KDE 5.27, "
    "GNOME 48 and Hyprland do). A shortcut of the desktop can run `main.py --toggle-mute` instead."
)
REFUSED = "The desktop did not allow the global hotkeys."
GRANTED = 0

Reply = Callable[[Any], None]


class PortalHotkeys(Keys):
    """Emits the name of a shortcut when it is pressed and released, in any window.

    The desktop decides on the keys: the combinations are proposals. Everything after `start` is
    answered later; `failed` then tells what went wrong.
    """

    granted = Signal()

    def __init__(self, titles: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._wanted: dict[str, Combination] = {}
        self._connection: Any = None
        self._session = ""
        self._replies: dict[int, Reply] = {}
        self._responses: dict[str, Reply] = {}

    def start(self, wanted: dict[str, Combination]) -> None:
        """Ask the portal for these, by name. Raises HotkeyError where there is no bus."""
        try:
            from jeepney.io.blocking import open_dbus_connection
        except ImportError as error:
            raise HotkeyError(
                f"Global hotkeys are unavailable: jeepney cannot be loaded ({error})."
            ) from error
        try:
            self._connection = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError) as error:
            raise HotkeyError(NO_PORTAL) from error
        self._wanted = wanted
        self._notifier = QSocketNotifier(
            self._connection.sock.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)
        self._subscribe()
        # Newer portals want to know who asks; older ones do not have this and refuse.
        self._call(REGISTRY, "Register", "sa{sv}", (APPLICATION_ID, {}), lambda reply: None)
        options = {"handle_token": ("s", "create"), "session_handle_token": ("s", APPLICATION_ID)}
        self._request("CreateSession", "a{sv}", (options,), self._bind)

    def stop(self) -> None:
        """Give the shortcuts back by leaving the bus; a second call does nothing."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._notifier.setEnabled(False)
            connection.close()
        self._replies.clear()
        self._responses.clear()

    def _subscribe(self) -> None:
        from jeepney import MatchRule, message_bus

        for interface in (REQUEST, SHORTCUTS):
            rule = MatchRule(type="signal", interface=interface, sender=BUS_NAME)
            self._send(message_bus.AddMatch(rule), lambda reply: None)

    def _bind(self, response: Any) -> None:
        """The session is there: propose the shortcuts."""
        self._session = response.get("session_handle", ("s", ""))[1]
        proposals = [
            (name, {"description": ("s", self._titles[name]),
                    "preferred_trigger": ("s", portal_trigger(combination))})
            for name, combination in self._wanted.items()
        ]  # fmt: skip
        body = (self._session, proposals, "", {"handle_token": ("s", "bind")})
        self._request("BindShortcuts", "oa(sa{sv})sa{sv}", body, lambda _: self.granted.emit())

    def _request(self, member: str, signature: str, body: tuple, then: Reply) -> None:
        """Call what is answered by a Response signal of the request it returns."""

        def remember(reply: Any) -> None:
            if reply is None:
                self._give_up(NO_PORTAL)
            else:
                self._responses[reply[0]] = then

        self._call(SHORTCUTS, member, signature, body, remember)

    def _call(self, interface: str, member: str, signature: str, body: tuple, then: Reply) -> None:
        from jeepney import DBusAddress, new_method_call

        address = DBusAddress(PATH, BUS_NAME, interface)
        self._send(new_method_call(address, member, signature, body), then)

    def _send(self, message: Any, then: Reply) -> None:
        serial = next(self._connection.outgoing_serial)
        self._replies[serial] = then
        self._connection.send(message, serial=serial)

    def _read(self) -> None:
        while self._connection is not None:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            except (OSError, EOFError) as error:
                log.info("the message bus hung up: %s", error)
                self._give_up(REFUSED)
                return
            self._take(message)

    def _take(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        fields, kind = message.header.fields, message.header.message_type
        if kind in (MessageType.method_return, MessageType.error):
            then = self._replies.pop(fields[HeaderFields.reply_serial], None)
            if then is not None:
                then(None if kind is MessageType.error else message.body)
            return
        member = fields.get(HeaderFields.member)
        if member == "Response":
            self._take_response(fields[HeaderFields.path], *message.body)
        elif member in ("Activated", "Deactivated") and message.body[0] == self._session:
            name = message.body[1]
            (self.pressed if member == "Activated" else self.released).emit(name)

    def _take_response(self, path: str, code: int, results: dict[str, Any]) -> None:
        then = self._responses.pop(path, None)
        if then is None:
            return
        if code == GRANTED:
            then(results)
        else:
            self._give_up(REFUSED)

    def _give_up(self, sentence: str) -> None:
        self.stop()
        self.failed.emit(sentence)


def portal_trigger(combination: Combination) -> str:
    """The combination in the portal's words, as "CTRL+ALT+m"."""
    key = combination.key if combination.key.startswith("F") else combination.key.lower()
    if len(combination.key) == 1:
        key = combination.key.lower()
    return "+".join([*(TRIGGERS[modifier] for modifier in combination.modifiers), key])
