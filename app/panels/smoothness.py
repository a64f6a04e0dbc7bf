"""How quickly the avatar answers."""

from app.panels.panel import Panel
from app.session import Session
from app.smoothness_slider import SmoothnessSlider
from app.words import tr


class SmoothnessPanel(Panel):
    """Quick or smooth."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Quick or smooth"))
        self.smoothness = SmoothnessSlider()
        self.add(self.smoothness)
        self.smoothness.changed.connect(lambda value: session.change(smoothness=value))
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        self.smoothness.show_smoothness(self.session.settings.smoothness)
