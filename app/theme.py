"""Colours and style sheet of the window, dark and light as the system has it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours, "#rrggbb". variant: which of the small icons go with them."""

    variant: str
    window: str
    surface: str
    raised: str
    hover: str
    border: str
    text: str
    subtle: str
    accent: str
    accent_hover: str
    on_accent: str
    danger: str
    danger_hover: str
    good: str
    warning: str
    notice: str
    stage: str


DARK = Theme(
    variant="dark", window="#14161b", surface="#1c1f26", raised="#272b34", hover="#313641",
    border="#353b47", text="#eef1f6", subtle="#a3acbb", accent="#3f6bea", accent_hover="#3560dc",
    on_accent="#ffffff", danger="#cc3d48", danger_hover="#b8343f", good="#3ecf8e",
    warning="#f2b84b", notice="#3a2f1a", stage="#0d0f13",
)  # fmt: skip
LIGHT = Theme(
    variant="light", window="#f3f4f8", surface="#ffffff", raised="#eef0f5", hover="#e3e7ef",
    border="#d3d8e2", text="#1a1d24", subtle="#59616f", accent="#2f62e8", accent_hover="#2553cc",
    on_accent="#ffffff", danger="#c93541", danger_hover="#b02a35", good="#138a56",
    warning="#8a5900", notice="#fdf3dc", stage="#e2e6ee",
)  # fmt: skip

STYLE_SHEET = Template((Path(__file__).with_name("theme.qss")).read_text(encoding="utf-8"))


def system_theme() -> Theme:
    """The theme that goes with the colours of the desktop."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def chosen_theme(name: str) -> Theme:
    """The theme of a setting: "light", "dark", or the desktop's for "system"."""
    return {"light": LIGHT, "dark": DARK}.get(name) or system_theme()


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole application this theme."""
    if application.property("theme") == theme:
        return
    application.setStyle("Fusion")
    application.setPalette(_palette(theme))
    application.setProperty("theme", theme)
    application.setStyleSheet(STYLE_SHEET.substitute(asdict(theme), icons=ICONS.as_posix()))


def current_theme() -> Theme:
    """The theme applied last, the dark one where none was."""
    application = QApplication.instance()
    theme = application.property("theme") if application is not None else None
    return theme if isinstance(theme, Theme) else DARK


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, theme.window), (role.Base, theme.surface), (role.Button, theme.raised),
        (role.AlternateBase, theme.raised), (role.ToolTipBase, theme.raised),
        (role.Text, theme.text), (role.WindowText, theme.text), (role.ButtonText, theme.text),
        (role.ToolTipText, theme.text), (role.BrightText, theme.on_accent),
        (role.PlaceholderText, theme.subtle), (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent), (role.Link, theme.accent),
        (role.Accent, theme.accent), (role.Mid, theme.border),
    ):  # fmt: skip
        palette.setColor(target, QColor(colour))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.subtle))
    return palette
