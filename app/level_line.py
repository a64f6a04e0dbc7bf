"""The microphone's level under the preview, and what to do about it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.chain import Level
from app.level_advice import Advice, LevelAdvice
from app.level_meter import PULL_PERIOD_MS, LevelMeter
from app.words import mark, tr

WORDS = {
    Advice.NONE: "",
    Advice.SILENT: mark("No sound: is the microphone muted?"),
    Advice.QUIET: mark("Too quiet: come closer, or turn the microphone up."),
    Advice.CLIPPING: mark("Too loud: turn the microphone down."),
}


class LevelLine(QWidget):
    """Meter, and behind it words of advice while there are any."""

    def __init__(self, level: Callable[[], Level], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self._watch = LevelAdvice()
        self._listening = False
        self.meter = LevelMeter(self._pull)
        self.advice = QLabel()
        self.advice.setObjectName("advice")
        self.advice.setAccessibleName(tr("Microphone advice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(12)
        row.addWidget(self.meter, 1)
        row.addWidget(self.advice)
        self.show_advice(Advice.NONE)

    def listen(self, listening: bool) -> None:
        """Judge the level from now on, or, while nothing runs or it is muted, do not."""
        if listening != self._listening:
            self._listening = listening
            self._watch.reset()
            self.show_advice(Advice.NONE)

    def show_advice(self, advice: Advice) -> None:
        """Show the words for this."""
        words = WORDS[advice]
        self.advice.setText(tr(words) if words else "")
        self.advice.setVisible(bool(words))

    def _pull(self) -> Level:
        level = self._level()
        if self._listening:
            self.show_advice(self._watch.step(level, PULL_PERIOD_MS / 1000))
        return level
