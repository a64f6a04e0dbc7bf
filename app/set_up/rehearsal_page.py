"""Step 4: five seconds of you, played back as the call would see and hear them."""

from enum import Enum

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton

from app.preview import Preview
from app.session import Session
from app.set_up.page import Page, plain_words
from app.take import Take
from app.take_player import TakePlayer
from app.words import tr

LOOK_PERIOD_MS = 50
TAKE_S = 5.0
COUNTDOWN_S = 3.0


class Phase(Enum):
    """What the page is doing."""

    WAITING = "waiting"
    COUNTDOWN = "countdown"
    RECORDING = "recording"
    PLAYING = "playing"
    DONE = "done"


class RehearsalPage(Page):
    """Counts down, records and plays; all in memory, forgotten when the page is left."""

    def __init__(
        self, session: Session, take_s: float = TAKE_S, countdown_s: float = COUNTDOWN_S
    ) -> None:
        super().__init__(
            tr("Test"),
            tr("Say a sentence or two and see yourself as the call will. Nothing is kept."),
        )
        self._session = session
        self._take_s = take_s
        self._countdown_s = countdown_s
        self._waited_s = 0.0
        self._take: Take | None = None
        self._player: TakePlayer | None = None
        self._too_busy = False
        self.phase = Phase.WAITING
        self.preview = Preview(self._picture)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Progress of the test"))
        self.answer = plain_words()
        self.answer.setObjectName("verdict")
        self.again = QPushButton(tr("Once &more"))
        self.again.clicked.connect(self.begin)
        row = QHBoxLayout()
        row.addWidget(self.answer, 1)
        row.addWidget(self.again)
        self.column.addWidget(self.preview, 1)
        self.column.addWidget(self.progress)
        self.column.addLayout(row)
        self._timer = QTimer(self, interval=LOOK_PERIOD_MS)
        self._timer.timeout.connect(self._look)
        session.still_changed.connect(self.preview.set_still)
        self.preview.set_still(session.still)

    def enter(self) -> None:
        self._session.set_muted(False)
        self.begin()

    def leave(self) -> None:
        self._timer.stop()
        self._session.record(None)
        self._stop_player()
        self._take = None
        self.phase = Phase.WAITING

    def begin(self) -> None:
        """Count down as soon as the avatar runs, then record."""
        self._stop_player()
        self._take = None
        self._too_busy = False
        self._waited_s = 0.0
        self.phase = Phase.WAITING
        self._timer.start()
        self._look()

    def _picture(self) -> np.ndarray | None:
        if self.phase is Phase.PLAYING and self._take is not None and self._player is not None:
            return self._take.picture_at(self._player.position_s)
        return self._session.latest_frame()

    def _look(self) -> None:
        live = self._session.state.is_live
        if not live and self.phase in (Phase.COUNTDOWN, Phase.RECORDING):
            self._take, self.phase = None, Phase.WAITING
        if self.phase is Phase.WAITING and live:
            self.phase, self._waited_s = Phase.COUNTDOWN, 0.0
        elif self.phase is Phase.COUNTDOWN:
            self._waited_s += LOOK_PERIOD_MS / 1000
            if self._waited_s >= self._countdown_s:
                self._take = Take(self._take_s)
                self._session.record(self._take)
                self.phase = Phase.RECORDING
        elif self.phase is Phase.RECORDING and self._take is not None and self._take.is_complete:
            self._play(self._take)
        self._show()

    def _play(self, take: Take) -> None:
        self._session.record(None)
        if take.picture_at(0.0) is None:
            self.phase = Phase.DONE
            self._timer.stop()
            self._too_busy = True
            return
        self.phase = Phase.PLAYING
        self._player = self._session.play(take)
        self._player.ended.connect(self._end)

    def _end(self, sentence: str) -> None:
        if self.phase is Phase.PLAYING:
            self.phase = Phase.DONE
            self._timer.stop()
            self._show(sentence)

    def _stop_player(self) -> None:
        player, self._player = self._player, None
        if player is not None:
            player.ended.disconnect(self._end)
            player.stop()
            player.deleteLater()

    def _show(self, sentence: str = "") -> None:
        fraction, left_s = 0.0, self._countdown_s - self._waited_s
        if self.phase is Phase.RECORDING and self._take is not None:
            fraction = self._take.progress
        elif self.phase is Phase.PLAYING and self._player is not None:
            fraction = min(self._player.position_s / self._take_s, 1.0)
        waiting = self._session.message or tr("Waking up …")
        words = {
            Phase.WAITING: waiting,
            Phase.COUNTDOWN: tr("Recording begins in {seconds} …", seconds=int(left_s) + 1),
            Phase.RECORDING: tr("Speak now."),
            Phase.PLAYING: tr("This is what the call sees and hears."),
            Phase.DONE: f"{sentence} {tr('Ready: go live, or try once more.')}".strip(),
        }
        if self._too_busy:
            words[Phase.DONE] = tr("This computer was too busy to draw; close other programs.")
        self.answer.setText(words[self.phase])
        self.progress.setValue(round(1000 * fraction))
        self.again.setEnabled(self.phase in (Phase.PLAYING, Phase.DONE))
