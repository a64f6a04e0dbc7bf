"""The gallery of avatars."""

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)  # fmt: skip
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from app.catalogue import AvatarEntry
from app.theme import current_theme

THUMBNAIL = QSize(84, 112)
CELL = QSize(96, 144)
RADIUS_PX = 9.0
NAME_ROLE = int(Qt.ItemDataRole.UserRole)
OWN_ROLE = NAME_ROLE + 1
OWN_HINT = " (your own; right-click to remove)"


class AvatarPicker(QListWidget):
    """Thumbnails with names; emits `picked` with the avatar's name when the user chooses one, and
    `removal_asked` with the name of one of the user's own, by the Delete key or its menu."""

    picked = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setAccessibleName("Avatars")
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setIconSize(THUMBNAIL)
        self.setGridSize(CELL)
        self.setMouseTracking(True)
        self.setItemDelegate(_Thumbnail(self))
        self.setFixedHeight(CELL.height() + 12)
        self.currentItemChanged.connect(self._pick)

    def show_avatars(self, avatars: tuple[AvatarEntry, ...]) -> None:
        """Fill the gallery; nothing is picked by it."""
        self.blockSignals(True)
        self.clear()
        for avatar in avatars:
            item = QListWidgetItem(QIcon(_pixmap(avatar.thumbnail)), avatar.title, self)
            item.setData(NAME_ROLE, avatar.name)
            item.setData(OWN_ROLE, avatar.own)
            item.setToolTip(avatar.title + (OWN_HINT if avatar.own else ""))
        self.blockSignals(False)

    def show_choice(self, name: str) -> None:
        """Mark the avatar of this name; nothing is picked by it."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(NAME_ROLE) == name and self.currentItem() is not item:
                self.blockSignals(True)
                self.setCurrentItem(item)
                self.blockSignals(False)

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
            menu.addAction(f"&Remove {item.text()} …", lambda: self._ask_removal(item))
            menu.popup(event.globalPos())

    def _ask_removal(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(OWN_ROLE):
            self.removal_asked.emit(item.data(NAME_ROLE))

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(NAME_ROLE))


class _Thumbnail(QStyledItemDelegate):
    """Paints one avatar: rounded picture, name below, a ring around the chosen one."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return CELL

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = current_theme()
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        cell = QRectF(option.rect)  # type: ignore[attr-defined]
        picture = QRectF(0, 0, THUMBNAIL.width(), THUMBNAIL.height())
        picture.moveCenter(cell.center())
        picture.moveTop(cell.top() + 4)
        card = QPainterPath()
        card.addRoundedRect(picture, RADIUS_PX, RADIUS_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(card)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            icon.paint(painter, picture.toRect())
        painter.setClipping(False)
        if chosen or hovered:
            ring = QColor(theme.accent if chosen else theme.subtle)
            painter.setPen(QPen(ring, 3.0 if chosen else 1.5))
            painter.drawPath(card)
        if chosen and focused:
            painter.setPen(QPen(QColor(theme.text), 1.0, Qt.PenStyle.DotLine))
            outer = picture.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(outer, RADIUS_PX + 3, RADIUS_PX + 3)
        painter.setPen(QColor(theme.text if chosen else theme.subtle))
        name = QRectF(cell.left(), picture.bottom() + 4, cell.width(), 20)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        words = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(cell.width()) - 4
        )
        painter.drawText(name, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()


def _pixmap(thumbnail: np.ndarray) -> QPixmap:
    """A copy of the picture (h, w, 3) uint8 for painting."""
    height_px, width_px, _ = thumbnail.shape
    pixels = np.ascontiguousarray(thumbnail)
    image = QImage(pixels.data, width_px, height_px, 3 * width_px, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image.copy())
