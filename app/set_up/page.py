"""One step of the set-up."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class Page(QWidget):
    """A title, words, and what belongs to them; `changed` tells that `next_title` may be new."""

    changed = Signal()

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title = title
        self.words = plain_words(words)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.words)

    def enter(self) -> None:
        """The page is shown from now on."""

    def leave(self) -> None:
        """Another page takes its place."""


def plain_words(text: str = "") -> QLabel:
    """Words over as many lines as they need."""
    label = QLabel(text)
    label.setWordWrap(True)
    return label
