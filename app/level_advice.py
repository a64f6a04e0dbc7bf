"""What the level of the microphone calls for."""

from enum import Enum

from app.chain import Level

CLIPPING_DB = -1.0
LOUD_ENOUGH_DB = -38.0
SILENT_DB = -75.0
CLIPPING_HOLD_S = 2.0
LISTENING_S = 6.0
# Somebody who listens in a call is silent for long; digital silence is another matter.
QUIET_SHARE = 0.08
SPEECH_OVER_FLOOR_DB = 9.0


class Advice(Enum):
    """NONE: all is well."""

    NONE = "none"
    SILENT = "silent"
    QUIET = "quiet"
    CLIPPING = "clipping"


class LevelAdvice:
    """Watches the level and says what to do; `step` is called with each new one.

    SILENT: nothing at all for six seconds, not even the noise of a room. QUIET: in the last six
    seconds there was speech, all of it too quiet. CLIPPING: for two seconds after an overload.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything: another microphone, or a new run."""
        self._silent_s = 0.0
        self._since_clipping_s = CLIPPING_HOLD_S
        self._floor_db: float | None = None
        self._speech_s = 0.0
        self._heard_s = 0.0
        self._loudest_db = -100.0
        self._quiet = False

    def step(self, level: Level, elapsed_s: float) -> Advice:
        """Take one level, `elapsed_s` after the one before."""
        self._silent_s = self._silent_s + elapsed_s if level.peak_db < SILENT_DB else 0.0
        self._since_clipping_s += elapsed_s
        if level.peak_db > CLIPPING_DB:
            self._since_clipping_s = 0.0
        self._judge_speech(level, elapsed_s)
        if self._since_clipping_s < CLIPPING_HOLD_S:
            return Advice.CLIPPING
        if self._silent_s >= LISTENING_S:
            return Advice.SILENT
        return Advice.QUIET if self._quiet else Advice.NONE

    def _judge_speech(self, level: Level, elapsed_s: float) -> None:
        """Speech is what stands out of the noise; after enough of it, how loud was it?"""
        if self._floor_db is None or level.rms_db < self._floor_db:
            self._floor_db = level.rms_db
        else:
            self._floor_db += 1.5 * elapsed_s
        self._heard_s += elapsed_s
        if level.rms_db > max(self._floor_db, SILENT_DB) + SPEECH_OVER_FLOOR_DB:
            self._speech_s += elapsed_s
            self._loudest_db = max(self._loudest_db, level.rms_db)
        if self._loudest_db > LOUD_ENOUGH_DB:
            self._quiet = False
        if self._heard_s >= LISTENING_S:
            if self._speech_s > QUIET_SHARE * self._heard_s:
                self._quiet = self._loudest_db < LOUD_ENOUGH_DB
            self._heard_s = self._speech_s = 0.0
            self._loudest_db = -100.0
