"""What is heard."""

from app.microphone_picker import MicrophonePicker
from app.panels.panel import Panel
from app.session import Session
from app.words import tr


class MicrophonePanel(Panel):
    """Which microphone drives the avatar."""

    def __init__(self, session: Session) -> None:
        self.microphones = MicrophonePicker()
        super().__init__(session, tr("Micr&ophone"), self.microphones)
        self.add(self.microphones)
        self.microphones.picked.connect(session.set_microphone)
        self.microphones.opened.connect(session.refresh_microphones)
        session.settings_changed.connect(self._show_settings)
        session.microphones_changed.connect(self.microphones.show_microphones)
        self.microphones.show_microphones(session.microphones)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        chosen = self.session.settings
        self.microphones.show_choice(chosen.microphone, chosen.microphone_host_api)
