"""Cards in even columns, reached with the arrow keys."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QSizePolicy, QStyle, QWidget

from app.words import tr

NAME_ROLE = int(Qt.ItemDataRole.UserRole)
OWN_ROLE = NAME_ROLE + 1
DATA_ROLE = NAME_ROLE + 2


class CardGrid(QListWidget):
    """Emits `picked` with the name of the card that the user chooses, and `removal_asked` with the
    name of one of the user's own, by the Delete key or its menu.

    cell: size of a card, whose columns widen to fill the row; whole: as high as all cards are,
    for a page that scrolls
    """

    picked = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, cell: QSize, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell, self._whole = cell, whole
        self.setObjectName("gallery")
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setMovement(QListWidget.Movement.Static)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setGridSize(cell)
        self.setMouseTracking(True)
        self.setMinimumHeight(cell.height() + 4)
        self.currentItemChanged.connect(self._pick)

    def add_card(self, name: str, title: str, own: bool, hint: str = "") -> QListWidgetItem:
        """Append a card; nothing is picked by it."""
        item = QListWidgetItem(title)
        item.setData(NAME_ROLE, name)
        item.setData(OWN_ROLE, own)
        removable = tr("{name} (your own; right-click to remove)", name=title)
        item.setToolTip(removable if own else hint or title)
        item.setData(int(Qt.ItemDataRole.AccessibleDescriptionRole), hint)
        self.blockSignals(True)
        self.addItem(item)
        self.blockSignals(False)
        return item

    def clear_cards(self) -> None:
        """Remove all; nothing is picked by it."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def show_choice(self, name: str) -> None:
        """Mark the card of this name; nothing is picked by it."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(NAME_ROLE) == name and self.currentItem() is not item:
                self.blockSignals(True)
                self.setCurrentItem(item)
                self.blockSignals(False)

    def fit(self) -> None:
        """Widen the columns to fill the row."""
        columns = self._columns(self.viewport().width())
        self.setGridSize(QSize(self._room(self.viewport().width()) // columns, self._cell.height()))
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        width = 2 * self._cell.width() + 4
        return QSize(width, self.heightForWidth(width)) if self._whole else super().sizeHint()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """All rows, where the page scrolls and the grid does not."""
        rows = -(-max(self.count(), 1) // self._columns(width))
        return rows * self._cell.height() + 4

    def _columns(self, width: int) -> int:
        return max(1, self._room(width) // self._cell.width())

    def _room(self, width: int) -> int:
        """Qt keeps room for a scroll bar, and wraps a row that is as wide as what is left."""
        bar = 0 if self._whole else self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return width - 2 - bar

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self.fit()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Delete):
            self._ask_removal(self.currentItem())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        item = self.itemAt(event.pos())
        if item is not None and item.data(OWN_ROLE):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            words = tr("&Remove {name} …", name=item.text())
            menu.addAction(words, lambda: self._ask_removal(item))
            menu.popup(event.globalPos())

    def _ask_removal(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(OWN_ROLE):
            self.removal_asked.emit(item.data(NAME_ROLE))

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(NAME_ROLE))
