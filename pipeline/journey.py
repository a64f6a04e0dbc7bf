"""The way of one picture from the microphone to the camera, leg by leg."""

from dataclasses import dataclass
from typing import Self

from pipeline.stream_types import AudioChunk

# In the order in which they are travelled; each ends where the next begins.
LEGS = ("capture", "look_ahead", "motion", "picture", "buffer", "camera")


@dataclass(slots=True)
class Journey:
    """When a picture passed each point, monotonic seconds.

    start_sample: of the sound the picture was made from
    captured_s: its last sample was captured; heard_s: it was read; complete_s: so was the last
    sound of its look-ahead; moved_s: its motion was known; drawn_s: it was drawn and composed;
    due_s: its deadline had come; sent_s: the camera had it
    """

    start_sample: int = 0
    captured_s: float = 0.0
    heard_s: float = 0.0
    complete_s: float = 0.0
    moved_s: float = 0.0
    drawn_s: float = 0.0
    due_s: float = 0.0
    sent_s: float = 0.0

    @classmethod
    def begin(cls, chunk: AudioChunk, heard_s: float, complete_s: float) -> Self:
        """The way of a picture that will be made from this sound."""
        return cls(chunk.start_sample, chunk.capture_time_s, heard_s, complete_s)

    @property
    def work_s(self) -> float:
        """What motion and picture took."""
        return self.drawn_s - self.complete_s

    @property
    def latency_s(self) -> float:
        """From the microphone to the camera: the sum of all legs."""
        return self.sent_s - self.captured_s

    def legs_ms(self) -> dict[str, float]:
        """Milliseconds of each leg."""
        points = (self.captured_s, self.heard_s, self.complete_s, self.moved_s, self.drawn_s,
                  self.due_s, self.sent_s)  # fmt: skip
        pairs = zip(LEGS, points[:-1], points[1:], strict=True)
        return {leg: (after_s - before_s) * 1e3 for leg, before_s, after_s in pairs}
