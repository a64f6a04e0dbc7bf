"""Does the body follow the face? The same sound with its own face and with a stranger's.

The body is compared with the face of the sound in both cases; a body that goes by the face loses
coherence and alignment with a stranger's face, one that goes by the sound alone does not. Known
weakness: coherence of unrelated motion is about 1 / windows (0.12 for 42 s), not 0.
"""

from collections.abc import Callable
from dataclasses import asdict

import numpy as np

from bench.motion.beats import Alignment, alignment, nods_s, strokes_s
from bench.motion.material import Material
from bench.motion.natural import OTHER_SEED
from bench.motion.signals import coherence
from bench.motion.style_classes import manner_of
from bench.motion.tracks import Tracks, tracks_of
from pipeline.rates import FPS

BAND_HZ = (0.15, 2.0)
STYLES = ("natural", "energetic")
_AXES = ("yaw", "pitch", "roll")

# A face with the body that was made for it or for another, and the number of the section.
Pair = tuple[Tracks, Tracks, int]


def coupling(material: Material) -> dict:
    """Both figures with the true and with a shuffled face, and what is lost."""
    true, shuffled = [], []
    places = list(range(len(material.sections)))[-3:]
    if len(places) < 2:
        raise ValueError("a shuffled face takes two sections or more")
    for style in (s for s in STYLES if s in material.styles):
        for section, other in zip(places, [*places[1:], places[0]], strict=True):
            manner = manner_of(style, OTHER_SEED, section)
            own = material.play(section, manner)
            led_by = material.play(other, manner_of(style, OTHER_SEED, other))
            stranger = [face for face, _ in led_by.motion.frames()]
            led = material.player.play(material.heard[section], manner, seen=stranger)
            true.append((own.tracks, own.tracks, section))
            shuffled.append((own.tracks, tracks_of(led.arrays()), section))
    teacher = material.teacher
    return {
        "coherence": _coherence(true, shuffled),
        "strokes_on_nods": _on_beats(true, shuffled, lambda face, _: nods_s(face)),
        "strokes_on_accents": _on_beats(
            true, shuffled, lambda _, section: teacher.accents_s(section)
        ),
    }


def head_torso_coherence(face: Tracks, body: Tracks) -> float:
    """Mean over yaw, pitch and roll."""
    found = [coherence(face.head_deg[:, k], body.torso_deg[:, k], *BAND_HZ) for k in range(3)]
    return float(np.mean(found))


def _coherence(true: list[Pair], shuffled: list[Pair]) -> dict:
    first, second = (
        round(float(np.mean([head_torso_coherence(face, body) for face, body, _ in pairs])), 3)
        for pairs in (true, shuffled)
    )
    return {"true": first, "shuffled": second, "lost": round(first - second, 3)}


def _on_beats(
    true: list[Pair], shuffled: list[Pair], beats_s: Callable[[Tracks, int], np.ndarray]
) -> dict:
    """beats_s: from the face and the number of the section."""

    def of(pairs: list[Pair], offset_s: float | None) -> Alignment:
        found = [
            (strokes_s(body), beats_s(face, section), len(body) / FPS)
            for face, body, section in pairs
        ]
        return alignment(found, offset_s)

    first = of(true, None)
    second = of(shuffled, first.offset_s)
    lost = round(first.score - second.score, 3)
    return {"true": asdict(first), "shuffled": asdict(second), "lost": lost}
