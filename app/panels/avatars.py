"""Who speaks: the gallery, and pictures of the user's own."""

from PySide6.QtWidgets import QPushButton

from app.avatar_picker import AvatarPicker
from app.panels.panel import Panel
from app.session import Session
from app.words import tr


class AvatarsPanel(Panel):
    """The gallery with the button that adds to it."""

    expands = True

    def __init__(self, session: Session) -> None:
        self.gallery = AvatarPicker()
        super().__init__(session, tr("Who speaks"))
        self.import_button = QPushButton(tr("Your own picture …"))
        self.import_button.setObjectName("import")
        self.import_button.setToolTip(tr("Make an avatar from a picture (or drop one here)"))
        self.column.addWidget(self.gallery, 1)
        self.column.addWidget(self.import_button)
        self.gallery.picked.connect(session.set_avatar)
        session.settings_changed.connect(self._show_settings)
        session.catalogue_changed.connect(self._show_catalogue)
        self._show_catalogue(session.catalogue)

    def _show_settings(self, settings: object) -> None:
        self.gallery.show_choice(self.session.settings.avatar)

    def _show_catalogue(self, catalogue: object) -> None:
        self.gallery.show_avatars(self.session.catalogue.avatars)
        self._show_settings(self.session.settings)
