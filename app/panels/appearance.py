"""How the window looks."""

from app.language import LANGUAGES
from app.panels.choice import Choice
from app.panels.panel import Panel, labelled
from app.session import Session
from app.words import mark, tr

THEMES = (
    ("system", mark("As the system has it")), ("light", mark("Light")), ("dark", mark("Dark")),
)  # fmt: skip


class AppearancePanel(Panel):
    """Theme and language of the window."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Appearance"))
        self.theme = Choice(tr("Theme"), THEMES)
        self.language = Choice(tr("Language"), (("system", THEMES[0][1]), *LANGUAGES))
        self.add(labelled(tr("&Theme"), self.theme), labelled(tr("Lan&guage"), self.language))
        self.language.chosen.connect(lambda name: session.change(language=name))
        self.theme.chosen.connect(lambda name: session.change(theme=name))
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        chosen = self.session.settings
        self.theme.show_value(chosen.theme)
        self.language.show_value(chosen.language)
