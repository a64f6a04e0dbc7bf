"""A key with modifiers, as the user chose it and as each system wants it."""

from dataclasses import dataclass

from pipeline.errors import UserError

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
NAMED = {"Space": " ", **{f"F{number}": f"F{number}" for number in range(1, 25)}}


class HotkeyError(UserError):
    """A combination that cannot be used, or a system without global hotkeys."""


@dataclass(frozen=True, slots=True)
class Combination:
    """modifiers: of MODIFIERS, in that order; key: a letter, a digit, "Space" or "F1" to "F24" """

    modifiers: tuple[str, ...]
    key: str

    @classmethod
    def parse(cls, text: str) -> "Combination":
        """Read "Ctrl+Alt+M", as Qt writes it. Raises HotkeyError with what would be better."""
        *modifiers, key = text.split("+") if text else [""]
        if any(name not in MODIFIERS for name in modifiers):
            raise HotkeyError(f"{text} is no single combination of keys; choose another one.")
        known = key in NAMED or (len(key) == 1 and key.isascii() and key.isalnum())
        if not known:
            raise HotkeyError(f"{text} cannot be used; take a letter, a digit, Space or F1 to F24.")
        if not set(modifiers) - {"Shift"} and not (key.startswith("F") and len(key) > 1):
            raise HotkeyError(f"{text} is needed for typing; add Ctrl, Alt or Meta.")
        return cls(tuple(name for name in MODIFIERS if name in modifiers), key.capitalize())

    def __str__(self) -> str:
        return "+".join((*self.modifiers, self.key))
