"""Small real stand-ins for devices and slow parts."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from app.catalogue import AvatarEntry, Catalogue, StyleEntry
from app.chain import Backend, LearntStyle, Level, PictureReport, Readings, Shown
from app.settings import Settings
from app.take import Take
from pipeline.errors import AvatarError, CameraError, UserError
from pipeline.recorder import Recorder
from pipeline.speaker import SpeakerError

if TYPE_CHECKING:
    from pipeline.camera import Camera


def portrait(seed: int = 0) -> np.ndarray:
    """A picture (720, 1280, 3) uint8 that is different everywhere and for every seed."""
    rows, columns = np.mgrid[0:720, 0:1280]
    channels = (rows * 255 // 719, columns * 255 // 1279, (rows + columns + 60 * seed) % 256)
    return np.stack(channels, axis=-1).astype(np.uint8)


class FakeChain:
    """A chain that shows one picture until it is stopped, and notes what it is told.

    fault: raised from `run` once `fail` is set
    """

    def __init__(self, settings: Settings, camera: "Camera | None", fault: Exception | None = None):
        self.settings = settings
        self.camera = camera
        self.told: list[tuple] = []
        self.amiss = ""
        self.shown = Shown.AVATAR
        self.take: Take | None = None
        self.fail = Event()
        self.ended = Event()
        self._fault = fault
        self._frame = portrait(seed=1)

    def run(self, stop: Event) -> None:
        while not stop.wait(0.005):
            if self.camera is not None:
                self.camera.send(self._frame)
            if self.take is not None:
                self.take.add_sound(np.zeros(800, np.float32))
                self.take.add_picture(self._frame)
            if self._fault is not None and self.fail.is_set():
                raise self._fault
        self.ended.set()

    def latest_frame(self) -> np.ndarray | None:
        return self._frame

    def level(self) -> Level:
        return Level(-6.0, -18.0)

    def readings(self) -> Readings:
        legs = (("capture", 10.0), ("look_ahead", 33.0), ("motion", 7.0), ("picture", 12.0),
                ("buffer", 3.0), ("camera", 1.0))  # fmt: skip
        return Readings(29.97, 0.071, 2, 1, "lite", "CPUExecutionProvider", 0.066, legs)

    def notice(self) -> str:
        return self.amiss

    def devices_changed(self, other_default: bool) -> None:
        self.told.append(("devices", other_default))

    def set_avatar(self, name: str) -> None:
        self.told.append(("avatar", name))

    def set_style(self, name: str) -> None:
        self.told.append(("style", name))

    def set_motion(self, expression: float, head: float, gesture: float) -> None:
        self.told.append(("motion", expression, head, gesture))

    def set_picture(self, settings: Settings) -> None:
        self.told.append(("picture", settings))

    def set_muted(self, muted: bool) -> None:
        self.told.append(("muted", muted))

    def set_voice_gain(self, gain: float) -> None:
        self.told.append(("voice_gain", gain))

    def record(self, path: Path, on_recorded: Callable[[Path, str], None]) -> None:
        self.told.append(("record", path))
        self._recording = path, on_recorded

    def end_recording(self) -> None:
        self.told.append(("end_recording",))
        path, on_recorded = self._recording
        path.parent.mkdir(parents=True, exist_ok=True)
        with Recorder(path, 64, 64, with_audio=False) as recorder:
            recorder.write_video(np.full((64, 64, 3), 90, np.uint8))
        on_recorded(path, "")

    def set_shown(self, shown: Shown) -> None:
        self.shown = shown

    def set_take(self, take: Take | None) -> None:
        self.take = take


class FakeCamera:
    """Keeps the last frame; `gone` makes it fail as an unplugged one does."""

    name = "Fake Camera"

    def __init__(self) -> None:
        self.frames_sent = 0
        self.last_frame: np.ndarray | None = None
        self.gone = False
        self.closed = False

    def send(self, frame: np.ndarray) -> None:
        if self.gone:
            raise CameraError("The camera Fake Camera went away.")
        self.frames_sent += 1
        self.last_frame = frame

    def send_audio(self, samples: np.ndarray) -> None:
        """Cameras have no sound."""

    def close(self) -> None:
        self.closed = True


class FakeSpeaker:
    """Takes sound at the pace at which it would be heard, and counts it."""

    latency_s = 0.0

    def __init__(self) -> None:
        self.samples = 0
        self._never = Event()

    def __enter__(self) -> "FakeSpeaker":
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing to close."""

    def write(self, samples: np.ndarray) -> None:
        self._never.wait(len(samples) / 24_000)
        self.samples += len(samples)


