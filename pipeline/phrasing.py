"""Whether somebody speaks, has just spoken and listens, or nobody is there."""

from dataclasses import dataclass

from pipeline.rates import FRAME_PERIOD_S
from pipeline.stream_types import SpeechFrame, State

SPEECH_ON_FRAMES = 2
SPEECH_OFF_FRAMES = 5
LISTENING_S = 20.0

_AUDIBLE_DB = -60.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was understood of the voice up to and including one frame.

    silent_s: how long nobody has spoken, 0 while somebody does (a pause is noticed 167 ms late)
    against_frames: frames in a row that contradict `speaking`
    """

    speaking: bool = False
    has_spoken: bool = False
    silent_s: float = 0.0
    against_frames: int = 0

    @property
    def state(self) -> State:
        """Speaking, listening (spoke within the last 20 s) or idle."""
        if self.speaking:
            return State.SPEAKING
        recent = self.has_spoken and self.silent_s < LISTENING_S
        return State.LISTENING if recent else State.IDLE


def follow_phrase(speech: SpeechFrame | None, last: Phrase) -> Phrase:
    """Advance by one frame; None is silence. Causal: looks at nothing but the past."""
    voiced = False
    if speech is not None and speech.energy_db > _AUDIBLE_DB:
        voiced = float(speech.activity[0]) > 0.5
    speaking, against = _hysteresis(voiced, last)
    return Phrase(
        speaking=speaking,
        has_spoken=last.has_spoken or speaking,
        silent_s=0.0 if speaking else last.silent_s + FRAME_PERIOD_S,
        against_frames=against,
    )


def _hysteresis(voiced: bool, last: Phrase) -> tuple[bool, int]:
    """(speaking, frames in a row that contradicted it)."""
    if voiced == last.speaking:
        return last.speaking, 0
    against = last.against_frames + 1
    needed = SPEECH_OFF_FRAMES if last.speaking else SPEECH_ON_FRAMES
    return (not last.speaking, 0) if against >= needed else (last.speaking, against)
