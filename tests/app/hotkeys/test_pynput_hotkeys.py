"""The adapter of Windows and macOS, on the X server of the tests: pynput is the same everywhere."""

import pytest

from app.hotkeys.combination import Combination
from app.hotkeys.pynput_hotkeys import PynputHotkeys


@pytest.fixture
def hotkeys(display, monkeypatch):
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("PYNPUT_BACKEND", "xorg")
    pytest.importorskip("pynput.keyboard", exc_type=ImportError)
    hotkeys = PynputHotkeys()
    hotkeys.start({"talk": Combination.parse("Alt+K"), "mute": Combination.parse("Alt+Shift+K")})
    hotkeys._listener.wait()
    yield hotkeys
    hotkeys.stop()


@pytest.fixture
def events(hotkeys):
    events = []
    hotkeys.pressed.connect(lambda name: events.append(("down", name)))
    hotkeys.released.connect(lambda name: events.append(("up", name)))
    return events


def test_a_held_combination_is_told_once_and_its_end_too(qtbot, hotkeys, keyboard, events):
    keyboard.press("Alt_L", "k")
    qtbot.waitUntil(lambda: events == [("down", "talk")], timeout=3000)
    keyboard.release("Alt_L", "k")
    qtbot.waitUntil(lambda: events == [("down", "talk"), ("up", "talk")], timeout=3000)


def test_more_modifiers_are_another_combination(qtbot, hotkeys, keyboard, events):
    keyboard.press("Alt_L", "Shift_L", "k")
    keyboard.release("k", "Shift_L", "Alt_L")
    qtbot.waitUntil(lambda: len(events) == 2, timeout=3000)
    assert events == [("down", "mute"), ("up", "mute")]


def test_after_the_end_nothing_is_told(qtbot, hotkeys, keyboard, events):
    hotkeys.stop()
    keyboard.press("Alt_L", "k")
    keyboard.release("k", "Alt_L")
    qtbot.wait(100)
    assert events == []
