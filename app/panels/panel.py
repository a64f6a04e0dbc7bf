"""One card on a page of the window: a heading and what belongs under it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.session import Session


class Panel(QFrame):
    """A card that shows the session and calls its methods; made with the session alone.

    expands: it takes the height that the other panels of its page leave
    """

    expands = False

    def __init__(self, session: Session, title: str, buddy: QWidget | None = None) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("card")
        self.setAccessibleName(title.replace("&", ""))
        self.heading = named(title, buddy)
        self.heading.setObjectName("heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 14)
        self.column.setSpacing(10)
        self.column.addWidget(self.heading)

    def add(self, *rows: QWidget | QLayout) -> None:
        """Append these below each other; a single button keeps its width."""
        for row in rows:
            if isinstance(row, QLayout):
                self.column.addLayout(row)
            elif isinstance(row, QPushButton):
                self.column.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self.column.addWidget(row)


def named(title: str, buddy: QWidget | None = None) -> QLabel:
    """A label whose mnemonic leads to its buddy."""
    label = QLabel(title)
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def labelled(title: str, widget: QWidget) -> QHBoxLayout:
    """A row: the label, and the widget that its mnemonic leads to."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(named(title, widget))
    row.addWidget(widget, 1)
    return row


def note(text: str = "") -> QLabel:
    """Quiet words in as many lines as they need."""
    label = QLabel(text)
    label.setObjectName("subtle")
    label.setWordWrap(True)
    return label
