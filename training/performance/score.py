"""What the performance teacher knows of a stretch of speech before it plays it."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from pipeline.rates import FPS
from training.speech.phones import Phone


@dataclass(frozen=True, slots=True)
class Accent:
    """A syllable that stands out.

    time_s: onset of its vowel; strength: (0, 1]
    """

    time_s: float
    strength: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said between two pauses.

    start_s, end_s: first and last sound; question: its pitch rises at the end
    final: the pause behind it is long (a sentence or a turn ends)
    """

    start_s: float
    end_s: float
    question: bool
    final: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """How this speaker's mouth differs from the average one's.

    gain: [0.8, 1.25], how far it opens
    asymmetry: [-0.12, 0.12], smiles and stretches are larger by this share on the left and smaller
        on the right
    """

    gain: float = 1.0
    asymmetry: float = 0.0

    @classmethod
    def drawn(cls, draw: np.random.Generator) -> "Habits":
        """A speaker."""
        gain = float(np.clip(np.exp(0.1 * draw.standard_normal()), 0.8, 1.25))
        return cls(gain, float(np.clip(0.05 * draw.standard_normal(), -0.12, 0.12)))


@dataclass(frozen=True, slots=True)
class Score:
    """A stretch of sound as the teacher reads it; times in seconds since its first sample.

    phones: in order, pauses included as "sil", none where nobody speaks
    visemes: (name, start_s, end_s, index of its phone as float) in order, diphthongs are two
    prominence: (phones,) in [0, 1], 0 but for vowels
    energy_db: (T,) mean power of each video frame, -100 at silence; f0_hz: (T,), 0 unvoiced
    voiced: (T,) bool, somebody speaks in this frame (true activity, pauses under 60 ms excepted)
    state: (T,) int8 of stream_types.State by the causal rule of pipeline.phrasing, thus on after 2
        frames of voice, off after 5 without, listening for 20 s after that, then idle
    accents, phrases: in order of time
    hesitations: (start_s, end_s) of drawn-out vowels and of pauses inside a phrase, in order
    """

    phones: tuple[Phone, ...]
    visemes: tuple[tuple[str, float, float, float], ...]
    prominence: np.ndarray
    energy_db: np.ndarray
    f0_hz: np.ndarray
    voiced: np.ndarray
    state: np.ndarray
    accents: tuple[Accent, ...]
    phrases: tuple[Phrase, ...]
    hesitations: tuple[tuple[float, float], ...]
    habits: Habits = field(default_factory=Habits)

    @property
    def frames(self) -> int:
        return len(self.state)

    @property
    def length_s(self) -> float:
        return self.frames / FPS

    @classmethod
    def of_clips(
        cls, samples: np.ndarray, clips: list[dict], frames: int, habits: Habits | None = None
    ) -> "Score":
        """Of a shard of training.speech.corpus.

        samples: (N,) float32 at 24 kHz, the whole shard; clips: its utterances as in the JSON file
        (nonspeech has no phones); frames: video frames to score, at most N / 800
        """
        from training.performance.reading import read_clips

        return read_clips(samples, clips, frames, habits or Habits())

    @classmethod
    def of_sound(
        cls, samples: np.ndarray, habits: Habits | None = None, model: Path | None = None
    ) -> "Score":
        """Of any sound (N,) float32 at 24 kHz, as our own speech encoder hears it.

        model: folder of the encoder, the shipped one by default
        """
        from training.performance.hearing import read_sound

        return read_sound(samples, habits or Habits(), model)
