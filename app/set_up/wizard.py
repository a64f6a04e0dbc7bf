"""The first minute: microphone, camera, avatar and a test, each skippable."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.chain import Shown
from app.session import Session
from app.set_up.avatar_page import AvatarPage
from app.set_up.camera_page import CameraPage
from app.set_up.microphone_page import MicrophonePage
from app.set_up.page import Page
from app.set_up.rehearsal_page import RehearsalPage
from app.words import tr

SIZE_PX = (720, 600)
# Of the window manager, around the dialog.
FRAME_PX = 40


class SetUpWizard(QDialog):
    """Four pages over a rehearsal: the avatar runs, the camera shows the card.

    Going live takes the run over; leaving ends it, or gives back the one there was before.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._was_active = session.state.is_active
        self._was_shown = session.shown
        self.setWindowTitle(tr("Set up ChatAnyone"))
        room = self.screen().availableSize() - QSize(FRAME_PX, FRAME_PX)
        self.resize(QSize(*SIZE_PX).boundedTo(room))
        self.microphone = MicrophonePage(session)
        self.camera = CameraPage(session)
        self.avatar = AvatarPage(session)
        self.rehearsal = RehearsalPage(session)
        self.pages: tuple[Page, ...] = (self.microphone, self.camera, self.avatar, self.rehearsal)
        self.step = QLabel()
        self.step.setObjectName("subtle")
        self.heading = QLabel()
        self.heading.setObjectName("title")
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self.skip = QPushButton(tr("&Skip the set-up"))
        self.back = QPushButton(tr("&Back"))
        self.next = QPushButton(tr("&Next"))
        self.next.setObjectName("primary")
        self.next.setDefault(True)
        self.skip.setAutoDefault(False)
        self.back.setAutoDefault(False)
        self._lay_out()
        self.skip.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self._go(self.stack.currentIndex() - 1))
        self.next.clicked.connect(self._go_on)
        self.finished.connect(self._leave)
        # With push-to-talk nothing would be heard here.
        session.set_talking(True)
        session.rehearse()
        self._go(0)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        column.addWidget(self.step)
        column.addWidget(self.heading)
        column.addWidget(self.stack, 1)
        column.addSpacing(8)
        column.addLayout(buttons)

    def _go(self, index: int) -> None:
        if index != self.stack.currentIndex():
            self.pages[self.stack.currentIndex()].leave()
            self.stack.setCurrentIndex(index)
        page, last = self.pages[index], index == len(self.pages) - 1
        self.step.setText(tr("Step {step} of {steps}", step=index + 1, steps=len(self.pages)))
        self.heading.setText(page.title)
        self.back.setVisible(index > 0)
        self.next.setText(tr("&Go live") if last else tr("&Next"))
        self.next.setFocus()
        page.enter()

    def _go_on(self) -> None:
        if self.stack.currentIndex() == len(self.pages) - 1:
            self.accept()
        else:
            self._go(self.stack.currentIndex() + 1)

    def _leave(self, result: int) -> None:
        session = self._session
        self.pages[self.stack.currentIndex()].leave()
        session.set_talking(False)
        session.change(set_up_done=True)
        if result == QDialog.DialogCode.Accepted:
            session.set_card(False)
            if not session.state.is_active:
                session.start()
        elif session.shown is Shown.REHEARSAL:
            if not self._was_active:
                session.stop()
            session.set_card(self._was_shown is Shown.CARD)
