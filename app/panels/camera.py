"""Where the picture goes."""

from PySide6.QtWidgets import QCheckBox, QPushButton

from app.camera_line import CameraLine
from app.panels.panel import Panel
from app.session import Session
from app.words import tr


class CameraPanel(Panel):
    """The virtual camera: on or off, and how to get one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Camera"))
        self.switch = QCheckBox(tr("Send to the &camera"))
        self.line = CameraLine()
        self.retry = QPushButton(tr("Loo&k again"))
        self.retry.setToolTip(tr("Look for a virtual camera again"))
        self.add(self.switch, self.line, self.retry)
        self.switch.toggled.connect(lambda on: session.change(camera="auto" if on else "none"))
        self.retry.clicked.connect(session.refresh_camera)
        session.settings_changed.connect(self._show_settings)
        session.camera_changed.connect(self._show_camera)
        self._show_settings(session.settings)
        self._show_camera(session.camera)

    def _show_settings(self, settings: object) -> None:
        self.switch.blockSignals(True)
        self.switch.setChecked(self.session.settings.camera != "none")
        self.switch.blockSignals(False)

    def _show_camera(self, status: object) -> None:
        self.line.show_status(self.session.camera)
        self.retry.setVisible(bool(self.session.camera.advice))
