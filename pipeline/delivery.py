"""The way out: each picture at its deadline to camera and preview, or the last one again."""

from collections.abc import Callable

from pipeline.camera import Camera
from pipeline.clock import Clock
from pipeline.deadlines import Deadlines
from pipeline.journey import Journey
from pipeline.mailbox import Mailbox
from pipeline.rates import FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.statistics import Statistics
from pipeline.stream_types import VideoFrame

# A picture this late falls into the slot of the next one.
LATE_S = FRAME_PERIOD_S / 2


class Delivery:
    """Hands every picture over once, and the last one again wherever a frame has none of its own.

    deadlines: None where pictures leave as soon as they are made
    preview: gets what the camera gets, just before it
    on_latency: told how long after its sound a picture reached the camera
    """

    def __init__(
        self,
        camera: Camera,
        preview: Mailbox[VideoFrame],
        *,
        deadlines: Deadlines | None,
        statistics: Statistics,
        clock: Clock,
        on_latency: Callable[[float], None] | None = None,
    ) -> None:
        self._camera = camera
        self._preview = preview
        self._deadlines = deadlines
        self._statistics = statistics
        self._clock = clock
        self._on_latency = on_latency
        self._last: VideoFrame | None = None
        self._owes = False

    @property
    def has_begun(self) -> bool:
        """There is a picture that can be shown again."""
        return self._last is not None

    def send(self, frame: VideoFrame, journey: Journey) -> bool:
        """Hand over a picture just drawn, when it is due; whether it came late."""
        self._last = frame
        late_s = self._wait(frame.start_sample + SAMPLES_PER_FRAME)
        journey.due_s = self._clock.now_s()
        self.show_again()
        journey.sent_s = self._clock.now_s()
        is_late = late_s > LATE_S
        if self._deadlines is not None:
            self._statistics.late_frames += is_late
            self._statistics.count_journey(journey)
            if self._on_latency is not None:
                self._on_latency(journey.latency_s)
        self._count(frame)
        return is_late

    def repeat(self) -> None:
        """Hand over the last picture again at the next deadline; nothing before the first."""
        if self._last is not None:
            self._wait(None)
            self.show_again()
            self._count(self._last)

    def owe(self) -> None:
        """Show the last picture again when the next sound comes: waiting for the deadline of its
        own would take the time in which the next one is drawn."""
        if self._deadlines is not None:
            self._deadlines.pass_over()
        self._owes = True

    def pay(self) -> None:
        """Hand over what is owed."""
        if self._owes and self._last is not None:
            self.show_again()
            self._count(self._last)

    def show_again(self) -> None:
        """Hand over the last picture now, uncounted."""
        assert self._last is not None
        self._owes = False
        self._preview.put(self._last)
        with self._statistics.stage("camera"):
            self._camera.send(self._last.pixels)

    def _wait(self, end_sample: int | None) -> float:
        return 0.0 if self._deadlines is None else self._deadlines.wait(end_sample)

    def _count(self, frame: VideoFrame) -> None:
        is_paced = self._deadlines is not None
        age_s = self._clock.now_s() - frame.capture_time_s if is_paced else 0.0
        self._statistics.count_sent(age_s)
