"""What is written into the picture, and how the user sees it."""

from PySide6.QtWidgets import QCheckBox

from app.panels.choice import Choice
from app.panels.panel import Panel, labelled
from app.session import Session
from app.words import mark, tr

PLACES = (
    ("lower-left", mark("Lower left")), ("lower-right", mark("Lower right")),
    ("upper-left", mark("Upper left")), ("upper-right", mark("Upper right")),
)  # fmt: skip


class ViewPanel(Panel):
    """Label, its place, and mirror."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Label and view"))
        self.label = QCheckBox(tr("Label “AI avatar” in the pictu&re"))
        self.label.setToolTip(tr("Tells the people in your call that they see an avatar."))
        self.mirror = QCheckBox(tr("M&irror the preview"))
        self.mirror.setToolTip(
            tr("Show yourself as in a mirror. The camera never sends it mirrored.")
        )
        self.place = Choice(tr("Place of the label"), PLACES)
        self.add(self.label, labelled(tr("P&lace"), self.place), self.mirror)
        self.place.chosen.connect(lambda place: session.change(label_place=place))
        self.label.toggled.connect(lambda on: session.change(label=on))
        self.mirror.toggled.connect(lambda on: session.change(mirror_preview=on))
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        chosen = self.session.settings
        for box, checked in ((self.mirror, chosen.mirror_preview), (self.label, chosen.label)):
            box.blockSignals(True)
            box.setChecked(checked)
            box.blockSignals(False)
        self.place.show_value(chosen.label_place)
        self.place.setEnabled(chosen.label)
