"""A few alternatives side by side, one of which holds."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.words import tr


class Segments(QWidget):
    """Offers (value, title, description) triples; emits `chosen` with the value the user picks.

    Tab leads to the one that holds, the arrow keys to its neighbours.
    """

    chosen = Signal(str)

    def __init__(self, name: str, entries: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self._quiet = False
        for value, title, description in entries:
            button = QPushButton(tr(title))
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAccessibleName(f"{name}: {tr(title)}")
            button.setAccessibleDescription(tr(description))
            button.setToolTip(tr(description))
            button.toggled.connect(lambda on, value=value: self._report(on, value))
            self.group.addButton(button)
            row.addWidget(button, 1)
            self.buttons[value] = button

    def show_value(self, value: str) -> None:
        """Mark this one; nothing is chosen by it."""
        if value in self.buttons:
            self._quiet = True
            self.buttons[value].setChecked(True)
            self._quiet = False

    def _report(self, on: bool, value: str) -> None:
        """The arrow keys move the mark without a click."""
        if on and not self._quiet:
            self.chosen.emit(value)
