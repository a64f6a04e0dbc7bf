"""The observable state of the application; window and tray show it and call its methods."""

import logging
from dataclasses import replace
from enum import Enum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.captures import Captures
from app.catalogue import Catalogue
from app.chain import Backend, Chain, Level, Shown
from app.clip_style import ClipStyle
from app.hot_plug import HotPlug
from app.microphone_scan import MicrophoneEntry, MicrophoneScan
from app.picture_import import PictureImport
from app.settings import Settings, identity_path, load_settings, save_settings
from app.take import Take
from app.take_player import TakePlayer
from app.words import mark, tr
from app.worker import CameraStatus, Request, Worker

log = logging.getLogger(__name__)

STATISTICS_PERIOD_MS = 250
SAVE_DELAY_MS = 500
NO_AVATAR = mark("There is no avatar in the gallery: the installation is incomplete.")
SILENCE = Level(-100.0, -100.0)
# What a running chain cannot take over; a change of these starts it anew.
FIXED_IN_A_RUN = {
    "microphone", "microphone_host_api", "camera", "tier", "device", "smoothness", "voice_out",
}  # fmt: skip
# What surrounds the person, and how they are shown.
PICTURE = {
    "label", "label_place", "background", "background_colour", "background_picture", "framing",
    "zoom",
}  # fmt: skip


