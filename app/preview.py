"""The picture of the avatar in the window."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import current_theme
from app.words import tr
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

PULL_PERIOD_MS = 33
CORNER_RADIUS_PX = 14.0
MARGIN_PX = 2.0
HINT_HEIGHT = 0.13


class Preview(QWidget):
    """Shows the newest frame of a run, or the still portrait while there is none.

    latest_frame() -> (h, w, 3) uint8 sRGB or None; asked 30 times a second while visible
    """

    def __init__(
        self, latest_frame: Callable[[], np.ndarray | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._latest_frame = latest_frame
        self._still: np.ndarray | None = None
        self._shown: np.ndarray | None = None
        self._pixels: np.ndarray | None = None
        self._image: QImage | None = None
        self._hint = ""
        self._mirrored = False
        self.setAccessibleName(tr("Preview of the avatar"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(224, 126)
        self._timer = QTimer(self, interval=PULL_PERIOD_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pull)

    def set_still(self, picture: np.ndarray | None) -> None:
        """The picture (h, w, 3) uint8 that stands while nothing runs."""
        self._still = picture
        self.pull()

    def set_hint(self, hint: str) -> None:
        """Words across the lower edge, "" for none."""
        self._hint = hint
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Show the picture as a mirror would."""
        self._mirrored = mirrored
        self.update()

    def pull(self) -> None:
        """Take the newest frame; paint only when it changed and somebody can see it."""
        if self.window().isMinimized():
            return
        frame = self._latest_frame()
        if frame is None:
            frame = self._still
        if frame is self._shown:
            return
        self._shown = frame
        self._image = None
        if frame is not None:
            # The image uses this array's memory: both are replaced together.
            self._pixels = np.ascontiguousarray(frame)
            height_px, width_px, _ = self._pixels.shape
            self._image = QImage(
                self._pixels.data, width_px, height_px, 3 * width_px, QImage.Format.Format_RGB888
            )
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(FRAME_WIDTH_PX, FRAME_HEIGHT_PX)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._timer.stop()
        super().hideEvent(event)

    def picture_rect(self) -> QRectF:
        """Where the picture is painted: the largest centred place of its shape."""
        room = QRectF(self.rect()).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        size = QSize(FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
        if self._image is not None:
            size = self._image.size()
        scale = min(room.width() / size.width(), room.height() / size.height())
        place = QRectF(0, 0, size.width() * scale, size.height() * scale)
        place.moveCenter(room.center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        place = self.picture_rect()
        card = QPainterPath()
        card.addRoundedRect(place, CORNER_RADIUS_PX, CORNER_RADIUS_PX)
        painter.fillPath(card, QColor(theme.stage))
        painter.save()
        painter.setClipPath(card)
        if self._image is not None:
            self._paint_picture(painter, place)
        if self._hint:
            self._paint_hint(painter, place)
        painter.restore()
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawPath(card)

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        assert self._image is not None
        painter.save()
        if self._mirrored:
            painter.translate(2 * place.center().x(), 0)
            painter.scale(-1, 1)
        painter.drawImage(place, self._image)
        painter.restore()

    def _paint_hint(self, painter: QPainter, place: QRectF) -> None:
        font = painter.font()
        font.setPixelSize(15)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        # Above the label, which is part of the picture.
        room = place.adjusted(24, 24, -24, -HINT_HEIGHT * place.height())
        words = painter.boundingRect(room, int(flags), self._hint)
        words.moveBottom(room.bottom())
        pill = words.adjusted(-14, -8, 14, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(pill, 12, 12)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(words, int(flags), self._hint)
