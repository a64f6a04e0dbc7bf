"""Is a style that was learned from a motion nearest to the preset that made the motion?

Known weaknesses: distances between presets differ, so close presets fail first; slices of one
section share their speech.
"""

from dataclasses import asdict

import numpy as np

from bench.motion.material import Material
from bench.motion.style_classes import SETTLING_S, TEST_SEED, classification, manner_of
from pipeline import style as styles
from pipeline.errors import StyleError
from pipeline.motion_file import Motion
from pipeline.rates import FPS
from pipeline.style_learning import learn_style

SLICE_S = 16.0


def learned_styles(material: Material) -> dict:
    """Share of slices whose learned style is nearest to its preset, and how far off it is."""
    presets = [styles.load_style(name, [styles.BUILT_IN_STYLES]) for name in material.styles]
    places = np.array([coordinates(preset) for preset in presets])
    true, found, distances, refused = [], [], [], 0
    for label, name in enumerate(material.styles):
        for section in material.test_sections:
            motion = material.play(section, manner_of(name, TEST_SEED, section)).motion
            for clip in slices(motion):
                try:
                    learned = coordinates(learn_style(clip, "learned", "Learned").style)
                except StyleError:
                    refused += 1
                    continue
                true.append(label)
                found.append(int(np.linalg.norm(places - learned, axis=1).argmin()))
                distances.append(float(np.abs(places[label] - learned).mean()))
    apart = [float(np.abs(a - b).mean()) for a in places for b in places if a is not b]
    table = classification(material.styles, np.array(true, int), np.array(found, int))
    return {
        "nearest_preset": table.accuracy,
        "knob_distance": round(float(np.mean(distances)), 4) if distances else float("nan"),
        "between_presets": round(float(np.mean([d for d in apart if d > 0.0])), 4),
        "refused": refused,
        "slice_s": SLICE_S,
        **{k: v for k, v in asdict(table).items() if k != "accuracy"},
    }


def coordinates(style: styles.Style) -> np.ndarray:
    """A style's knobs as numbers in [0, 1]."""
    return np.array(style.knobs, float)


def slices(motion: Motion) -> list[Motion]:
    """Whole slices behind the settling of the start."""
    frames = list(motion.frames())
    first, size = round(SETTLING_S * FPS), round(SLICE_S * FPS)
    return [Motion(frames[s : s + size]) for s in range(first, len(frames) - size + 1, size)]
