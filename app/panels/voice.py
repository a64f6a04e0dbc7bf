"""What the call hears."""

from app.panels.panel import Panel
from app.session import Session
from app.voice_out_panel import VoiceOutPanel
from app.words import tr


class VoicePanel(Panel):
    """The voice that is passed on with the lips, and push-to-talk."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Voice in the call"))
        self.voice_out = VoiceOutPanel()
        self.add(self.voice_out)
        self.voice_out.changed.connect(lambda name, value: session.change(**{name: value}))
        self.voice_out.talking.connect(session.set_talking)
        session.readings_changed.connect(self.voice_out.show_readings)
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        self.voice_out.show_settings(self.session.settings)
