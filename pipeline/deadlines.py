"""What becomes of a frame in real time: drawn, replaced by the one before, or left out."""

from collections import deque
from enum import Enum

from pipeline.clock import Clock
from pipeline.pacer import Pacer
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLES_PER_FRAME

# The first deadline lies this much behind the first picture, to absorb jitter of sound and drawing:
# on two shared cores a picture takes 20 ms as a rule and 40 ms once in a while.
SLACK_S = 0.8 * FRAME_PERIOD_S
RESYNC_FRAMES = 2
# A backlog that never clears for this long is a queue, not jitter.
QUEUE_WINDOW_FRAMES = FPS


class Verdict(Enum):
    """DRAW the frame; RESEND the last one in its place; SKIP: deliver nothing."""

    DRAW = "draw"
    RESEND = "resend"
    SKIP = "skip"


class Deadlines:
    """Absolute deadlines at the frame rate, which follow the clock of the sound.

    Late with more sound waiting: the machine is too slow, so the last frame is resent. More than
    two frames late: the deadlines that passed are left out, and nothing is sent until the sound is
    caught up. Late with none waiting: the sound itself came late, so the deadlines move. Sound that
    always waits although no deadline is missed (the sound card's clock is faster than ours) costs
    one picture now and then.
    """

    def __init__(self, pacer: Pacer, clock: Clock) -> None:
        self._pacer = pacer
        self._clock = clock
        self._next_s: float | None = None
        self._catching_up = False
        self._waiting_chunks: deque[int] = deque(maxlen=QUEUE_WINDOW_FRAMES)

    def judge(self, backlog_samples: int) -> Verdict:
        """The fate of the frame whose sound was just read, before it is drawn.

        backlog_samples: sound at 24 kHz that already waits behind it
        """
        waiting = backlog_samples // SAMPLES_PER_FRAME
        self._waiting_chunks.append(waiting)
        if self._next_s is None:
            return Verdict.DRAW
        is_late = self._clock.now_s() > self._next_s
        self._catching_up |= is_late and waiting > RESYNC_FRAMES
        if self._catching_up and waiting:
            return Verdict.SKIP
        self._catching_up = False
        if is_late:
            if waiting:
                return Verdict.RESEND
            self._pacer.reset()
            return Verdict.DRAW
        if len(self._waiting_chunks) == QUEUE_WINDOW_FRAMES and min(self._waiting_chunks) > 0:
            self._waiting_chunks.clear()
            return Verdict.SKIP
        return Verdict.DRAW

    def wait(self) -> float:
        """Return when the picture in hand is due; by how many seconds that was missed, or 0."""
        if self._next_s is None:
            self._clock.sleep_until(self._clock.now_s() + SLACK_S)
        tick = self._pacer.wait()
        self._catching_up |= tick.skipped_frames > 0
        self._next_s = tick.deadline_s + (tick.skipped_frames + 1) * FRAME_PERIOD_S
        return tick.late_s
