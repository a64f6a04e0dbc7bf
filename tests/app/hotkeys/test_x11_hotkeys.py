import pytest

from app.hotkeys.combination import Combination, HotkeyError
from app.hotkeys.x11_hotkeys import X11Hotkeys


@pytest.fixture
def hotkeys(display, monkeypatch):
    monkeypatch.setenv("DISPLAY", display)
    hotkeys = X11Hotkeys()
    yield hotkeys
    hotkeys.stop()


@pytest.fixture
def events(hotkeys):
    events = []
    hotkeys.pressed.connect(lambda name: events.append(("down", name)))
    hotkeys.released.connect(lambda name: events.append(("up", name)))
    return events


def test_a_combination_is_heard_without_any_window(qtbot, hotkeys, keyboard, events):
    hotkeys.start({"mute": Combination.parse("Ctrl+Alt+M"), "card": Combination.parse("F9")})
    keyboard.press("Control_L", "Alt_L", "m")
    keyboard.release("Control_L", "Alt_L", "m")
    keyboard.press("F9")
    keyboard.release("F9")
    qtbot.waitUntil(lambda: len(events) == 4, timeout=3000)
    assert events == [("down", "mute"), ("up", "mute"), ("down", "card"), ("up", "card")]


def test_other_keys_are_not_even_seen(qtbot, hotkeys, keyboard, events):
    hotkeys.start({"mute": Combination.parse("Ctrl+Alt+M")})
    keyboard.press("m", "Control_L")
    keyboard.release("m", "Control_L")
    keyboard.press("Shift_L", "Control_L", "Alt_L", "m")
    keyboard.release("m", "Alt_L", "Control_L", "Shift_L")
    qtbot.wait(100)
    assert events == []


def test_locks_change_nothing(qtbot, hotkeys, keyboard, events):
    hotkeys.start({"mute": Combination.parse("Ctrl+Alt+M")})
    keyboard.press("Num_Lock")
    keyboard.release("Num_Lock")
    try:
        keyboard.press("Control_L", "Alt_L", "m")
        keyboard.release("m", "Alt_L", "Control_L")
        qtbot.waitUntil(lambda: len(events) == 2, timeout=3000)
    finally:
        keyboard.press("Num_Lock")
        keyboard.release("Num_Lock")


def test_keys_that_another_program_holds_are_told_and_freed_ones_can_be_had(hotkeys):
    other = X11Hotkeys()
    wanted = {"mute": Combination.parse("Ctrl+Alt+M")}
    other.start(wanted)
    with pytest.raises(HotkeyError, match=r"Another program has taken Ctrl\+Alt\+M"):
        hotkeys.start(wanted)
    other.stop()
    hotkeys.start(wanted)


def test_without_a_server_one_sentence_is_told(hotkeys, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(HotkeyError, match="no X11 display"):
        hotkeys.start({})
