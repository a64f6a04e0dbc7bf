"""The gallery of avatars."""

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QIcon,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)  # fmt: skip
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.card_grid import CardGrid
from app.catalogue import AvatarEntry
from app.theme import current_theme
from app.words import tr

THUMBNAIL = QSize(84, 112)
CELL = QSize(98, 142)
RADIUS_PX = 9.0


class AvatarPicker(CardGrid):
    """Thumbnails with names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CELL, whole=False, parent=parent)
        self.setAccessibleName(tr("Avatars"))
        self.setIconSize(THUMBNAIL)
        self.setItemDelegate(_Thumbnail(self))

    def show_avatars(self, avatars: tuple[AvatarEntry, ...]) -> None:
        """Fill the gallery; nothing is picked by it."""
        self.clear_cards()
        for avatar in avatars:
            item = self.add_card(avatar.name, avatar.title, avatar.own)
            item.setIcon(QIcon(_pixmap(avatar.thumbnail)))


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
