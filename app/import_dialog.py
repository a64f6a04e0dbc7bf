"""The dialog that makes an avatar from a picture of the user's own."""

import textwrap

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from app.chain import PictureReport
from app.picture_import import ImportState, suggested_name
from app.session import Session
from app.theme import current_theme
from app.words import mark, say, tr
from pipeline.portrait.consent import STATEMENT

PREVIEW = QSize(240, 360)
RADIUS_PX = 12.0
SIZE_PX = (720, 470)
# Check boxes break no lines by themselves.
LINE_LETTERS = 52
PRIVACY = mark(
    "The picture stays on this machine. It becomes a folder of its own among your avatars."
)
LOOKING = mark("Looking at the picture …")
FINE = mark("A good picture: nothing stands in the way.")


class ImportDialog(QDialog):
    """Shows `session.picture_import`; closing it gives the picture up."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._import = session.picture_import
        self._shown: PictureReport | None = None
        self._saving = False
        self.setWindowTitle(tr("Avatar from a picture"))
        self.resize(QSize(*SIZE_PX).boundedTo(self.screen().availableSize()))
        self.preview = _Portrait()
        self.name = QLineEdit(suggested_name(self._import.path, session.catalogue))
        self.name.setMaxLength(64)
        self.face = QComboBox()
        self.face.setAccessibleName(tr("Which face"))
        self.findings = QLabel()
        self.findings.setWordWrap(True)
        self.findings.setTextFormat(Qt.TextFormat.RichText)
        self.findings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.consent = QCheckBox(textwrap.fill(tr(STATEMENT), LINE_LETTERS))
        self.privacy = QLabel(tr(PRIVACY))
        self.privacy.setObjectName("subtle")
        self.privacy.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton(tr("&Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.name.textChanged.connect(self._show)
        self.consent.toggled.connect(self._show)
        self.face.activated.connect(lambda row: self._import.choose_face(row + 1))
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self._import.changed.connect(self._show)
        self.finished.connect(self._leave)
        self._show()

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setSpacing(10)
        self._form.addRow(tr("&Name"), self.name)
        self._form.addRow(tr("&Face"), self.face)
        scroll = QScrollArea()
        scroll.setObjectName("panel_scroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.findings)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(self._form)
        right.addWidget(scroll, 1)
        right.addWidget(self.problem)
        right.addWidget(self.consent)
        right.addWidget(self.privacy)
        right.addWidget(self.progress)
        right.addWidget(self.buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 18, 18, 18)
        row.setSpacing(18)
        row.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)

    def _show(self) -> None:
        """Bring everything in line with the import's state."""
        state, report = self._import.state, self._import.report
        if report is not None and report is not self._shown:
            self._show_report(report)
        reading, saving = state is ImportState.READING, state is ImportState.SAVING
        if reading:
            self.findings.setText(tr(LOOKING))
            self.preview.setEnabled(False)
        elif state is ImportState.FAILED:
            self.findings.setText(_escaped(self._import.sentence))
        self.progress.setVisible(reading or saving)
        self.progress.setRange(0, self._import.steps)
        self.progress.setValue(self._import.done if reading else self._import.steps)
        failed = state is ImportState.FAILED
        self._form.setRowVisible(self.name, not failed)
        self._form.setRowVisible(self.face, self.face.count() > 1)
        for field in (self.name, self.face, self.consent):
            field.setEnabled(not saving)
        for part in (self.consent, self.privacy, self.preview):
            part.setVisible(not failed)
        self._show_name(state)
        if self._saving and state is ImportState.IDLE:
            self.accept()

    def _show_name(self, state: ImportState) -> None:
        """Say what is wrong with the name, or with the last attempt to save under it."""
        problem = ""
        if state in (ImportState.READING, ImportState.READY):
            problem = self._import.name_problem(self.name.text().strip(), self._session.catalogue)
        ready = state is ImportState.READY and self.consent.isChecked()
        self.save.setEnabled(ready and not problem)
        if not problem and state is ImportState.READY:
            problem = self._import.sentence
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show_report(self, report: PictureReport) -> None:
        self._shown = report
        self.preview.setEnabled(True)
        self.preview.show_pixels(report.portrait)
        self.face.clear()
        self.face.addItems(
            [tr("{number} from the left", number=number) for number in range(1, report.faces + 1)]
        )
        self.face.setCurrentIndex(report.face - 1)
        lines = [
            f"<p>{_escaped(say(sentence))}<br><span style='color:{current_theme().subtle}'>"
            f"{_escaped(say(advice))}</span></p>"
            for sentence, advice in report.findings
        ]
        self.findings.setText("".join(lines) or tr(FINE))

    def _save(self) -> None:
        self._saving = True
        self._import.save(self.name.text().strip())

    def _leave(self) -> None:
        self._import.changed.disconnect(self._show)
        if self.result() != QDialog.DialogCode.Accepted:
            self._import.cancel()


class _Portrait(QWidget):
    """The portrait as it was cut out, dimmed while another one is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(PREVIEW / 2)
        self.setMaximumSize(PREVIEW)
        self.setAccessibleName(tr("The portrait"))
        self._pixmap: QPixmap | None = None

    def sizeHint(self) -> QSize:  # noqa: N802
        return PREVIEW

    def show_pixels(self, pixels: np.ndarray) -> None:
        """Show (768, 512, 3) uint8."""
        held = np.ascontiguousarray(pixels)
        height, width, _ = held.shape
        image = QImage(held.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._pixmap = QPixmap.fromImage(image.copy())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect(QPoint(), PREVIEW.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        card = QPainterPath()
        card.addRoundedRect(place, RADIUS_PX, RADIUS_PX)
        painter.fillPath(card, QColor(current_theme().stage))
        if self._pixmap is not None:
            painter.setClipPath(card)
            painter.setOpacity(1.0 if self.isEnabled() else 0.35)
            painter.drawPixmap(place, self._pixmap)
        painter.end()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
