"""A drop-down over one setting."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.words import tr


class Choice(QComboBox):
    """Offers (value, title) pairs; emits `chosen` with the value when the user picks one."""

    chosen = Signal(str)

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        for value, title in entries:
            self.addItem(tr(title), value)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def show_value(self, value: str) -> None:
        """Mark this value; nothing is chosen by it."""
        index = self.findData(value)
        if index >= 0 and index != self.currentIndex():
            self.setCurrentIndex(index)
