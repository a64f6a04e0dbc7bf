"""Where the voice is in its phrase: speaking or pausing, stressed or not, loud or soft."""

from dataclasses import dataclass

from pipeline.rates import FRAME_PERIOD_S
from pipeline.stream_types import SpeechFrame, State

LISTENING_S = 20.0

SPEECH_ON_FRAMES = 2
SPEECH_OFF_FRAMES = 5
_AUDIBLE_DB = -60.0
_FAST = 1.0 - 0.5  # 50 ms
_SLOW = 1.0 / 40.0  # 1.3 s
_SETTLED = 1.0 / 600.0  # 20 s
_STRESS_ON = 0.45
_STRESS_OFF = 0.3
_STRESS_GAP_FRAMES = 7
_TYPICAL_SPEECH_DB = -26.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was understood of the voice up to and including one frame.

    began, ended: the voice started or paused in this very frame (the pause is noticed 167 ms late)
    stressed: a syllable's stress or energy rise was noticed in this very frame
    speaking_s, silent_s: how long it has been so; the other one is 0
    emphasis: [0, 1], momentary prominence; vigour: [0, 1], loudness over the last seconds against
        the speaker's own usual level
    """

    frame: int = 0
    speaking: bool = False
    began: bool = False
    ended: bool = False
    stressed: bool = False
    speaking_s: float = 0.0
    silent_s: float = 0.0
    emphasis: float = 0.0
    vigour: float = 0.0
    has_spoken: bool = False
    against_frames: int = 0
    since_stress_frames: int = _STRESS_GAP_FRAMES
    stress_armed: bool = True
    fast_db: float = _TYPICAL_SPEECH_DB
    slow_db: float = _TYPICAL_SPEECH_DB
    usual_db: float = _TYPICAL_SPEECH_DB

    @property
    def state(self) -> State:
        """Speaking, listening (spoke within the last 20 s) or idle."""
        if self.speaking:
            return State.SPEAKING
        recent = self.has_spoken and self.silent_s < LISTENING_S
        return State.LISTENING if recent else State.IDLE


def follow_phrase(speech: SpeechFrame | None, last: Phrase) -> Phrase:
    """Advance by one frame; None is silence. Causal: looks at nothing but the past."""
    voice = 0.0
    if speech is not None and speech.energy_db > _AUDIBLE_DB:
        voice = float(speech.activity[0])
    speaking, against = _hysteresis(voice > 0.5, last)
    changed = speaking != last.speaking
    fast_db, slow_db, usual_db = last.fast_db, last.slow_db, last.usual_db
    emphasis = 0.0
    if speech is not None and voice > 0.5:
        fast_db += _FAST * (speech.energy_db - fast_db)
        slow_db += _SLOW * (speech.energy_db - slow_db)
        usual_db += _SETTLED * (speech.energy_db - usual_db)
        rise = min(max((fast_db - slow_db) / 6.0, 0.0), 1.0)
        emphasis = min(0.55 * speech.stress + 0.5 * rise, 1.0) * (0.4 + 0.6 * speech.voicing)
    since = last.since_stress_frames + 1
    stressed = (
        speaking and last.stress_armed and emphasis > _STRESS_ON and since >= _STRESS_GAP_FRAMES
    )
    return Phrase(
        frame=last.frame + 1,
        speaking=speaking,
        began=changed and speaking,
        ended=changed and not speaking,
        stressed=stressed,
        speaking_s=last.speaking_s + FRAME_PERIOD_S if speaking else 0.0,
        silent_s=0.0 if speaking else last.silent_s + FRAME_PERIOD_S,
        emphasis=emphasis,
        vigour=_vigour(slow_db, usual_db) if speaking else 0.0,
        has_spoken=last.has_spoken or speaking,
        against_frames=against,
        since_stress_frames=0 if stressed else since,
        stress_armed=not stressed and (last.stress_armed or emphasis < _STRESS_OFF),
        fast_db=fast_db,
        slow_db=slow_db,
        usual_db=usual_db,
    )


def _hysteresis(voiced: bool, last: Phrase) -> tuple[bool, int]:
    """(speaking, frames in a row that contradicted it)."""
    if voiced == last.speaking:
        return last.speaking, 0
    against = last.against_frames + 1
    needed = SPEECH_OFF_FRAMES if last.speaking else SPEECH_ON_FRAMES
    return (not last.speaking, 0) if against >= needed else (last.speaking, against)


def _vigour(slow_db: float, usual_db: float) -> float:
    absolute = min(max((slow_db + 48.0) / 30.0, 0.0), 1.0)
    relative = min(max(0.5 + (slow_db - usual_db) / 12.0, 0.0), 1.0)
    return 0.5 * absolute + 0.5 * relative
