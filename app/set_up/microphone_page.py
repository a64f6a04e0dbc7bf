"""Step 1: the microphone, with its live level."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from app.level_meter import LevelMeter
from app.microphone_picker import MicrophonePicker
from app.preview import Preview
from app.session import Session, SessionState
from app.set_up.page import Page, plain_words
from app.words import tr

LOOK_PERIOD_MS = 100
MEMORY_LOOKS = 20
TOO_LOUD_DB = -3.0
LOUD_ENOUGH_DB = -30.0
AUDIBLE_DB = -50.0


def level_words(peak_db: float) -> str:
    """What the loudest moment of the last seconds, in decibels of full scale, means."""
    if peak_db > TOO_LOUD_DB:
        return tr("Too loud: turn the microphone down, or go back a little.")
    if peak_db > LOUD_ENOUGH_DB:
        return tr("Well heard.")
    if peak_db > AUDIBLE_DB:
        return tr("Very quiet: come closer, or turn the microphone up.")
    return tr("Nothing is heard yet: say something.")


class MicrophonePage(Page):
    """Which microphone, and whether it hears anything."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            tr("Microphone"),
            tr("Your voice moves the avatar. It is not recorded and never leaves this computer."),
        )
        self._session = session
        self._peaks_db: list[float] = []
        self.microphones = MicrophonePicker()
        self.meter = LevelMeter(session.level)
        self.preview = Preview(session.latest_frame)
        self.advice = plain_words()
        self.advice.setObjectName("verdict")
        self.advice.setAccessibleName(tr("Microphone advice"))
        self.again = QPushButton(tr("&Try again"))
        self.column.addWidget(self.microphones)
        self.column.addWidget(self.meter)
        self.column.addWidget(self.advice)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.preview, 1)
        self.again.clicked.connect(session.start)
        self.microphones.picked.connect(session.set_microphone)
        self.microphones.opened.connect(session.refresh_microphones)
        session.still_changed.connect(self.preview.set_still)
        self.preview.set_still(session.still)
        session.microphones_changed.connect(self.microphones.show_microphones)
        session.settings_changed.connect(self._show_settings)
        self._timer = QTimer(self, interval=LOOK_PERIOD_MS)
        self._timer.timeout.connect(self._look)
        self.microphones.show_microphones(session.microphones)
        self._show_settings(session.settings)
        self._look()

    def enter(self) -> None:
        self._timer.start()

    def leave(self) -> None:
        self._timer.stop()

    def _show_settings(self, settings: object) -> None:
        chosen = self._session.settings
        self.microphones.show_choice(chosen.microphone, chosen.microphone_host_api)

    def _look(self) -> None:
        session = self._session
        self.again.setVisible(session.state in (SessionState.ERROR, SessionState.STOPPED))
        if session.state.is_live and not session.message:
            self._peaks_db = [*self._peaks_db[1 - MEMORY_LOOKS :], session.level().peak_db]
            self.advice.setText(level_words(max(self._peaks_db)))
        else:
            self._peaks_db = []
            self.advice.setText(session.message or tr("Listening in a moment …"))
