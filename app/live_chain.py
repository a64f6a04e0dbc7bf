"""A run of the pipeline as the application uses it."""

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from app.audience import Audience
from app.camera_switch import CameraSwitch
from app.chain import Level, Readings, Shown
from app.settings import Settings
from app.words import say

if TYPE_CHECKING:
    from app.take import Take
    from pipeline.audio_source import AudioSource
    from pipeline.live import Live
    from pipeline.notices import Notices
    from pipeline.picture_settings import PictureSettings
    from pipeline.recorded_camera import RecordedCamera
    from pipeline.voice_out_stream import VoiceOutStream

log = logging.getLogger(__name__)

RATE_WINDOW = 4
LATENCY_WINDOW = 40

OpenSource = Callable[[], "AudioSource"]


class LiveChain:
    """A `Live` with its source, as the application uses it.

    The source is opened when the run begins, so that no sound piles up while models load.

    forget_engine: called after a run whose engine failed, so that the next loads another
    """

    def __init__(
        self,
        live: "Live",
        open_source: OpenSource,
        camera: "RecordedCamera",
        *,
        notices: "Notices",
        forget_engine: Callable[[], None],
        switch: CameraSwitch,
        audience: Audience,
        voice_out: "VoiceOutStream | None" = None,
    ) -> None:
        self._live = live
        self._voice_out = voice_out
        self._camera = camera
        self.record = camera.record
        self.end_recording = camera.end_recording
        self._open_source = open_source
        self._switch = switch
        self._audience = audience
        self._notices = notices
        self._forget_engine = forget_engine
        self._source: AudioSource | None = None
        self._counted = deque([(time.monotonic(), 0)], maxlen=RATE_WINDOW)
        self._before: deque[dict[str, np.ndarray]] = deque(maxlen=LATENCY_WINDOW)
        self.set_avatar = live.set_avatar
        self.set_style = live.set_style
        self.set_motion = live.set_motion
        self.set_muted = live.set_muted

    def run(self, stop: Event) -> None:
        try:
            with ExitStack() as devices:
                devices.enter_context(closing(self._camera))
                devices.enter_context(closing(self._audience))
                if self._voice_out is not None:
                    devices.enter_context(self._voice_out)
                source = self._source = devices.enter_context(self._open_source())
                log.info("%s drives the avatar", source.name)
                self._live.run(source, stop)
        finally:
            if self._live.engine_failed:
                self._forget_engine()

    def devices_changed(self, other_default: bool) -> None:
        from pipeline.patient_source import PatientSource

        if not isinstance(self._source, PatientSource):
            return
        self._source.hurry()
        if other_default:
            self._source.reopen()

    def set_picture(self, settings: Settings) -> None:
        self._live.set_picture(picture_settings(settings))

    def set_shown(self, shown: Shown) -> None:
        self._switch.shown = shown

    def set_take(self, take: "Take | None") -> None:
        self._switch.take = take

    def latest_frame(self) -> np.ndarray | None:
        self._audience.look()
        frame = self._live.latest_frame()
        return (
            self._switch.card if frame is not None and self._switch.shown is Shown.CARD else frame
        )

    def level(self) -> Level:
        return Level(*self._live.level_db())

    def notice(self) -> str:
        return " ".join(map(say, self._notices.sentences()))

    def set_voice_gain(self, gain: float) -> None:
        if self._voice_out is not None:
            self._voice_out.voice.set_gain(gain)

    def readings(self) -> Readings:
        """The frame rate is the one since the fourth call before, latencies are those since the
        fortieth."""
        statistics = self._live.statistics
        now_s, sent = time.monotonic(), statistics.frames_sent
        before_s, before_sent = self._counted[0]
        self._counted.append((now_s, sent))
        latency, legs = statistics.latency, dict(statistics.legs)
        self._before.append({"": latency.counts(), **{leg: legs[leg].counts() for leg in legs}})
        before = self._before[0] if len(self._before) == LATENCY_WINDOW else {}
        return Readings(
            fps=max(sent - before_sent, 0) / max(now_s - before_s, 1e-3),
            latency_s=(latency.percentile(95, before.get("")) or 0.0) / 1e3,
            median_latency_s=(latency.percentile(50, before.get("")) or 0.0) / 1e3,
            legs_ms=tuple(
                (leg, times.percentile(50, before.get(leg)) or 0.0) for leg, times in legs.items()
            ),
            **self._voice_readings(),
            dropped=statistics.frames_dropped,
            late=statistics.late_frames,
            tier=statistics.quality or statistics.tier,
            provider=statistics.provider,
        )

    def _voice_readings(self) -> dict[str, Any]:
        voice_out = self._voice_out
        if voice_out is None:
            return {}
        if voice_out.fault:
            return {"voice_fault": say(voice_out.fault)}
        return {"voice_name": voice_out.name, "voice_delay_s": voice_out.voice.delay_s}


def picture_settings(settings: Settings) -> "PictureSettings":
    """What the settings say about the picture; a background file that is gone is left out."""
    from pipeline.picture_settings import ORIGINAL, PictureSettings

    background = settings.background
    if background == "colour":
        background = settings.background_colour
    elif background == "picture":
        background = settings.background_picture
        if not Path(background).is_file():
            log.info("the background picture %r is gone and is left out", background)
            background = ORIGINAL
    label = settings.label_place if settings.label else "none"
    return PictureSettings(background, settings.framing, settings.zoom, label)
