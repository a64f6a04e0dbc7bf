"""What stands behind the person."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImageReader
from PySide6.QtWidgets import QColorDialog, QFileDialog, QHBoxLayout, QPushButton, QWidget

from app.panels.panel import Panel, note
from app.panels.segments import Segments
from app.panels.swatch import Swatch
from app.session import Session
from app.words import mark, tr

BACKGROUNDS = (
    ("original", mark("Original"), mark("As in the portrait")),
    ("blur", mark("Blurred"), mark("The portrait's own, out of focus")),
    ("colour", mark("Colour"), mark("One colour")),
    ("picture", mark("Picture"), mark("A picture of your own")),
)
COLOURS = (
    ("#3d5a80", mark("Blue")), ("#2f6f5e", mark("Green")), ("#7a5c86", mark("Purple")),
    ("#a4664a", mark("Terracotta")), ("#d9cdb8", mark("Sand")), ("#e8eaee", mark("Light grey")),
    ("#22252b", mark("Dark grey")), ("#00b140", mark("Green for keying")),
)  # fmt: skip
PICTURES = "*.png *.jpg *.jpeg *.bmp *.webp"
UNREADABLE = mark("{name} is not a picture; choose a PNG or JPEG file.")


class BackgroundPanel(Panel):
    """Original, blurred, a colour or a picture."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Background"))
        self.kinds = Segments(tr("Background"), BACKGROUNDS)
        self.swatches = [Swatch(colour, tr(name)) for colour, name in COLOURS]
        self.other_colour = QPushButton(tr("Another colour …"))
        self.choose = QPushButton(tr("Choose a picture …"))
        self.file = note()
        self.file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.colour_row = _row(*self.swatches)
        self.add(self.kinds, self.colour_row, self.other_colour, self.choose, self.file)
        self.kinds.chosen.connect(lambda kind: session.change(background=kind))
        for swatch in self.swatches:
            swatch.clicked.connect(lambda _=False, swatch=swatch: self._use_colour(swatch.colour))
        self.other_colour.clicked.connect(self.choose_colour)
        self.choose.clicked.connect(self.choose_picture)
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def choose_colour(self) -> QColorDialog:
        """Let the user choose any colour."""
        chooser = QColorDialog(QColor(self.session.settings.background_colour), self.window())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setWindowTitle(tr("Colour of the background"))
        chooser.colorSelected.connect(lambda colour: self._use_colour(colour.name()))
        chooser.open()
        return chooser

    def choose_picture(self) -> QFileDialog:
        """Let the user choose a picture file."""
        folder = Path(self.session.settings.background_picture).parent
        start = str(folder if folder.is_absolute() else Path.home())
        words = f"{tr('Pictures')} ({PICTURES})"
        chooser = QFileDialog(self.window(), tr("Choose a background"), start, words)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.use_picture)
        chooser.open()
        return chooser

    def use_picture(self, path: str) -> None:
        """Stand the person in front of this picture, if it is one."""
        if QImageReader(path).read().isNull():
            self.file.setText(tr(UNREADABLE, name=Path(path).name))
            self.file.show()
        else:
            self.session.change(background="picture", background_picture=path)

    def _use_colour(self, colour: str) -> None:
        self.session.change(background="colour", background_colour=colour)

    def _show_settings(self, settings: object) -> None:
        chosen = self.session.settings
        self.kinds.show_value(chosen.background)
        for widget in (self.colour_row, self.other_colour):
            widget.setVisible(chosen.background == "colour")
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == chosen.background_colour)
        picture = Path(chosen.background_picture)
        self.choose.setVisible(chosen.background == "picture")
        self.file.setVisible(chosen.background == "picture")
        if not chosen.background_picture:
            self.file.setText(tr("Until you choose one, the original background stays."))
        elif picture.is_file():
            self.file.setText(picture.name)
        else:
            self.file.setText(tr("{name} is gone; the original is shown.", name=picture.name))


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(3)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return row
