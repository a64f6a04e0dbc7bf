"""The dialog in which global hotkeys are chosen."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QKeySequenceEdit,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.hotkeys.hotkeys import TITLES, Hotkeys
from app.session import Session
from app.words import tr

WIDTH_PX = 460
KEYS_WIDTH_PX = 200


class HotkeysDialog(QDialog):
    """Shows the settings and changes them at once."""

    def __init__(self, session: Session, hotkeys: Hotkeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("Keys for every program"))
        self.resize(WIDTH_PX, self.sizeHint().height())
        self.switch = QCheckBox(tr("&Use these keys in every program"))
        self.edits: dict[str, QKeySequenceEdit] = {}
        form = QFormLayout()
        form.setSpacing(10)
        for name, title in TITLES.items():
            edit = QKeySequenceEdit()
            edit.setMaximumSequenceLength(1)
            edit.setClearButtonEnabled(True)
            edit.setMinimumWidth(KEYS_WIDTH_PX)
            edit.setAccessibleName(tr(title))
            edit.editingFinished.connect(lambda name=name: self._change(name))
            edit.keySequenceChanged.connect(lambda _, name=name: self._change(name))
            self.edits[name] = edit
            form.addRow(tr(title), edit)
        self.status = QLabel(hotkeys.status)
        self.status.setObjectName("subtle")
        self.status.setWordWrap(True)
        self.status.setAccessibleName(tr("Whether they work"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(12)
        column.addWidget(self.switch)
        column.addLayout(form)
        column.addWidget(self.status)
        column.addWidget(buttons)
        self.switch.toggled.connect(lambda on: session.change(hotkeys=on))
        hotkeys.status_changed.connect(self.status.setText)
        session.settings_changed.connect(self._show)
        self._show()

    def _change(self, name: str) -> None:
        portable = QKeySequence.SequenceFormat.PortableText
        text = self.edits[name].keySequence().toString(portable)
        self._session.change(**{f"hotkey_{name}": text})

    def _show(self, _: object = None) -> None:
        settings = self._session.settings
        self.switch.setChecked(settings.hotkeys)
        for name, edit in self.edits.items():
            keys = QKeySequence(getattr(settings, f"hotkey_{name}"))
            if edit.keySequence() != keys:
                edit.setKeySequence(keys)
            edit.setEnabled(settings.hotkeys)
