"""The application's own pictures."""

from PySide6.QtGui import QIcon

from app.theme import ICONS


def application_icon() -> QIcon:
    """The icon of window and tray."""
    return QIcon(str(ICONS / "chatanyone.svg"))
