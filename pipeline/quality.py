"""How good pictures can be on this machine now: steps down when busy, and back up with patience."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.rates import FPS
from pipeline.sentence import Sentence

# Down: so many of the last frames were late. Up: hardly any for a while, and time left over.
WINDOW_FRAMES = 2 * FPS
LATE_SHARE = 0.2
QUIET_SHARE = 0.04
BUSY_SHARE = 0.92
SHORTEST_PATIENCE_FRAMES = 8 * FPS
LONGEST_PATIENCE_FRAMES = 120 * FPS
# After a step down what was queued before is still late: a tier that leaves time over gets so long
# to catch up.
SETTLING_FRAMES = 2 * WINDOW_FRAMES
# A step up that is taken back within this was a mistake, and is not tried again soon.
TRIAL_FRAMES = 15 * FPS
# What relighting a face takes is less than the rest of this.
NOT_RELIT_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Tier:
    """A way to make pictures. draw_every: 2 means that every second frame gets its own picture and
    is shown twice; regularly, which looks calmer than pictures that are left out now and then
    lighter_by: how many renderers lighter than the best draws them
    least_share: of the time that the tier before takes, so much is needed still"""

    name: str
    draw_every: int = 1
    lighter_by: int = 0
    least_share: float = 0.0


def ladder(renderers: Sequence[str]) -> tuple[Tier, ...]:
    """Tiers, the best first, of renderers, the best first: the last of them also draws less often.

    renderers: what each calls its tier; the second of two lite ones relights no faces
    """
    tiers = [Tier(name, lighter_by=index) for index, name in enumerate(renderers)]
    last = len(tiers) - 1
    if last and renderers[last] == renderers[last - 1]:
        tiers[last] = Tier(Sentence("lite, face not relit"), 1, last, NOT_RELIT_SHARE)
    rarer = [
        Tier(Sentence("lite, {rate} pictures a second", rate=FPS // every), every, last)
        for every in (2, 3)
    ]
    return (*tiers, *rarer)


LITE_TIERS = ladder(["lite"])


class Quality:
    """Chooses among tiers, the best one first, by whether frames are ready in time.

    What it costs is quality, never the rate at which the camera gets frames.
    """

    def __init__(self, tiers: Sequence[Tier] = LITE_TIERS) -> None:
        if not tiers:
            raise ValueError("there must be a tier")
        self._tiers = tuple(tiers)
        self._index = 0
        self._late: deque[bool] = deque(maxlen=WINDOW_FRAMES)
        # Of frames with a picture of their own, and of those without.
        self._drawing: deque[float] = deque(maxlen=WINDOW_FRAMES)
        self._resting: deque[float] = deque(maxlen=WINDOW_FRAMES)
        self._held_frames = 0
        self._rose = False
        self._patience_frames = SHORTEST_PATIENCE_FRAMES
        self.changes = 0

    def offer(self, tiers: Sequence[Tier]) -> None:
        """Others are to be had from now on: begin with the best of them, if they are others."""
        if tuple(tiers) != self._tiers:
            self._tiers = tuple(tiers)
            self._change(-self._index)

    @property
    def tier(self) -> Tier:
        """The one in use."""
        return self._tiers[self._index]

    def draws(self, frame: int) -> bool:
        """Whether frame number `frame` gets a picture of its own."""
        return frame % self.tier.draw_every == 0

    def note(self, is_late: bool, busy_share: float, is_drawn: bool = True) -> None:
        """A frame is done.

        is_late: it, or what should have been it, came after its deadline
        busy_share: of the frame's time, what work took; is_drawn: a picture of its own included
        """
        self._late.append(is_late)
        (self._drawing if is_drawn else self._resting).append(busy_share)
        self._held_frames += 1
        if self._rose and self._held_frames > TRIAL_FRAMES:
            self._rose, self._patience_frames = False, SHORTEST_PATIENCE_FRAMES
        if len(self._late) < WINDOW_FRAMES:
            return
        late_share = sum(self._late) / WINDOW_FRAMES
        if late_share >= LATE_SHARE:
            self._step_down()
        elif late_share <= QUIET_SHARE:
            self._step_up()

    def _step_down(self) -> None:
        settles = self._index > 0 and not self._rose and self._held_frames < SETTLING_FRAMES
        if self._index + 1 == len(self._tiers) or (settles and self._fits(self._index)):
            return
        if self._rose:
            self._patience_frames = min(2 * self._patience_frames, LONGEST_PATIENCE_FRAMES)
        # One that saves too little is passed over.
        is_of_use = self._mean(self._drawing) * self._tiers[self._index + 1].least_share <= 1
        self._change(1 if is_of_use or self._index + 2 == len(self._tiers) else 2)

    def _step_up(self) -> None:
        is_patient = self._held_frames >= self._patience_frames
        if self._index and is_patient and self._fits(self._index - 1):
            self._change(-1)

    def _fits(self, index: int) -> bool:
        """Whether that tier would leave time over, as far as can be told from the present one."""
        every = self._tiers[index].draw_every
        drawing, resting = self._mean(self._drawing), self._mean(self._resting)
        return (drawing + (every - 1) * resting) / every <= BUSY_SHARE

    def _mean(self, shares: deque[float]) -> float:
        return sum(shares) / max(len(shares), 1)

    def _change(self, step: int) -> None:
        self._index += step
        self._rose = step < 0
        self._held_frames = 0
        self._late.clear()
        self._drawing.clear()
        self._resting.clear()
        self.changes += 1
