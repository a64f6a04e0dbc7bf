"""Against a portal of the test's own, on a message bus of its own."""

import shutil
import subprocess
import threading

import pytest

jeepney = pytest.importorskip("jeepney")

from jeepney import HeaderFields, MessageType, new_method_return, new_signal  # noqa: E402
from jeepney.io.blocking import open_dbus_connection  # noqa: E402

from app.hotkeys.combination import Combination, HotkeyError  # noqa: E402
from app.hotkeys.portal_hotkeys import (  # noqa: E402
    BUS_NAME,
    PATH,
    REQUEST,
    SHORTCUTS,
    PortalHotkeys,
)

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")
SESSION = "/org/freedesktop/portal/desktop/session/1_2/chatanyone"
WANTED = {"mute": Combination.parse("Ctrl+Alt+M"), "talk": Combination.parse("F9")}


class Portal(threading.Thread):
    """Answers as xdg-desktop-portal does; code: 0 grants, 1 is the user's refusal"""

    def __init__(self, code=0):
        super().__init__(daemon=True)
        self.code = code
        self.bound = []
        self.connection = open_dbus_connection("SESSION")
        reply = self.connection.send_and_get_reply(
            jeepney.message_bus.RequestName(BUS_NAME), timeout=3
        )
        assert reply.body == (1,)
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            try:
                message = self.connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            except (OSError, EOFError):
                return
            if message.header.message_type is MessageType.method_call:
                self.answer(message)

    def answer(self, call):
        member = call.header.fields[HeaderFields.member]
        if member == "Register":
            self.connection.send(
                jeepney.new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")
            )
            return
        request = f"/org/freedesktop/portal/desktop/request/{member}"
        self.connection.send(new_method_return(call, "o", (request,)))
        results = {"session_handle": ("s", SESSION)} if member == "CreateSession" else {}
        if member == "BindShortcuts":
            self.bound = call.body[1]
        response = new_signal(
            jeepney.DBusAddress(request, interface=REQUEST),
            "Response", "ua{sv}", (self.code, results),
        )  # fmt: skip
        self.connection.send(response)

    def signal(self, member, name, session=SESSION):
        emitter = jeepney.DBusAddress(PATH, interface=SHORTCUTS)
        self.connection.send(new_signal(emitter, member, "osta{sv}", (session, name, 7, {})))

    def end(self):
        self.ended.set()
        self.join(3)
        self.connection.close()


@pytest.fixture
def bus(monkeypatch):
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    yield daemon
    daemon.terminate()
    daemon.wait(5)
    daemon.stdout.close()


@pytest.fixture
def portal(bus):
    portal = Portal()
    portal.start()
    yield portal
    portal.end()


@pytest.fixture
def hotkeys(bus):
    hotkeys = PortalHotkeys({"mute": "Mute", "talk": "Talk"})
    yield hotkeys
    hotkeys.stop()


def test_shortcuts_are_bound_and_heard(qtbot, portal, hotkeys):
    with qtbot.waitSignal(hotkeys.granted, timeout=3000):
        hotkeys.start(WANTED)
    assert [(name, options["preferred_trigger"]) for name, options in portal.bound] == [
        ("mute", ("s", "CTRL+ALT+m")), ("talk", ("s", "F9")),
    ]  # fmt: skip
    events = []
    hotkeys.pressed.connect(lambda name: events.append(("down", name)))
    hotkeys.released.connect(lambda name: events.append(("up", name)))
    portal.signal("Activated", "mute", session="/somebody/else")
    portal.signal("Activated", "talk")
    portal.signal("Deactivated", "talk")
    qtbot.waitUntil(lambda: len(events) == 2, timeout=3000)
    assert events == [("down", "talk"), ("up", "talk")]


def test_a_refusal_of_the_user_is_told(qtbot, portal, hotkeys):
    portal.code = 1
    with qtbot.waitSignal(hotkeys.failed, timeout=3000) as failed:
        hotkeys.start(WANTED)
    assert failed.args == ["The desktop did not allow the global hotkeys."]


def test_a_desktop_without_the_portal_is_told_with_the_way_out(qtbot, hotkeys):
    with qtbot.waitSignal(hotkeys.failed, timeout=3000) as failed:
        hotkeys.start(WANTED)
    assert "no portal" in failed.args[0]
    assert "--toggle-mute" in failed.args[0]


def test_a_session_without_a_bus_is_told(hotkeys, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    with pytest.raises(HotkeyError, match="no portal"):
        hotkeys.start(WANTED)


def test_a_bus_that_hangs_up_is_told(qtbot, portal, hotkeys, bus):
    with qtbot.waitSignal(hotkeys.granted, timeout=3000):
        hotkeys.start(WANTED)
    with qtbot.waitSignal(hotkeys.failed, timeout=3000):
        bus.terminate()
        portal.ended.set()
