"""Frame pacing by absolute deadlines."""

from dataclasses import dataclass

from pipeline.clock import Clock, MonotonicClock

RESYNC_FRAMES = 2
# The operating system wakes sleepers a little after their deadline; that is not late.
LATE_TOLERANCE_S = 0.002


@dataclass(frozen=True, slots=True)
class Tick:
    """One beat of the pacer.

    deadline_s: monotonic time at which the frame of this beat was due
    late_s: how much after the next deadline the caller came; 0 when on time
    skipped_frames: beats left out because that was more than two frames
    """

    deadline_s: float
    late_s: float
    skipped_frames: int


class Pacer:
    """Beats at `fps` from its first `wait`.

    Deadline k lies at start + k / fps, so that errors never add up. A caller who is late by up to
    two frames gets the next beats at once until the deadlines are met again; one who is later is
    resynchronised: the beats that passed are skipped and counted, never sent in a burst.
    """

    def __init__(self, fps: float, clock: Clock | None = None) -> None:
        if not fps > 0:
            raise ValueError(f"fps must be positive, not {fps}")
        self._period_s = 1.0 / fps
        self._clock = clock or MonotonicClock()
        self._start_s: float | None = None
        self._beat = 0
        self._late_frames = 0
        self._skipped_frames = 0

    @property
    def late_frames(self) -> int:
        """Beats that came after their deadline."""
        return self._late_frames

    @property
    def skipped_frames(self) -> int:
        """Beats left out by resynchronising."""
        return self._skipped_frames

    @property
    def next_deadline_s(self) -> float | None:
        """The deadline of the next beat; None before the first."""
        if self._start_s is None:
            return None
        return self._start_s + self._beat * self._period_s

    def shift(self, later_s: float) -> None:
        """Move all deadlines that come."""
        if self._start_s is not None:
            self._start_s += later_s

    def pass_over(self) -> None:
        """Leave out the next beat; nobody waits for it."""
        self._beat += self._start_s is not None

    def reset(self) -> None:
        """Start anew at the next `wait` (after a pause); the counts stay."""
        self._start_s = None
        self._beat = 0

    def wait(self) -> Tick:
        """Return at the next deadline, or at once if it has passed."""
        now_s = self._clock.now_s()
        if self._start_s is None:
            self._start_s = now_s
        deadline_s = self._start_s + self._beat * self._period_s
        late_s = now_s - deadline_s
        skipped = 0
        if late_s > RESYNC_FRAMES * self._period_s:
            skipped = int(late_s / self._period_s)
            self._skipped_frames += skipped
            self._beat += skipped
            deadline_s += skipped * self._period_s
        elif late_s < 0:
            self._clock.sleep_until(deadline_s)
        self._beat += 1
        is_late = late_s > LATE_TOLERANCE_S
        self._late_frames += is_late
        return Tick(deadline_s, late_s if is_late else 0.0, skipped)
