import pytest
from PySide6.QtGui import QKeySequence

from app.chain import Shown
from app.control import Control
from app.hotkeys.combination import HotkeyError
from app.hotkeys.hotkeys import Hotkeys, system_keys
from app.hotkeys.keys import Keys
from app.hotkeys_dialog import HotkeysDialog
from app.session import SessionState


class FakeKeys(Keys):
    """Keys that a test presses; fault: raised from `start`"""

    def __init__(self):
        super().__init__()
        self.wanted = None
        self.fault = None

    def start(self, wanted):
        if self.fault is not None:
            raise self.fault
        self.wanted = {name: str(keys) for name, keys in wanted.items()}

    def stop(self):
        self.wanted = None


@pytest.fixture
def keys():
    return FakeKeys()


@pytest.fixture
def hotkeys(session, keys):
    hotkeys = Hotkeys(session, Control(session), keys)
    hotkeys.open()
    yield hotkeys
    hotkeys.close()


@pytest.fixture
def running(qtbot, session, hotkeys):
    session.change(hotkeys=True)
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    return session


def test_no_key_is_taken_before_the_user_wants_that(hotkeys, session, keys):
    assert keys.wanted is None
    assert hotkeys.status == "Off."
    session.change(hotkeys=True)
    assert keys.wanted["mute"] == "Ctrl+Alt+M"
    assert hotkeys.status == "They work in every program."
    session.change(hotkeys=False)
    assert keys.wanted is None


def test_each_key_does_its_work(running, keys, fake):
    keys.pressed.emit("mute")
    assert running.muted
    keys.released.emit("mute")
    assert running.muted
    keys.pressed.emit("card")
    assert fake.chain.shown is Shown.CARD
    keys.pressed.emit("next_style")
    assert running.settings.style == "calm"


def test_who_holds_the_key_to_talk_is_heard_until_it_is_released(running, keys):
    running.set_muted(True)
    keys.pressed.emit("talk")
    assert running.state is SessionState.RUNNING
    keys.released.emit("talk")
    assert running.state is SessionState.MUTED


def test_with_push_to_talk_the_key_talks_and_does_not_unmute(running, keys):
    running.change(push_to_talk=True)
    assert running.deaf
    keys.pressed.emit("talk")
    assert running.state is SessionState.RUNNING
    keys.released.emit("talk")
    assert running.state is SessionState.MUTED
    assert not running.muted
    running.set_muted(True)
    keys.pressed.emit("talk")
    assert running.deaf, "who is muted stays so"


def test_a_change_of_keys_is_followed_and_a_cleared_one_is_left_out(running, keys, hotkeys):
    running.change(hotkey_mute="Ctrl+F9", hotkey_card="")
    assert keys.wanted == {
        "mute": "Ctrl+F9", "talk": "Ctrl+Alt+Space", "next_style": "Ctrl+Alt+S",
    }  # fmt: skip
    keys.pressed.emit("mute")
    assert running.muted, "it is connected once"


@pytest.mark.parametrize(
    ("key", "part"), [("M", "needed for typing"), ("Ctrl+Alt+S", "the same keys")]
)
def test_keys_that_cannot_be_used_are_told(session, hotkeys, keys, key, part):
    session.change(hotkeys=True, hotkey_mute=key)
    assert part in hotkeys.status
    assert keys.wanted is None


def test_a_system_without_hotkeys_says_so_plainly(session, hotkeys, keys):
    keys.fault = HotkeyError("Another program has taken Ctrl+Alt+M.")
    session.change(hotkeys=True)
    assert hotkeys.status == "Another program has taken Ctrl+Alt+M."
    keys.fault = None
    session.change(hotkey_mute="Ctrl+Alt+K")
    assert hotkeys.status == "They work in every program."
    keys.failed.emit("The desktop did not allow it.")
    assert hotkeys.status == "The desktop did not allow it."


def test_each_desktop_gets_its_kind():
    kinds = [
        type(system_keys(system, environment)).__name__
        for system, environment in (
            ("win32", {}),
            ("darwin", {}),
            ("linux", {"DISPLAY": ":0"}),
            ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}),
            ("linux", {"XDG_SESSION_TYPE": "wayland"}),
        )
    ]
    assert kinds == [
        "PynputHotkeys", "PynputHotkeys", "X11Hotkeys", "PortalHotkeys", "PortalHotkeys",
    ]  # fmt: skip
    with pytest.raises(HotkeyError, match="unavailable"):
        system_keys("linux", {})


def test_the_dialog_shows_and_changes_the_keys(qtbot, session, hotkeys, keys):
    dialog = HotkeysDialog(session, hotkeys)
    qtbot.addWidget(dialog)
    assert not dialog.edits["mute"].isEnabled()
    dialog.switch.setChecked(True)
    assert session.settings.hotkeys
    assert dialog.status.text() == "They work in every program."
    dialog.edits["mute"].setKeySequence(QKeySequence("Ctrl+Shift+F9"))
    assert keys.wanted["mute"] == "Ctrl+Shift+F9"
    session.change(hotkey_mute="Alt+F8")
    assert dialog.edits["mute"].keySequence() == QKeySequence("Alt+F8")
    dialog.edits["mute"].clear()
    assert "mute" not in keys.wanted
