"""The performance teacher's motion for the same sounds, decoded as the stages decode theirs."""

import numpy as np

from bench.motion.clips import Section
from bench.motion.player import Manner
from bench.motion.tracks import Tracks, reference_skeleton, tracks_of
from pipeline import style as styles
from pipeline.body_pose import BodyPose
from training.performance.perform import Performance, perform
from training.performance.presets import preset
from training.performance.score import Score
from training.performed_motion import performed_motion


class Teacher:
    """Teacher(sections): each section is read once, and played as often as wanted."""

    def __init__(self, sections: list[Section]) -> None:
        self._sections = sections
        self._scores: dict[int, Score] = {}
        self._played: dict[tuple[int, Manner], tuple[Performance, Tracks]] = {}
        self._pose = BodyPose(reference_skeleton())

    def score(self, section: int) -> Score:
        """What the teacher reads in a section."""
        if section not in self._scores:
            stretch = self._sections[section]
            self._scores[section] = (
                Score.of_sound(stretch.samples)
                if stretch.utterances is None
                else Score.of_clips(stretch.samples, stretch.utterances, stretch.frames)
            )
        return self._scores[section]

    def accents_s(self, section: int) -> np.ndarray:
        """(N,) onsets of the accented vowels."""
        return np.array([accent.time_s for accent in self.score(section).accents])

    def perform(self, section: int, manner: Manner) -> tuple[Performance, Tracks]:
        """A section in a manner; expression and head settings stay at 1."""
        key = section, manner
        if key not in self._played:
            played = perform(
                self.score(section), knobs_of(manner.style), manner.settings.gesture, manner.seed
            )
            motion = performed_motion(played.face, played.body, played.state, self._pose)
            self._played[key] = played, tracks_of(motion)
        return self._played[key]

    def play(self, section: int, manner: Manner) -> Tracks:
        """The motion alone."""
        return self.perform(section, manner)[1]


def knobs_of(style: str) -> np.ndarray:
    """(14,) of a preset: as the style file has them, or as the teacher does."""
    knobs = getattr(styles.load_style(style), "knobs", None)
    return preset(style) if knobs is None else np.array(knobs, np.float32)
