"""How the avatar talks, looks and gestures: the styles as cards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app.panels.panel import Panel
from app.session import Session
from app.style_cards import StyleCards
from app.words import tr


class StylesPanel(Panel):
    """A card a style; those learnt from clips can be removed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Style"))
        self.cards = StyleCards()
        self.add(self.cards)
        self.cards.picked.connect(session.set_style)
        self.cards.removal_asked.connect(self.ask_removal)
        session.settings_changed.connect(self._show_settings)
        session.catalogue_changed.connect(self._show_catalogue)
        self._show_catalogue(session.catalogue)

    def ask_removal(self, name: str) -> QMessageBox:
        """Remove a style of the user's own, once that was confirmed."""
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Remove style"))
        title = {style.name: style.title for style in self.session.catalogue.styles}.get(name, name)
        box.setText(tr("Remove the style {name}? Your clip is not touched.", name=title))
        remove = box.addButton(tr("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self.session.clip_style.remove(name))
        box.open()
        return box

    def _show_settings(self, settings: object) -> None:
        self.cards.show_choice(self.session.settings.style)

    def _show_catalogue(self, catalogue: object) -> None:
        self.cards.show_styles(self.session.catalogue.styles)
        self._show_settings(self.session.settings)
