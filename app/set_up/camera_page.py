"""Step 2: the virtual camera, or what to do to get one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.camera_line import CameraLine
from app.session import Session
from app.set_up.camera_steps import Step, camera_steps
from app.set_up.page import Page, plain_words
from app.words import tr


class CameraPage(Page):
    """Whether there is a camera; without one the steps for this system, each with its command."""

    def __init__(self, session: Session, steps: list[Step] | None = None) -> None:
        super().__init__(
            tr("Camera"),
            tr("Calls see the avatar through a virtual camera: a driver, put in once."),
        )
        self._session = session
        self.line = CameraLine()
        self.again = QPushButton(tr("&Look again"))
        self.steps = QScrollArea()
        self.steps.setObjectName("panel_scroll")
        self.steps.setWidgetResizable(True)
        self.steps.setFrameShape(QFrame.Shape.NoFrame)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.copies: list[QPushButton] = []
        self.steps.setWidget(self._list(camera_steps() if steps is None else steps))
        self.choose = plain_words(
            tr("In Zoom choose it under Settings, Video; in Teams under Settings, Devices; in Meet "
               "and other web pages from the menu beside the camera's button.")
        )  # fmt: skip
        self.later = plain_words(tr("You can also go on and do this later."))
        self.later.setObjectName("subtle")
        self.column.addWidget(self.line)
        self.column.addWidget(self.choose)
        self.column.addWidget(self.steps, 1)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addWidget(self.later, 1)
        self.column.addLayout(row)
        self.column.addStretch()
        self.again.clicked.connect(session.refresh_camera)
        session.camera_changed.connect(self._show_camera)
        self._show_camera(session.camera)

    def enter(self) -> None:
        """A camera that was switched off is wanted from here on."""
        if self._session.settings.camera == "none":
            self._session.change(camera="auto")

    def _list(self, steps: list[Step]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for number, step in enumerate(steps, 1):
            column.addWidget(plain_words(f"{number}. {step.words}"))
            if step.command:
                column.addLayout(self._command(step.command))
        column.addStretch(1)
        return page

    def _command(self, command: str) -> QHBoxLayout:
        code = QLabel(command)
        code.setObjectName("command")
        code.setWordWrap(True)
        code.setTextFormat(Qt.TextFormat.PlainText)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = QPushButton(tr("Copy"))
        copy.setAccessibleName(tr("Copy “{command}”", command=command))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(command))
        self.copies.append(copy)
        row = QHBoxLayout()
        row.addWidget(code, 1)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _show_camera(self, status: object) -> None:
        there = bool(self._session.camera.name)
        self.line.show_status(self._session.camera)
        self.choose.setVisible(there)
        self.line.setVisible(there)
        for part in (self.steps, self.again, self.later):
            part.setVisible(not there)
