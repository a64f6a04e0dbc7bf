"""The running chain and what makes it, as the application sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from app.settings import Settings

if TYPE_CHECKING:
    from app.catalogue import Catalogue
    from app.take import Take
    from pipeline.camera import Camera
    from pipeline.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the microphone is, in decibels of full scale (0 the loudest, -100 silence)."""

    peak_db: float
    rms_db: float


@dataclass(frozen=True, slots=True)
class Readings:
    """What the status line shows of a running chain.

    fps: frames sent in a second; latency_s: microphone sample to camera, 95th percentile of the
    last seconds, median_latency_s: their median; legs_ms: what it is made of, medians in the order
    of `pipeline.journey.LEGS`
    dropped: frames never sent; late: frames sent after their deadline
    tier, provider: what really renders and computes
    voice_name: where the delayed voice is heard, and how late; voice_fault: why it is not
    """

    fps: float
    latency_s: float
    dropped: int
    late: int
    tier: str
    provider: str
    median_latency_s: float = 0.0
    legs_ms: tuple[tuple[str, float], ...] = ()
    voice_name: str = ""
    voice_delay_s: float = 0.0
    voice_fault: str = ""


class Shown(Enum):
    """What a run shows. REHEARSAL: the preview shows the avatar, the camera still the card."""

    AVATAR = "avatar"
    CARD = "card"
    REHEARSAL = "rehearsal"


class Chain(Protocol):
    """Microphone to camera, from another thread than the one it runs on."""

    def run(self, stop: Event) -> None:
        """Open the microphone and work until `stop` is set or the sound ends.

        Raises UserError for what the user can act on.
        """
        ...

    def latest_frame(self) -> np.ndarray | None:
        """The newest picture (h, w, 3) uint8, None before the first; never written again."""
        ...

    def level(self) -> Level: ...

    def readings(self) -> Readings: ...

    def notice(self) -> str:
        """What is amiss at the moment and what to do, in sentences; "" when nothing is."""
        ...

    def devices_changed(self, other_default: bool) -> None:
        """Look for a microphone that is waited for; other_default: change over to the system's."""
        ...

    def set_avatar(self, name: str) -> None: ...

    def set_style(self, name: str) -> None: ...

    def set_motion(self, expression: float, head: float, gesture: float) -> None: ...

    def set_picture(self, settings: Settings) -> None:
        """Take over background, framing, zoom and label."""
        ...

    def set_muted(self, muted: bool) -> None: ...

    def set_voice_gain(self, gain: float) -> None:
        """Loudness of the voice that is passed on, where it is."""
        ...

    def record(self, path: Path, on_recorded: Callable[[Path, str], None]) -> None:
        """Record picture and sound to a file.

        on_recorded: told path and fault, "" where it was written; from any thread
        """
        ...

    def end_recording(self) -> None:
        """Finish the file; the end of the run does so too."""
        ...

    def set_shown(self, shown: Shown) -> None: ...

    def set_take(self, take: "Take | None") -> None:
        """Keep what follows in this take, until it is complete."""
        ...


@dataclass(frozen=True, slots=True)
class PictureReport:
    """What came of a picture that may become an avatar.

    portrait (768, 512, 3) uint8; findings: what is wrong with it, and what to do, in sentences
    face: which one was taken, from 1, left to right, of `faces`; imported: what `save_avatar` keeps
    """

    portrait: np.ndarray
    findings: tuple[tuple[str, str], ...]
    face: int
    faces: int
    imported: Any


@dataclass(frozen=True, slots=True)
class LearntStyle:
    """title: as the user named it; nearest: name of the shipped style that comes closest
    notes: what the user should know about the clip, in sentences"""

    title: str
    nearest: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backend:
    """What the worker works with; tests give it small ones.

    read_catalogue() -> Catalogue; open_camera(name) -> Camera;
    prepare(settings): load what the first run needs, so that Start answers at once;
    build_chain(settings, camera or None) -> Chain; draw_card() -> (720, 1280, 3) uint8, shown
    while nothing runs; draw_still(settings) -> (h, w, 3) uint8, the avatar at rest
    analyse_picture(path, face or None, on_progress(done, steps)) -> PictureReport, from any thread
    check_name(name): raises AvatarError where no avatar can have it; save_avatar(report, name);
    learn_style(clip, name, title, on_progress(share)) -> LearntStyle, from any thread, kept under
    the name; remove_style(name)
    remove_avatar(name); open_speaker() -> Speaker, from any thread
    """

    read_catalogue: Callable[[], "Catalogue"]
    open_camera: Callable[[str], "Camera"]
    prepare: Callable[[Settings], None]
    build_chain: Callable[[Settings, "Camera | None"], Chain]
    draw_card: Callable[[], np.ndarray]
    draw_still: Callable[[Settings], np.ndarray]
    analyse_picture: Callable[[Path, int | None, Callable[[int, int], None]], PictureReport]
    check_name: Callable[[str], None]
    save_avatar: Callable[[PictureReport, str], None]
    remove_avatar: Callable[[str], None]
    learn_style: Callable[[Path, str, str, Callable[[float], None]], LearntStyle]
    remove_style: Callable[[str], None]
    open_speaker: Callable[[], "Speaker"]
