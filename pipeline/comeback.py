"""When the engine that was asked for is tried again, after a humbler one took its place."""

from pipeline.clock import Clock

FIRST_PAUSE_S, LONGEST_PAUSE_S = 60.0, 600.0
# One that fails so soon after it came back should not have.
TRIAL_S = 60.0
NEVER_S = float("inf")


class Comeback:
    """Tells when it is time, in pauses that grow while it is of no use."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pause_s = FIRST_PAUSE_S
        self._due_s, self._trial_until_s = NEVER_S, 0.0

    @property
    def is_due(self) -> bool:
        return self._clock.now_s() >= self._due_s

    def wait(self) -> None:
        """A humbler engine works now."""
        self._due_s = self._clock.now_s() + self._pause_s

    def succeed(self) -> None:
        """What was asked for works again."""
        self._due_s = NEVER_S
        self._trial_until_s = self._clock.now_s() + TRIAL_S

    def fail(self) -> None:
        """It could not be had yet."""
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        self.wait()

    def note_fault(self) -> None:
        """The engine at work failed."""
        on_trial = self._clock.now_s() < self._trial_until_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S) if on_trial else FIRST_PAUSE_S
        self._due_s, self._trial_until_s = NEVER_S, 0.0
