"""Which sound is to be heard now, so that it stays one delay behind the microphone for hours."""

from dataclasses import dataclass

from pipeline.media_clock import MediaClock

# How fast an error is made good, and by how much the speed may differ: 0.4 % is a fifteenth of a
# semitone, a speed that changes by that within a second is not heard.
TIME_CONSTANT_S = 2.0
LARGEST_BEND = 0.004
LARGEST_BEND_CHANGE_PER_S = 0.004
# Further off than this nobody wants to wait: the sound jumps, faded out and in.
JUMP_S = 0.12
# In silence nobody hears a jump; closer than this none is worth it.
SILENT_JUMP_S = 0.004


@dataclass(slots=True)
class Span:
    """What one block plays: samples at position, position + step, …

    begins: not where the block before ended, so fade in; ends: the next one begins elsewhere
    """

    position: float
    step: float
    begins: bool
    ends: bool


class DelayControl:
    """From the clocks of both devices to a position in the sound that was heard.

    source: tells when each sample of the microphone was captured, on our monotonic clock
    """

    def __init__(self, source: MediaClock, source_rate_hz: float, output_rate_hz: float) -> None:
        self._source = source
        self._source_rate_hz = source_rate_hz
        self._output_rate_hz = output_rate_hz
        self._output = MediaClock(output_rate_hz)
        self._played = 0
        self._position: float | None = None
        self._bend = 0.0
        self._leaving = False
        self.jumps = 0
        self.delay_s = 0.0

    @property
    def skew(self) -> float:
        """By how much the microphone's clock is faster than the output's."""
        return (1.0 + self._source.skew) / (1.0 + self._output.skew) - 1.0

    def plan(self, frames: int, heard_at_s: float, delay_s: float, is_silent: bool) -> Span:
        """What to play in the next block.

        frames: its length; heard_at_s: when its first sample will be heard, as the driver tells
        delay_s: how long after the microphone; is_silent: nothing is heard now, nor in the block
        """
        self._output.observe(self._played, heard_at_s)
        heard_at_s = self._output.time_of(self._played)
        self._played += frames
        wanted = self._source.sample_at(heard_at_s - delay_s)
        ratio = self._source_rate_hz / self._output_rate_hz * (1.0 + self.skew)
        begins, leaves = self._position is None or self._leaving, False
        position = wanted if begins or self._position is None else self._position
        error_s = (wanted - position) / self._source_rate_hz
        if is_silent and abs(error_s) > SILENT_JUMP_S:
            position, begins = wanted, True
        elif abs(error_s) > JUMP_S:
            self.jumps, leaves = self.jumps + 1, True
        self._leaving = leaves
        if begins:
            error_s = self._bend = 0.0
        self._lean(error_s, frames / self._output_rate_hz)
        step = ratio * (1.0 + self._bend)
        self._position = position + frames * step
        self.delay_s = delay_s + error_s
        return Span(position, step, begins, leaves)

    def _lean(self, error_s: float, block_s: float) -> None:
        bend = min(max(error_s / TIME_CONSTANT_S, -LARGEST_BEND), LARGEST_BEND)
        largest = LARGEST_BEND_CHANGE_PER_S * block_s
        self._bend += min(max(bend - self._bend, -largest), largest)
