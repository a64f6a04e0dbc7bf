"""The loudness of the microphone, as a bar."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.chain import Level
from app.theme import current_theme
from app.words import tr

FLOOR_DB = -60.0
WARNING_DB = -12.0
CLIPPING_DB = -3.0
PULL_PERIOD_MS = 33
DECAY_DB_PER_S = 24.0
PEAK_HOLD_S = 0.8
HEIGHT_PX = 10


def position(level_db: float) -> float:
    """Place on the bar in [0, 1] of a level in decibels of full scale."""
    return min(1.0, max(0.0, 1.0 - level_db / FLOOR_DB))


class LevelMeter(QWidget):
    """Bar of the mean level with a mark at the held peak; rises at once, falls 24 dB a second.

    level() -> Level; asked 30 times a second while visible
    """

    def __init__(self, level: Callable[[], Level], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self.rms_db = FLOOR_DB
        self.peak_db = FLOOR_DB
        self._held_s = 0.0
        self.setAccessibleName(tr("Microphone level"))
        self.setToolTip(tr("How loud your microphone is. Speaking should reach the right half."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, interval=PULL_PERIOD_MS)
        self._timer.timeout.connect(self.pull)

    def pull(self) -> None:
        """Take the newest level."""
        self.follow(self._level(), PULL_PERIOD_MS / 1000)

    def follow(self, level: Level, elapsed_s: float) -> None:
        """Rise to the level, or fall towards it as fast as the bar falls."""
        fall_db = DECAY_DB_PER_S * elapsed_s
        before = (self.rms_db, self.peak_db)
        self.rms_db = max(level.rms_db, self.rms_db - fall_db, FLOOR_DB)
        self._held_s += elapsed_s
        if level.peak_db >= self.peak_db:
            self.peak_db = level.peak_db
            self._held_s = 0.0
        elif self._held_s > PEAK_HOLD_S:
            self.peak_db = max(level.peak_db, self.peak_db - fall_db, FLOOR_DB)
        if (self.rms_db, self.peak_db) != before:
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, HEIGHT_PX)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(self.rect())
        card = QPainterPath()
        card.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.fillPath(card, QColor(theme.raised))
        painter.setClipPath(card)
        colours = QLinearGradient(bar.topLeft(), bar.topRight())
        colours.setColorAt(0.0, QColor(theme.good))
        colours.setColorAt(position(WARNING_DB) - 0.05, QColor(theme.good))
        colours.setColorAt(position(WARNING_DB) + 0.03, QColor(theme.warning))
        colours.setColorAt(position(CLIPPING_DB), QColor(theme.danger))
        filled = QRectF(bar.left(), bar.top(), bar.width() * position(self.rms_db), bar.height())
        painter.fillRect(filled, colours)
        if self.peak_db > FLOOR_DB:
            x = min(bar.width() * position(self.peak_db), bar.width() - 3)
            painter.fillRect(QRectF(bar.left() + x, bar.top(), 2, bar.height()), QColor(theme.text))
