"""How strongly the avatar moves."""

from app.motion_sliders import MotionSliders
from app.panels.panel import Panel
from app.session import Session
from app.words import tr


class MovementPanel(Panel):
    """The three intensities."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Movement"))
        self.sliders = MotionSliders()
        self.add(self.sliders)
        self.sliders.changed.connect(lambda name, value: session.change(**{name: value}))
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        for name in self.sliders.sliders:
            self.sliders.show_intensity(name, getattr(self.session.settings, name))