class FakeBackend:
    """What the worker works with, without devices, models and files.

    chains, cameras, prepared: everything so far
    build_fault, camera_fault, run_fault: raised when set
    gate: `build_chain` waits for it; building: set when it has been called
    own: names of the user's avatars; picture_fault, save_fault: raised when set
    picture_gate: the analysis of a picture waits for it; reading: set when one has begun
    own_styles: names of the user's styles; learn_fault: raised when set; clip_gate: learning waits
    for it, at half of the clip
    """

    def __init__(self) -> None:
        self.chains: list[FakeChain] = []
        self.cameras: list[FakeCamera] = []
        self.prepared: list[Settings] = []
        self.build_fault: Exception | None = None
        self.camera_fault: UserError | None = None
        self.run_fault: Exception | None = None
        self.gate = Event()
        self.gate.set()
        self.building = Event()
        self.own: list[str] = []
        self.picture_fault: Exception | None = None
        self.save_fault: UserError | None = None
        self.picture_gate = Event()
        self.picture_gate.set()
        self.reading = Event()
        self.own_styles: list[str] = []
        self.learn_fault: Exception | None = None
        self.clip_gate = Event()
        self.clip_gate.set()
        self.speaker: FakeSpeaker | None = FakeSpeaker()
        self.card = np.full((720, 1280, 3), 40, np.uint8)

    @property
    def chain(self) -> FakeChain:
        return self.chains[-1]

    def backend(self) -> Backend:
        return Backend(
            read_catalogue=self.read_catalogue,
            open_camera=self.open_camera,
            prepare=self.prepared.append,
            build_chain=self.build_chain,
            draw_card=lambda: self.card,
            draw_still=lambda settings: portrait(seed=len(settings.avatar)),
            analyse_picture=self.analyse_picture,
            check_name=self.check_name,
            save_avatar=self.save_avatar,
            remove_avatar=self.own.remove,
            learn_style=self.learn_style,
            remove_style=self.own_styles.remove,
            open_speaker=self.open_speaker,
        )

    def read_catalogue(self) -> Catalogue:
        thumbnail = np.full((224, 168, 3), 90, np.uint8)
        names = ("ada", "grace", "joan b")
        avatars = tuple(AvatarEntry(n, n.title(), thumbnail) for n in names)
        avatars += tuple(AvatarEntry(n, n, thumbnail, own=True) for n in self.own)
        styles = (StyleEntry("natural", "Natural"), StyleEntry("calm", "Calm"))
        styles += tuple(StyleEntry(n, n.title(), own=True) for n in self.own_styles)
        return Catalogue(avatars, styles)

    def analyse_picture(
        self, path: Path, face: int | None, on_progress: Callable[[int, int], None]
    ) -> PictureReport:
        """Two faces, the second one the largest."""
        self.reading.set()
        on_progress(1, 2)
        self.picture_gate.wait(5)
        on_progress(2, 2)
        if self.picture_fault is not None:
            raise self.picture_fault
        findings = (("The mouth is open.", "Use a picture with the lips closed."),)
        pixels = portrait(seed=face or 2)[:, :480]
        return PictureReport(pixels, findings, face or 2, 2, path)

    def learn_style(
        self, clip: Path, name: str, title: str, on_progress: Callable[[float], None]
    ) -> LearntStyle:
        on_progress(0.5)
        self.clip_gate.wait(5)
        on_progress(1.0)
        if self.learn_fault is not None:
            raise self.learn_fault
        self.own_styles.append(name)
        return LearntStyle(title, "calm", ("The hands were hardly seen.",))

    def check_name(self, name: str) -> None:
        if not name:
            raise AvatarError("That is no name.")

    def save_avatar(self, report: PictureReport, name: str) -> None:
        if self.save_fault is not None:
            raise self.save_fault
        self.own.append(name)

    def open_speaker(self) -> "FakeSpeaker":
        if self.speaker is None:
            raise SpeakerError("No loudspeaker was found.")
        return self.speaker

    def open_camera(self, name: str) -> "Camera":
        if self.camera_fault is not None:
            raise self.camera_fault
        self.cameras.append(FakeCamera())
        return self.cameras[-1]

    def build_chain(self, settings: Settings, camera: "Camera | None") -> FakeChain:
        self.building.set()
        self.gate.wait(5)
        if self.build_fault is not None:
            raise self.build_fault
        self.chains.append(FakeChain(settings, camera, self.run_fault))
        return self.chain
