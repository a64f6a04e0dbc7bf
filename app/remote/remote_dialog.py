"""The dialog that switches the remote control on and shows how to reach it."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.remote.remote_control import RemoteControl
from app.session import Session
from app.settings import REMOTE_PORT_RANGE
from app.words import mark, tr

WIDTH_PX = 520
EXPLANATION = mark(
    "Lets programs on this computer, like a Stream Deck or a script, start, mute and change the "
    "avatar. Nothing can be reached from outside. The messages are described in "
    "resources/remote_control.md."
)


class RemoteDialog(QDialog):
    """Shows the settings and changes them at once."""

    def __init__(
        self, session: Session, remote: RemoteControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._remote = remote
        self.setWindowTitle(tr("Remote control"))
        words = QLabel(tr(EXPLANATION))
        words.setWordWrap(True)
        words.setObjectName("subtle")
        self.switch = QCheckBox(tr("&Allow programs that have the token"))
        self.port = QSpinBox()
        self.port.setRange(*REMOTE_PORT_RANGE)
        self.port.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.port.setAccessibleName(tr("Port"))
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setAccessibleName(tr("Address"))
        self.token = QLineEdit()
        self.token.setReadOnly(True)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setAccessibleName(tr("Token"))
        self.copy = QPushButton(tr("&Copy"))
        self.renew = QPushButton(tr("&New token"))
        self.renew.setToolTip(tr("Shuts out every program that has the old one"))
        self.status = QLabel()
        self.status.setObjectName("verdict")
        self.status.setWordWrap(True)
        self.status.setAccessibleName(tr("Whether it works"))
        self._lay_out(words)
        self.switch.toggled.connect(lambda on: session.change(remote_control=on))
        self.port.editingFinished.connect(lambda: session.change(remote_port=self.port.value()))
        self.copy.clicked.connect(self._copy_token)
        self.renew.clicked.connect(self._renew_token)
        remote.status_changed.connect(self._show)
        session.settings_changed.connect(self._show)
        self._show()
        self.resize(WIDTH_PX, self.sizeHint().height())

    def _lay_out(self, words: QLabel) -> None:
        secret = QHBoxLayout()
        secret.addWidget(self.token, 1)
        secret.addWidget(self.copy)
        secret.addWidget(self.renew)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(tr("&Port"), self.port)
        form.addRow(tr("Address"), self.address)
        form.addRow(tr("Token"), secret)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self.switch)
        column.addLayout(form)
        column.addWidget(self.status)
        column.addWidget(buttons)

    def _copy_token(self) -> None:
        QGuiApplication.clipboard().setText(self._remote.token)

    def _renew_token(self) -> None:
        self._remote.renew_token()
        self._show()

    def _show(self, _: object = None) -> None:
        settings = self._session.settings
        listening = self._remote.port != 0
        self.switch.setChecked(settings.remote_control)
        self.port.setValue(settings.remote_port)
        self.address.setText(self._remote.address)
        self.token.setText(self._remote.token if listening else "")
        for part in (self.address, self.token, self.copy, self.renew):
            part.setEnabled(listening)
        self.status.setText(self._remote.status)
