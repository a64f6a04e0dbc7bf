"""Everything that can be chosen, beside the preview."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from app.camera_line import CameraLine
from app.catalogue import Catalogue
from app.level_meter import LevelMeter
from app.microphone_picker import MicrophonePicker
from app.motion_sliders import MotionSliders
from app.session import Session
from app.settings import Settings
from app.smoothness_slider import SmoothnessSlider
from app.voice_out_panel import VoiceOutPanel

WIDTH_PX = 344
SMALLEST_WIDTH_PX = 290


class ControlPanel(QScrollArea):
    """Pickers, sliders and switches; shows the session's settings and changes them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("panel_scroll")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(SMALLEST_WIDTH_PX)
        self.setMaximumWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

        self.styles = QComboBox()
        self.styles.setAccessibleName("Style")
        self.sliders = MotionSliders()
        self.smoothness = SmoothnessSlider()
        self.microphones = MicrophonePicker()
        self.meter = LevelMeter(session.level)
        self.voice_out = VoiceOutPanel()
        self.camera = CameraLine()
        self.camera_retry = QPushButton("Loo&k again")
        self.camera_retry.setToolTip("Look for a virtual camera again")
        self.camera_on = QCheckBox("Send to the &camera")
        self.mirror = QCheckBox("M&irror the preview")
        self.mirror.setToolTip("Show yourself as in a mirror. The camera never sends it mirrored.")
        self.label = QCheckBox("Label “AI avatar” in the &picture")
        self.label.setToolTip("Tells the people in your call that they see an avatar.")

        self._lay_out()
        self._connect()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH_PX, super().sizeHint().height())

    def show_settings(self, settings: Settings) -> None:
        """Show the user's choices; changes none."""
        index = self.styles.findData(settings.style)
        if index >= 0:
            self.styles.setCurrentIndex(index)
        for name in self.sliders.sliders:
            self.sliders.show_intensity(name, getattr(settings, name))
        self.smoothness.show_smoothness(settings.smoothness)
        self.voice_out.show_settings(settings)
        self.microphones.show_choice(settings.microphone, settings.microphone_host_api)
        for box, checked in (
            (self.mirror, settings.mirror_preview),
            (self.label, settings.label),
            (self.camera_on, settings.camera != "none"),
        ):
            box.blockSignals(True)
            box.setChecked(checked)
            box.blockSignals(False)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Fill the pickers with what there is."""
        self.styles.clear()
        for style in catalogue.styles:
            self.styles.addItem(style.title, style.name)
        self.show_settings(self._session.settings)

    def _lay_out(self) -> None:
        panel = QWidget()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        style = QHBoxLayout()
        style.addWidget(_named("St&yle", self.styles))
        style.addWidget(self.styles, 1)
        column.addWidget(_card("Movement", None, style, self.sliders, self.smoothness))
        column.addWidget(_card("Micr&ophone", self.microphones, self.microphones, self.meter))
        column.addWidget(_card("Voice in the call", None, self.voice_out))
        column.addWidget(_card("Camera", None, self.camera_on, self.camera, self.camera_retry))
        column.addWidget(_card("Picture", None, self.label, self.mirror))
        column.addStretch(1)
        self.setWidget(panel)

    def _connect(self) -> None:
        session = self._session
        self.styles.activated.connect(lambda index: session.set_style(self.styles.itemData(index)))
        self.sliders.changed.connect(lambda name, value: session.change(**{name: value}))
        self.smoothness.changed.connect(lambda value: session.change(smoothness=value))
        self.voice_out.changed.connect(lambda name, value: session.change(**{name: value}))
        self.voice_out.talking.connect(session.set_talking)
        session.readings_changed.connect(self.voice_out.show_readings)
        self.microphones.picked.connect(session.set_microphone)
        self.microphones.opened.connect(session.refresh_microphones)
        self.mirror.toggled.connect(lambda on: session.change(mirror_preview=on))
        self.label.toggled.connect(lambda on: session.change(label=on))
        self.camera_on.toggled.connect(lambda on: session.change(camera="auto" if on else "none"))
        self.camera_retry.clicked.connect(session.refresh_camera)
        session.settings_changed.connect(self.show_settings)
        session.catalogue_changed.connect(self.show_catalogue)
        session.microphones_changed.connect(self.microphones.show_microphones)
        session.camera_changed.connect(self._show_camera)
        self.show_catalogue(session.catalogue)
        self.microphones.show_microphones(session.microphones)
        self._show_camera(session.camera)

    def _show_camera(self, status: object) -> None:
        self.camera.show_status(self._session.camera)
        self.camera_retry.setVisible(bool(self._session.camera.advice))


def _named(title: str, buddy: QWidget | None) -> QLabel:
    label = QLabel(title)
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def _card(title: str, buddy: QWidget | None, *rows: QWidget | QHBoxLayout) -> QFrame:
    """A rounded group with a heading."""
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(14, 12, 14, 14)
    column.setSpacing(10)
    heading = _named(title, buddy)
    heading.setObjectName("heading")
    column.addWidget(heading)
    for row in rows:
        if isinstance(row, QHBoxLayout):
            column.addLayout(row)
        elif isinstance(row, QPushButton):
            column.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(row)
    return card
