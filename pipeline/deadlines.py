"""What becomes of a frame in real time: drawn, replaced by the one before, or left out."""

from enum import Enum

from pipeline.clock import Clock
from pipeline.latency_target import FIRST_SLACK_S, Buffering, LatencyTarget
from pipeline.media_clock import MediaClock
from pipeline.pacer import Pacer
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

RESYNC_FRAMES = 2
# Pictures that leave a whole beat behind their target for this long are a queue, not jitter.
QUEUE_WINDOW_FRAMES = FPS
# So much sound waits where even motion is too slow.
HOPELESS_FRAMES = 8
# Where even motion alone is too slow for this machine, so many frames go by without a picture.
LONGEST_STILL_FRAMES = FPS // 3
# A picture shown longer or shorter by this is not seen, and sound that follows is not heard.
LARGEST_MOVE_S = 0.0001
# In the first seconds nobody has settled into anything yet.
FIRST_FRAMES = 6 * FPS
# Where pictures come late, that is seen first.
LARGEST_LATE_MOVE_S = 0.0005
# A machine that takes longer for a picture is too slow anyway: waiting makes nothing smoother.
LONGEST_WORK_S = 1.5 * FRAME_PERIOD_S


class Verdict(Enum):
    """DRAW the frame; RESEND the last one in its place; SKIP: deliver nothing."""

    DRAW = "draw"
    RESEND = "resend"
    SKIP = "skip"


class Deadlines:
    """Deadlines at the frame rate of the sound: each picture leaves one and the same time after
    its sound was captured, on the sound's own clock, so that nothing drifts.

    Late with more sound waiting: the machine is too slow, so the last frame is resent. More than
    two frames late: the deadlines that passed are left out, and nothing is drawn until the sound
    is caught up, or a third of a second went by. How long that time is follows what pictures take,
    see `latency_target`; deadlines move in steps too small to be seen, and at once only where the
    sound itself broke off and went on later.
    """

    def __init__(self, pacer: Pacer, clock: Clock, buffering: Buffering | None = None) -> None:
        self._pacer = pacer
        self._clock = clock
        self._sound = MediaClock()
        self._target = LatencyTarget(buffering or Buffering())
        self._next_s: float | None = None
        self._catching_up = self._hopeless = False
        self._queued_frames = self._undrawn_frames = self._steered_frames = 0
        self._heard_s = clock.now_s()
        self._newest_sample = 0
        # How long sound takes from the microphone to us while we wait for it.
        self._capture_delay_s = 0.0

    @property
    def skew(self) -> float:
        """By how much the sound's clock is faster than ours."""
        return self._sound.skew

    def hear(self, end_sample: int, capture_time_s: float, *, had_waited: bool) -> None:
        """A chunk was read; its last sample, the one before `end_sample`, was captured then.

        had_waited: it was there before it was asked for, so that its age is of our own making
        """
        self._sound.observe(end_sample, capture_time_s)
        self._newest_sample = end_sample
        self._heard_s = self._clock.now_s()
        if not had_waited:
            self._capture_delay_s = self._heard_s - self._sound.time_of(end_sample)

    def judge(self, backlog_samples: int) -> Verdict:
        """The fate of the frame whose sound was just read, before it is drawn.

        backlog_samples: sound at 24 kHz that already waits behind it
        """
        verdict = self._judge(backlog_samples // SAMPLES_PER_FRAME)
        self._undrawn_frames = 0 if verdict is Verdict.DRAW else self._undrawn_frames + 1
        if self._undrawn_frames > LONGEST_STILL_FRAMES:
            self._undrawn_frames = 0
            return Verdict.DRAW
        return verdict

    def _judge(self, waiting: int) -> Verdict:
        if self._next_s is None:
            return Verdict.DRAW
        is_late = self._clock.now_s() > self._next_s
        self._catching_up |= is_late and waiting > RESYNC_FRAMES
        if self._catching_up and waiting:
            # Whoever watches gets a picture all the same, as often as ever, never in a burst.
            return Verdict.RESEND if is_late else Verdict.SKIP
        self._catching_up = False
        if is_late:
            if waiting:
                return Verdict.RESEND
            if self._target.value_s is None:
                self._pacer.reset()
            return Verdict.DRAW
        if self._queued_frames >= QUEUE_WINDOW_FRAMES:
            self._queued_frames = 0
            return Verdict.SKIP
        return Verdict.DRAW

    def wait(self, end_sample: int | None = None) -> float:
        """Return when the picture in hand is due; by how many seconds that was missed, or 0.

        end_sample: where the sound of a picture just drawn ends; None where one is shown again
        """
        if self._next_s is None:
            self._clock.sleep_until(self._clock.now_s() + FIRST_SLACK_S)
        if end_sample is not None and self._sound.is_running:
            self._steer(end_sample)
        tick = self._pacer.wait()
        self._catching_up |= tick.skipped_frames > 0
        self._next_s = tick.deadline_s + FRAME_PERIOD_S
        return tick.late_s

    def are_hopeless(self, backlog_samples: int) -> bool:
        """Whether even motion must hold still until the sound that waits is caught up."""
        enough = 0 if self._hopeless else HOPELESS_FRAMES
        self._hopeless = backlog_samples // SAMPLES_PER_FRAME > enough
        return self._hopeless

    def pass_over(self) -> None:
        """A frame has no picture of its own; the last one is shown again without waiting."""
        self._pacer.pass_over()
        if self._next_s is not None:
            self._next_s += FRAME_PERIOD_S

    def _steer(self, end_sample: int) -> None:
        """Bring the deadlines closer to the target behind the sound.

        The age of the picture is told as if its sound had not waited for the one before it, which
        was held back on purpose.
        """
        lookahead_s = (self._newest_sample - end_sample) / SAMPLE_RATE_HZ
        work_s = min(self._clock.now_s() - self._heard_s, LONGEST_WORK_S)
        self._target.add(lookahead_s + self._capture_delay_s + work_s)
        target_s, deadline_s = self._target.value_s, self._pacer.next_deadline_s
        if target_s is None or deadline_s is None:
            return
        early_s = self._sound.time_of(end_sample) + target_s - deadline_s
        self._queued_frames = self._queued_frames + 1 if early_s < -0.75 * FRAME_PERIOD_S else 0
        self._steered_frames += 1
        is_first = self._steered_frames < FIRST_FRAMES
        smallest_s = -LARGEST_LATE_MOVE_S if is_first else -LARGEST_MOVE_S
        largest_s = LARGEST_LATE_MOVE_S if early_s < FRAME_PERIOD_S else early_s
        self._pacer.shift(min(max(early_s, smallest_s), largest_s))