class SessionState(Enum):
    """What the chain is doing. MUTED runs too: the avatar idles and hears nothing."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    MUTED = "muted"
    STOPPING = "stopping"
    ERROR = "error"

    @property
    def is_live(self) -> bool:
        return self in (SessionState.RUNNING, SessionState.MUTED)

    @property
    def is_active(self) -> bool:
        return self.is_live or self is SessionState.STARTING


class Session(QObject):
    """State of the application, on the GUI thread.

    Signals carry the new value; `readings_changed` comes at 4 Hz at most, and only while a chain
    runs. Frames and the microphone level are not signalled: a timer of the widget pulls them.
    """

    state_changed = Signal(object)
    settings_changed = Signal(object)
    catalogue_changed = Signal(object)
    still_changed = Signal(object)
    microphones_changed = Signal(object)
    camera_changed = Signal(object)
    readings_changed = Signal(object)
    muted_changed = Signal(bool)
    shown_changed = Signal(object)
    message_changed = Signal(str)

    def __init__(
        self,
        backend: Backend,
        settings_file: Path,
        scan: MicrophoneScan | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backend = backend
        self._settings_file = settings_file
        self.settings = load_settings(settings_file)
        self.state = SessionState.STOPPED
        self.catalogue = Catalogue()
        self.still: np.ndarray | None = None
        self.microphones: tuple[MicrophoneEntry, ...] = ()
        self.camera = CameraStatus()
        self.message = ""
        self.muted = False
        self._notice = ""
        self.talking = False
        self.shown = Shown.AVATAR
        self._chain: Chain | None = None
        self._request: Request | None = None
        self._number = 0

        self._worker = Worker(backend, self.settings.camera, self)
        self._worker.catalogue_read.connect(self._take_catalogue)
        self._worker.still_drawn.connect(self._take_still)
        self._worker.camera_changed.connect(self._take_camera)
        self._worker.chain_running.connect(self._take_chain)
        self._worker.chain_ended.connect(self._end_chain)
        self._worker.failed.connect(self._tell)
        self.picture_import = PictureImport(backend, self)
        self.picture_import.avatars_changed.connect(self._take_avatars)
        self.picture_import.failed.connect(self._tell)
        self.clip_style = ClipStyle(backend, self)
        self.clip_style.styles_changed.connect(self._take_styles)
        self.clip_style.failed.connect(self._tell)
        self.captures = Captures(self, identity_path(settings_file))
        self._scan = scan or MicrophoneScan()
        self._scan.finished.connect(self._take_microphones)
        self._hot_plug = HotPlug(parent=self)
        self._hot_plug.changed.connect(self._take_devices)
        self._statistics_timer = QTimer(self, interval=STATISTICS_PERIOD_MS)
        self._statistics_timer.timeout.connect(self._read_statistics)
        self._save_timer = QTimer(self, interval=SAVE_DELAY_MS, singleShot=True)
        self._save_timer.timeout.connect(self.save)

    def open(self) -> None:
        """Start the worker: it reads the catalogue and opens the camera."""
        self._worker.start()
        self._scan.start()

    def close(self) -> bool:
        """Stop everything and save; False where the worker did not end in time."""
        self._save_timer.stop()
        self._statistics_timer.stop()
        self._hot_plug.close()
        self._scan.cancel()
        self.save()
        imported, learnt = self.picture_import.close(), self.clip_style.close()
        ended = self._worker.end()
        self.captures.close()
        return ended and imported and learnt

    def start(self) -> None:
        """Begin a run with the present settings; a run in progress is replaced."""
        self._number += 1
        self._request = Request(self._number, self.settings, self.deaf, self.shown)
        self._chain = None
        self._notice = ""
        self.captures.chain_ended()
        self._tell("")
        self._set_state(SessionState.STARTING)
        self._worker.start_chain(self._request)

    def stop(self) -> None:
        """End the run, if there is one."""
        if self.state.is_active:
            self._set_state(SessionState.STOPPING)
            self._worker.stop_chain()

    def toggle(self) -> None:
        """Start when nothing runs, stop when something does."""
        if self.state.is_active:
            self.stop()
        elif self.state is not SessionState.STOPPING:
            self.start()

    def set_muted(self, muted: bool) -> None:
        """Stop listening, or listen again; the avatar goes on living either way."""
        if muted == self.muted:
            return
        self.muted = muted
        self.muted_changed.emit(muted)
        self._follow_deafness()

    def set_talking(self, talking: bool) -> None:
        """Push-to-talk is held, or let go; means nothing where that is not wanted."""
        self.talking = talking
        self._follow_deafness()

    @property
    def deaf(self) -> bool:
        """Whether nothing is to be heard now: muted, or push-to-talk is not held."""
        return self.muted or (self.settings.push_to_talk and not self.talking)

    def _follow_deafness(self) -> None:
        if self._chain is not None:
            self._chain.set_muted(self.deaf)
        if self.state.is_live:
            self._set_state(SessionState.MUTED if self.deaf else SessionState.RUNNING)

    def set_card(self, shown: bool) -> None:
        """Show the card in the place of the avatar, which goes on hearing, or the avatar again."""
        self._show(Shown.CARD if shown else Shown.AVATAR)

    def rehearse(self) -> None:
        """Run for the preview only: the camera shows the card until `set_card(False)`."""
        self._show(Shown.REHEARSAL)
        if not self.state.is_active:
            self.start()

    def record(self, take: Take | None) -> None:
        """Keep what the avatar does from now on in this take; nothing without a run or a take."""
        if self._chain is not None:
            self._chain.set_take(take)

    def play(self, take: Take) -> TakePlayer:
        """Begin to play a take; the caller stops it before it is gone."""
        player = TakePlayer(take, self._backend.open_speaker, self)
        player.start()
        return player

    def set_avatar(self, name: str) -> None:
        self.change(avatar=name)

    def set_style(self, name: str) -> None:
        self.change(style=name)

    def set_microphone(self, name: str, host_api: str) -> None:
        self.change(microphone=name, microphone_host_api=host_api)

    def change(self, **choices: object) -> None:
        """Replace some of the settings; a run in progress follows."""
        before, self.settings = self.settings, replace(self.settings, **choices)  # type: ignore[arg-type]
        if self.settings == before:
            return
        self._save_timer.start()
        self.settings_changed.emit(self.settings)
        changed = {name for name in choices if getattr(before, name) != choices[name]}
        if "push_to_talk" in changed:
            self._follow_deafness()
        if changed & {"avatar", *PICTURE}:
            self._worker.draw_still(self.settings)
        if not self.state.is_active:
            if "camera" in changed:
                self._worker.use_camera(self.settings.camera)
        elif changed & FIXED_IN_A_RUN:
            self.start()
        elif self._chain is not None:
            self._follow(self._chain, before)

    def refresh_microphones(self) -> None:
        """Look for microphones that came or went; `microphones_changed` follows."""
        self._scan.start()

    def refresh_camera(self) -> None:
        """Look for a virtual camera now."""
        self._worker.find_camera()

    def tell(self, sentence: str) -> None:
        """Say something to the user, until they close it or there is something newer."""
        self._tell(sentence)

    def dismiss_message(self) -> None:
        self._tell("")

    @property
    def chain(self) -> Chain | None:
        """What runs now."""
        return self._chain

    def latest_frame(self) -> np.ndarray | None:
        """The newest picture of the run, (h, w, 3) uint8; None where nothing runs."""
        return self._chain.latest_frame() if self._chain is not None else None

    def level(self) -> Level:
        """How loud the microphone is now."""
        return self._chain.level() if self._chain is not None and not self.deaf else SILENCE

    def save(self) -> None:
        """Write the settings; a folder that cannot be written costs a log line only."""
        try:
            save_settings(self.settings, self._settings_file)
        except OSError as error:
            log.info("settings were not saved: %s", error)

    def _show(self, shown: Shown) -> None:
        if shown is self.shown:
            return
        self.shown = shown
        # One that is about to end keeps what it shows: the camera must not see a rehearsal.
        if self._chain is not None and self.state.is_active:
            self._chain.set_shown(shown)
        self.shown_changed.emit(shown)

    def _follow(self, chain: Chain, before: Settings) -> None:
        now = self.settings
        if now.avatar != before.avatar:
            chain.set_avatar(now.avatar)
        if now.style != before.style:
            chain.set_style(now.style)
        motion = (now.expression, now.head, now.gesture)
        if motion != (before.expression, before.head, before.gesture):
            chain.set_motion(*motion)
        if now.voice_gain != before.voice_gain:
            chain.set_voice_gain(now.voice_gain)
        if any(getattr(now, name) != getattr(before, name) for name in PICTURE):
            chain.set_picture(now)

    def _take_chain(self, number: int, chain: Chain) -> None:
        if self._request is None or number != self._request.number:
            return
        if self.state is not SessionState.STARTING:
            return
        self._chain = chain
        chain.set_muted(self.deaf)
        chain.set_shown(self.shown)
        self._follow(chain, self._request.settings)
        self._statistics_timer.start()
        self._set_state(SessionState.MUTED if self.deaf else SessionState.RUNNING)

    def _end_chain(self, number: int, sentence: str) -> None:
        if number != self._number:
            return
        self._chain = None
        self.captures.chain_ended()
        self._statistics_timer.stop()
        self.readings_changed.emit(None)
        self._tell(sentence)
        self._set_state(SessionState.ERROR if sentence else SessionState.STOPPED)

    def _take_catalogue(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        known = [avatar.name for avatar in catalogue.avatars]
        if known and self.settings.avatar not in known:
            self.change(avatar=known[0])
        styles = [style.name for style in catalogue.styles]
        if styles and self.settings.style not in styles:
            self.change(style=styles[0])
        self.catalogue_changed.emit(catalogue)
        if known:
            self._worker.draw_still(self.settings)
            self._worker.prepare(self.settings)
        else:
            self._tell(tr(NO_AVATAR))

    def _take_avatars(self, catalogue: Catalogue, name: str) -> None:
        """Show the avatars anew; one that was just made is chosen."""
        self._take_catalogue(catalogue)
        if name:
            self.set_avatar(name)

    def _take_styles(self, catalogue: Catalogue, name: str) -> None:
        """Show the styles anew; one that was just learnt is chosen."""
        self._take_catalogue(catalogue)
        if name:
            self.set_style(name)

    def _take_still(self, still: np.ndarray) -> None:
        self.still = still
        self.still_changed.emit(still)

    def _take_devices(self) -> None:
        """Devices came or went: look at them again, and for those that are waited for."""
        self._scan.start()
        self._worker.find_camera()
        if self._chain is not None:
            self._chain.devices_changed(other_default=False)

    def _take_microphones(self, microphones: tuple[MicrophoneEntry, ...]) -> None:
        former = [entry.name for entry in self.microphones if entry.default]
        default = [entry.name for entry in microphones if entry.default]
        is_other = bool(former and default) and former != default
        if is_other and not self.settings.microphone and self._chain is not None:
            self._chain.devices_changed(other_default=True)
        self.microphones = microphones
        self.microphones_changed.emit(microphones)

    def _take_camera(self, camera: CameraStatus) -> None:
        self.camera = camera
        self.camera_changed.emit(camera)

    def _read_statistics(self) -> None:
        if self._chain is None:
            return
        self.readings_changed.emit(self._chain.readings())
        self._show_notice(self._chain.notice())

    def _show_notice(self, notice: str) -> None:
        """Say what the chain tells; once it is over, the sentence goes by itself."""
        before, self._notice = self._notice, notice
        if notice != before and (notice or self.message == before):
            self._tell(notice)

    def _tell(self, sentence: str) -> None:
        if sentence != self.message:
            self.message = sentence
            self.message_changed.emit(sentence)

    def _set_state(self, state: SessionState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)
