"""The styles to choose from, as cards whose figure acts them out."""

import time

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.card_grid import DATA_ROLE, CardGrid
from app.catalogue import StyleEntry
from app.style_figure import FigureColours, paint_figure
from app.theme import current_theme
from app.words import mark, tr

CELL = QSize(150, 78)
FIGURE_PX = 58
RADIUS_PX = 10.0
PERIOD_MS = 50
STILL_S = 0.0
SKIN, HAIR, INK = QColor("#f0c8a8"), QColor("#7a5238"), QColor("#3a2a2a")
CLOTHES = ("#4f7dff", "#3ecf8e", "#e0793c", "#b06fd8", "#d6a53a", "#5b6b86", "#d86f93", "#2fa3b5")
HINTS = {
    "natural": mark("As most people talk"),
    "calm": mark("Still, with small gestures"),
    "energetic": mark("Lively, with large gestures"),
    "friendly": mark("Smiling and nodding"),
    "presenter": mark("Upright, with both hands"),
    "serious": mark("Steady, without a smile"),
    "shy": mark("Quiet, looks aside"),
    "storyteller": mark("A lively face, slow hands"),
}
TITLES = {
    "natural": mark("Natural"), "calm": mark("Calm"), "energetic": mark("Energetic"),
    "friendly": mark("Friendly"), "presenter": mark("Presenter"), "serious": mark("Serious"),
    "shy": mark("Shy"), "storyteller": mark("Storyteller"),
}  # fmt: skip
LEARNT = mark("Learnt from a clip")


def style_title(style: StyleEntry) -> str:
    """The name of a style in the user's language; that of one's own as it was given."""
    return style.title if style.own or style.name not in TITLES else tr(TITLES[style.name])


class StyleCards(CardGrid):
    """One card a style; the one under the mouse, and the chosen one with the focus, move."""

    def __init__(self) -> None:
        super().__init__(CELL, whole=True)
        self.setAccessibleName(tr("Styles"))
        self.setItemDelegate(_Card(self))
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self._animate)

    def show_styles(self, styles: tuple[StyleEntry, ...]) -> None:
        """Fill the grid; nothing is picked by it."""
        self.clear_cards()
        for style in styles:
            hint = tr(LEARNT) if style.own else tr(HINTS.get(style.name, ""))
            item = self.add_card(style.name, style_title(style), style.own, hint)
            item.setData(DATA_ROLE, style.knobs)
        self.fit()

    def moving(self) -> list[QListWidgetItem]:
        """The cards whose figure moves now."""
        hovered = self.itemAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        found = [hovered] if hovered is not None and self.underMouse() else []
        if self.hasFocus() and self.currentItem() is not None:
            found.append(self.currentItem())
        return found

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._timer.stop()
        super().hideEvent(event)

    def _animate(self) -> None:
        for item in self.moving():
            self.viewport().update(self.visualItemRect(item))


class _Card(QStyledItemDelegate):
    """Figure on the left, name and hint on the right."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        cards = self.parent()
        return cards.gridSize() if isinstance(cards, StyleCards) else CELL

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
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        card = QRectF(option.rect).adjusted(3, 3, -3, -3)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.accent if chosen else theme.subtle if hovered else theme.border
        painter.setPen(QPen(QColor(edge), 2.5 if chosen else 1.0))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(card, RADIUS_PX, RADIUS_PX)
        if focused:
            painter.setPen(QPen(QColor(theme.text), 1.0, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(card.adjusted(3, 3, -3, -3), RADIUS_PX - 3, RADIUS_PX - 3)
        figure = QRectF(card.left() + 5, 0, FIGURE_PX, FIGURE_PX)
        figure.moveBottom(card.bottom() - 2)
        time_s = time.monotonic() if hovered or focused else STILL_S
        clothes = QColor(CLOTHES[index.row() % len(CLOTHES)])
        knobs = index.data(DATA_ROLE) or {}
        paint_figure(painter, figure, knobs, time_s, FigureColours(SKIN, HAIR, INK, clothes))
        words = card.adjusted(FIGURE_PX + 9, 6, -5, -6)
        _write(painter, words, str(index.data()), self._hint(index))
        painter.restore()

    def _hint(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(int(Qt.ItemDataRole.AccessibleDescriptionRole)) or "")


def _write(painter: QPainter, room: QRectF, title: str, hint: str) -> None:
    theme = current_theme()
    font = painter.font()
    font.setPixelSize(13)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    elided = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), elided)
    font.setPixelSize(11)
    font.setWeight(QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(theme.subtle))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(room.adjusted(0, 19, 0, 0), int(flags), hint)
