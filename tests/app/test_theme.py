"""Colours that people with weak eyes can tell apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from app.theme import DARK, LIGHT

TEXT = [
    ("text", "window"), ("text", "surface"), ("text", "raised"), ("text", "hover"),
    ("text", "notice"), ("subtle", "window"), ("subtle", "surface"), ("subtle", "raised"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "danger"),
    ("on_accent", "danger_hover"), ("warning", "window"), ("window", "warning"),
]  # fmt: skip
MARKS = [("accent", "surface"), ("accent", "window"), ("subtle", "raised"), ("good", "raised")]


def luminance(colour):
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme, one, other):
    dark, light = sorted(luminance(getattr(theme, name)) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_words_stand_out_from_their_ground(theme):
    assert {pair: contrast(theme, *pair) for pair in TEXT if contrast(theme, *pair) < 4.5} == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_marks_and_focus_stand_out_from_their_ground(theme):
    assert {pair: contrast(theme, *pair) for pair in MARKS if contrast(theme, *pair) < 3.0} == {}
