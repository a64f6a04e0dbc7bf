"""Step 3: the avatar, which already moves."""

from app.avatar_picker import AvatarPicker
from app.preview import Preview
from app.session import Session, SessionState
from app.set_up.page import Page
from app.words import tr


class AvatarPage(Page):
    """The gallery below the picture that the call will see."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            tr("Avatar"),
            tr("Who shall speak for you? A picture of your own can be added later in the window."),
        )
        self._session = session
        self.preview = Preview(session.latest_frame)
        self.avatars = AvatarPicker()
        self.column.addWidget(self.preview, 1)
        self.column.addWidget(self.avatars)
        self.avatars.picked.connect(session.set_avatar)
        session.catalogue_changed.connect(self._show_catalogue)
        session.settings_changed.connect(self._show_settings)
        session.still_changed.connect(self.preview.set_still)
        session.state_changed.connect(self._show_state)
        self.preview.set_still(session.still)
        self._show_catalogue(session.catalogue)
        self._show_state(session.state)

    def _show_catalogue(self, catalogue: object) -> None:
        self.avatars.show_avatars(self._session.catalogue.avatars)
        self._show_settings(self._session.settings)

    def _show_settings(self, settings: object) -> None:
        self.avatars.show_choice(self._session.settings.avatar)

    def _show_state(self, state: object) -> None:
        waking = self._session.state is SessionState.STARTING
        self.preview.set_hint(tr("Waking up …") if waking else "")
