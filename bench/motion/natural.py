"""Does the motion look like the teacher's: as fast, as smooth, as wide, as varied, on the beat?

Everything is measured on the same sounds in the same styles. Known weaknesses: distributions say
nothing of when something happens; the teacher is the ceiling, however it looks; `floor` (the
teacher with another seed) says how much of a distance is chance.
"""

from collections.abc import Callable
from dataclasses import asdict

import numpy as np

from bench.motion.beats import Alignment, alignment, share_found, strokes_s
from bench.motion.lips import mean
from bench.motion.material import Material
from bench.motion.signals import (
    autocorrelation,
    jerk,
    largest_peak_beyond,
    reach,
    speed,
    wasserstein,
)
from bench.motion.style_classes import TEST_SEED, TRAINING_SEED, Play, manner_of
from bench.motion.tracks import Tracks
from pipeline.rates import FPS

OTHER_SEED = 3
RANGE_WINDOW_S = 4.0
PERIOD_BEYOND_S, PERIOD_UP_TO_S = 2.0, 10.0

Measure = Callable[[Tracks], np.ndarray]
# The motions of the test sections in each style.
ByStyle = dict[str, list[Tracks]]


def _of_hands(measure: Callable[[np.ndarray], np.ndarray]) -> Measure:
    return lambda tracks: np.concatenate([measure(tracks.wrists_m[:, k]) for k in range(2)])


MEASURES: dict[str, Measure] = {
    "head_speed": lambda tracks: speed(tracks.head_deg),
    "head_jerk": lambda tracks: jerk(tracks.head_deg),
    "head_range": lambda tracks: reach(tracks.head_deg, RANGE_WINDOW_S),
    "hand_speed": _of_hands(speed),
    "hand_jerk": _of_hands(jerk),
    "hand_range": _of_hands(lambda place: reach(place, RANGE_WINDOW_S)),
}
CHANNELS: dict[str, Measure] = {
    "head": lambda tracks: tracks.head_deg,
    "gaze": lambda tracks: tracks.gaze_deg,
    "hands": lambda tracks: tracks.hands_m,
}


def naturalness(material: Material) -> dict:
    """Everything against the teacher: all sections, but two seeds of the test sections only."""
    teacher, test = material.teacher, material.test_sections
    made, taught = _all(material, _played(material)), _all(material, teacher.play)
    retaught = _all(material, teacher.play, OTHER_SEED)
    report: dict = {
        "periodicity": periodicity(_every(made)),
        "periodicity_of_teacher": periodicity(_every(taught)),
        "distances": {n: distances(m, made, taught, retaught) for n, m in MEASURES.items()},
        "beats": _beats(material, made, taught),
    }
    again = {
        style: [material.play(k, manner_of(style, OTHER_SEED, k)).tracks for k in test]
        for style in material.styles
    }
    own, reference = (_of_sections(source, test) for source in (made, taught))
    report["diversity"] = {
        name: diversity(channel, (own, again), (reference, _of_sections(retaught, test)))
        for name, channel in CHANNELS.items()
    }
    return report


def _played(material: Material) -> Play:
    return lambda section, manner: material.play(section, manner).tracks


def _all(material: Material, play: Play, seed: int | None = None) -> ByStyle:
    """Every section in every style, by default with the seeds that the classifier uses."""

    def seed_of(section: int) -> int:
        usual = TEST_SEED if section in material.test_sections else TRAINING_SEED
        return usual if seed is None else seed

    places = range(len(material.sections))
    return {
        style: [play(section, manner_of(style, seed_of(section), section)) for section in places]
        for style in material.styles
    }


def _of_sections(source: ByStyle, places: range) -> ByStyle:
    return {style: tracks[places.start : places.stop] for style, tracks in source.items()}


def _every(source: ByStyle) -> list[Tracks]:
    return [track for tracks in source.values() for track in tracks]


def distances(
    measure: Measure,
    made: ByStyle,
    taught: ByStyle,
    retaught: ByStyle,
) -> dict:
    """W1 to the teacher as a share of the teacher's mean absolute value: pooled over styles, mean
    over styles, and for each; `floor`, `floor_of_styles`: between two seeds of the teacher."""

    def pooled(tracks: list[Tracks]) -> np.ndarray:
        return np.concatenate([measure(track) for track in tracks])

    def share(some: list[Tracks], others: list[Tracks]) -> float:
        reference = pooled(others)
        scale = max(float(np.abs(reference).mean()), 1e-9)
        return round(wasserstein(pooled(some), reference) / scale, 4)

    of_styles = {style: share(made[style], taught[style]) for style in taught}
    floors = [share(retaught[style], taught[style]) for style in taught]
    every_made, every_taught, every_retaught = map(_every, (made, taught, retaught))
    return {
        "share": share(every_made, every_taught),
        "floor": share(every_retaught, every_taught),
        "mean_of_styles": round(float(np.mean(list(of_styles.values()))), 4),
        "floor_of_styles": round(float(np.mean(floors)), 4),
        "mean": round(float(pooled(every_made).mean()), 4),
        "teacher_mean": round(float(pooled(every_taught).mean()), 4),
        "styles": of_styles,
    }


def diversity(
    channel: Measure,
    made: tuple[ByStyle, ByStyle],
    taught: tuple[ByStyle, ByStyle],
) -> dict:
    """Mean distance of two seeds' motions at the same moment, in degrees or metres."""

    def apart(pair: tuple[ByStyle, ByStyle]) -> float:
        first, second = (_every(source) for source in pair)
        found = [
            np.linalg.norm(channel(a) - channel(b), axis=1).mean()
            for a, b in zip(first, second, strict=True)
        ]
        return float(np.mean(found))

    own, reference = apart(made), apart(taught)
    return {
        "distance": round(own, 4),
        "teacher": round(reference, 4),
        "share": round(own / max(reference, 1e-9), 3),
    }


def periodicity(tracks: list[Tracks]) -> dict:
    """Largest autocorrelation peak of the head's pitch beyond 2 s: of each motion (largest and
    mean), and of the mean of all autocorrelations, in which chance averages out."""
    found = [autocorrelation(track.head_deg[:, 1], PERIOD_UP_TO_S) for track in tracks]
    singles = [largest_peak_beyond(correlation, PERIOD_BEYOND_S) for correlation in found]
    together = largest_peak_beyond(np.mean(found, axis=0), PERIOD_BEYOND_S)
    return {
        "largest": round(max(singles), 3),
        "mean": round(float(np.mean(singles)), 3),
        "share_over_0.4": round(float(np.mean(np.array(singles) > 0.4)), 3),
        "of_mean": round(together, 3),
    }


def _beats(material: Material, made: ByStyle, taught: ByStyle) -> dict:
    """Of the motion and of the teacher's, both at the offset that fits the teacher best, and the
    share of the teacher's own strokes that the search finds."""

    def of(source: ByStyle, offset_s: float | None) -> Alignment:
        beats = [
            (strokes_s(track), material.teacher.accents_s(section), len(track) / FPS)
            for tracks in source.values()
            for section, track in enumerate(tracks)
        ]
        return alignment(beats, offset_s)

    reference = of(taught, None)
    found = []
    for style in material.styles:
        for section in material.test_sections:
            played, track = material.teacher.perform(section, manner_of(style, TEST_SEED, section))
            found.append(share_found(np.asarray(played.strokes), strokes_s(track)))
    return {
        "made": asdict(of(made, reference.offset_s)),
        "teacher": asdict(reference),
        "strokes_found": mean([share for share in found if np.isfinite(share)]),
    }
