"""What several measures share: sounds, and the motions made from them, each made once."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.motion.clips import AlignedClip, Section, aligned_clips, sections
from bench.motion.player import Manner, Player
from bench.motion.tracks import Tracks, tracks_of
from pipeline.motion_file import Motion
from pipeline.rates import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from pipeline.stream_types import SpeechFrame
from pipeline.style import BUILT_IN_STYLES, list_styles

if TYPE_CHECKING:
    from bench.motion.teacher import Teacher

TAIL_S = 3.0
ROOM_DB = -68.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure with.

    clips: folder of aligned recordings, share: of them; motions: folder of NAME.npz made from them
    by `render --motion-out` in place of running the stages
    speech: folder of long sounds (corpus shards, or any); sections: how many of length section_s,
        the last third of them for tests
    """

    clips: Path = Path("cache/prompts")
    share: str | None = "report"
    motions: Path | None = None
    speech: Path = Path("cache/speech/shards")
    sections: int = 9
    section_s: float = 42.0
    device: str = "cpu"
    lookahead_frames: int = 1
    minutes: float = 60.0


@dataclass(frozen=True, slots=True)
class Played:
    """One section in one manner."""

    section: int
    manner: Manner
    motion: Motion
    tracks: Tracks


@dataclass
class Material:
    """Material(wanted): everything is made when it is first asked for, and kept."""

    wanted: Wanted
    _played: dict[tuple[int, Manner], Played] = field(default_factory=dict)

    @cached_property
    def player(self) -> Player:
        return Player(self.wanted.device, self.wanted.lookahead_frames)

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The presets that ship."""
        return list_styles([BUILT_IN_STYLES])

    @cached_property
    def clips(self) -> list[AlignedClip]:
        found = list(aligned_clips(self.wanted.clips, self.wanted.share))
        if not found:
            share = f" of the share {self.wanted.share!r}" if self.wanted.share else ""
            raise ValueError(f"{self.wanted.clips} holds no aligned clip{share}")
        return found

    @cached_property
    def spoken(self) -> list[Tracks]:
        """The motion of each clip in the natural style, with some silence behind it."""
        if self.wanted.motions is not None:
            paths = [self.wanted.motions / f"{clip.name}.npz" for clip in self.clips]
            return [tracks_of(Motion.load(path).arrays()) for path in paths]
        return [self.play_sound(with_tail(clip.samples)) for clip in self.clips]

    @cached_property
    def sections(self) -> list[Section]:
        return sections(self.wanted.speech, self.wanted.sections, self.wanted.section_s)

    @property
    def training_sections(self) -> range:
        return range(len(self.sections) - len(self.test_sections))

    @property
    def test_sections(self) -> range:
        count = len(self.sections)
        return range(count - max(count // 3, 1), count)

    @cached_property
    def teacher(self) -> "Teacher":
        """Plays the same sections in the same manners. Raises ImportError where it is not there."""
        from bench.motion.teacher import Teacher

        return Teacher(self.sections)

    @cached_property
    def heard(self) -> list[list[SpeechFrame]]:
        return [self.player.hear(section.samples) for section in self.sections]

    def play_sound(self, samples: np.ndarray) -> Tracks:
        """Any sound in the natural style."""
        return tracks_of(self.player.play(self.player.hear(samples), Manner()).arrays())

    def play(self, section: int, manner: Manner) -> Played:
        """A section in a manner."""
        key = section, manner
        if key not in self._played:
            motion = self.player.play(self.heard[section], manner)
            self._played[key] = Played(section, manner, motion, tracks_of(motion.arrays()))
        return self._played[key]


def with_tail(samples: np.ndarray) -> np.ndarray:
    """A sound and the hiss of a quiet room behind it; the sound is cut to whole frames before."""
    draw = np.random.default_rng(len(samples))
    hiss = draw.standard_normal(round(TAIL_S * SAMPLE_RATE_HZ)) * 10.0 ** (ROOM_DB / 20.0)
    whole = len(samples) // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME
    return np.concatenate([samples[:whole], hiss.astype(np.float32)])
