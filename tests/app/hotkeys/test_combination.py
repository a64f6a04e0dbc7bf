import pytest

from app.hotkeys.combination import Combination, HotkeyError
from app.hotkeys.portal_hotkeys import portal_trigger
from app.hotkeys.pynput_hotkeys import pynput_name


@pytest.mark.parametrize("text", ["Ctrl+Alt+M", "Alt+Space", "F9", "Shift+F12", "Ctrl+Meta+5"])
def test_what_is_parsed_is_written_the_same(text):
    assert str(Combination.parse(text)) == text


def test_modifiers_have_one_order():
    assert Combination.parse("Meta+Ctrl+A") == Combination.parse("Ctrl+Meta+A")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "cannot be used"),
        ("M", "needed for typing"),
        ("Shift+M", "needed for typing"),
        ("Space", "needed for typing"),
        ("Ctrl+Del", "cannot be used"),
        ("Ctrl+K, Ctrl+B", "no single combination"),
        ("Ctrl+Ä", "cannot be used"),
        ("Ctrl++", "no single combination"),
        ("F25", "cannot be used"),
    ],
)
def test_what_cannot_be_a_hotkey_is_refused_with_advice(text, part):
    with pytest.raises(HotkeyError, match=part):
        Combination.parse(text)


@pytest.mark.parametrize(
    ("text", "system", "name"),
    [
        ("Ctrl+Alt+M", "win32", "<ctrl>+<alt>+m"),
        ("Ctrl+Alt+M", "darwin", "<cmd>+<alt>+m"),
        ("Alt+Space", "win32", "<alt>+<space>"),
        ("Shift+F9", "win32", "<shift>+<f9>"),
    ],
)
def test_pynput_gets_its_own_words(text, system, name):
    assert pynput_name(Combination.parse(text), system) == name


@pytest.mark.parametrize(
    ("text", "trigger"),
    [("Ctrl+Alt+M", "CTRL+ALT+m"), ("Meta+F9", "LOGO+F9"), ("Ctrl+F", "CTRL+f"),
     ("Alt+Space", "ALT+space")],
)  # fmt: skip
def test_the_portal_gets_its_own_words(text, trigger):
    assert portal_trigger(Combination.parse(text)) == trigger
