"""What a second start, a hotkey and the remote control may ask of the running application."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.chain import Shown
from app.session import Session
from pipeline.errors import UserError

Request = dict[str, Any]
Answer = dict[str, Any]

STILL_STARTING = "ChatAnyone is still starting; ask again in a moment."


class ControlError(UserError):
    """A request that makes no sense, or an application that is not running."""


class Control(QObject):
    """Carries out requests on the session, and tells its state.

    A request is {"type": …} and what that type takes:
    state | show | start | stop | toggle; mute, card {"on": true, false or "toggle"};
    style, avatar {"name": …, or "step": 1 or -1 for the next or the one before}
    """

    show_requested = Signal()
    state_changed = Signal()
    choices_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: Answer = {}
        self._actions = {
            "state": lambda request: None,
            "show": lambda request: self.show_requested.emit(),
            "start": lambda request: self._run(True),
            "stop": lambda request: self._run(False),
            "toggle": lambda request: session.toggle(),
            "mute": self._mute,
            "card": self._card,
            "style": self._style,
            "avatar": self._avatar,
        }
        session.catalogue_changed.connect(self.choices_changed)
        for signal in (
            session.state_changed,
            session.settings_changed,
            session.muted_changed,
            session.shown_changed,
            session.camera_changed,
            session.message_changed,
        ):
            signal.connect(self._look)
        self._look()

    def answer(self, request: object) -> Answer:
        """Carry the request out: {"ok": true, "state": …} or {"ok": false, "error": sentence}."""
        try:
            self.carry_out(request)
        except ControlError as error:
            return {"ok": False, "error": str(error)}
        return {"ok": True, "state": self.state()}

    def carry_out(self, request: object) -> None:
        """Do what is asked. Raises ControlError with what is wrong."""
        kind = request.get("type") if isinstance(request, dict) else None
        if not isinstance(request, dict) or not isinstance(kind, str) or kind not in self._actions:
            known = ", ".join(self._actions)
            raise ControlError(f'A request is an object with a "type", one of: {known}.')
        self._actions[kind](request)

    def state(self) -> Answer:
        """What runs and what is chosen, as JSON can hold it."""
        session = self._session
        return {
            "state": session.state.value,
            "live": session.state.is_live and session.shown is not Shown.REHEARSAL,
            "muted": session.muted,
            "card": session.shown is Shown.CARD,
            "avatar": session.settings.avatar,
            "style": session.settings.style,
            "camera": session.camera.name,
            "message": session.message,
        }

    def choices(self) -> Answer:
        """The avatars and styles there are, each with its name and its title for people."""
        catalogue = self._session.catalogue
        return {
            kind: [{"name": entry.name, "title": entry.title} for entry in entries]
            for kind, entries in (("avatars", catalogue.avatars), ("styles", catalogue.styles))
        }

    def _look(self, _: object = None) -> None:
        told = self.state()
        if told != self._told:
            self._told = told
            self.state_changed.emit()

    def _run(self, wanted: bool) -> None:
        session = self._session
        if wanted and session.shown is Shown.REHEARSAL:
            session.set_card(False)
        if wanted != session.state.is_active:
            session.toggle()

    def _mute(self, request: Request) -> None:
        self._session.set_muted(_switched(request, self._session.muted))

    def _card(self, request: Request) -> None:
        self._session.set_card(_switched(request, self._session.shown is Shown.CARD))

    def _style(self, request: Request) -> None:
        names = [entry.name for entry in self._session.catalogue.styles]
        self._session.set_style(_chosen(request, names, self._session.settings.style))

    def _avatar(self, request: Request) -> None:
        names = [entry.name for entry in self._session.catalogue.avatars]
        self._session.set_avatar(_chosen(request, names, self._session.settings.avatar))


def _switched(request: Request, now: bool) -> bool:
    wanted = request.get("on", "toggle")
    if wanted == "toggle":
        return not now
    if not isinstance(wanted, bool):
        raise ControlError(f'{request["type"]}: "on" is true, false or "toggle".')
    return wanted


def _chosen(request: Request, names: list[str], now: str) -> str:
    if not names:
        raise ControlError(STILL_STARTING)
    kind, name, step = request["type"], request.get("name"), request.get("step")
    if name is None and type(step) is int and step in (-1, 1):
        return names[(names.index(now) + step) % len(names)] if now in names else names[0]
    if name not in names:
        raise ControlError(f"There is no {kind} {name!r}; choose one of: {', '.join(names)}.")
    return name
