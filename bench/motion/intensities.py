"""Do the three sliders turn motion up, all the way and in order?

Known weakness: one seed; the gesture slider also decides whether a phrase is accompanied at all,
so that its figure, a mean over the test sections, is noisy.
"""

from itertools import pairwise

import numpy as np

from bench.motion.material import Material
from bench.motion.mouth_geometry import lip_gap_mm
from bench.motion.player import Manner
from bench.motion.signals import speed
from bench.motion.tracks import Tracks
from pipeline.motion_settings import MotionSettings
from pipeline.names import FACIAL_ACTIONS

LEVELS = (0.0, 0.5, 1.0, 1.5, 2.0)
_SEED = 1
_EXPRESSION = [
    index
    for index, name in enumerate(FACIAL_ACTIONS)
    if name.startswith(("brow", "cheekSquint", "mouthSmile", "mouthFrown", "noseSneer", "eyeWide"))
]


def expression_size(tracks: Tracks) -> float:
    """Root mean square of brows, cheeks, smile and nose, in units of the actions."""
    return float(np.sqrt(np.mean(np.square(tracks.actions[:, _EXPRESSION], dtype=np.float64))))


def head_size(tracks: Tracks) -> float:
    """Standard deviation of yaw, pitch and roll together, in degrees."""
    return float(np.sqrt(tracks.head_deg.var(axis=0).sum()))


def hand_size(tracks: Tracks) -> float:
    """Mean speed of the wrists, in metres a second."""
    return float(np.mean([speed(tracks.wrists_m[:, hand]) for hand in range(2)]))


_SIZES = {"expression": expression_size, "head": head_size, "gesture": hand_size}


def intensities(material: Material) -> dict:
    """Size of what each slider moves at each level, the other sliders at 1, and of the mouth."""
    report: dict = {}
    for name, size in _SIZES.items():
        manners = [Manner(settings=MotionSettings(**{name: v}), seed=_SEED) for v in LEVELS]
        played = [
            [material.play(section, manner).tracks for section in material.test_sections]
            for manner in manners
        ]
        sizes = [float(np.mean([size(tracks) for tracks in several])) for several in played]
        report[name] = {
            "sizes": dict(zip(map(str, LEVELS), (round(s, 4) for s in sizes), strict=True)),
            "monotonic": rises(sizes),
            "mouth_mm": [
                round(float(np.mean([lip_gap_mm(t.actions).std() for t in several])), 2)
                for several in played
            ],
        }
    return report


def rises(sizes: list[float]) -> bool:
    """Every step is a real one: at least 2 % of the whole way."""
    least = 0.02 * max(sizes)
    return all(after - before > least for before, after in pairwise(sizes))
