"""A style from a recorded motion: the knobs with which our own stages move like that."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np

from pipeline.errors import StyleError
from pipeline.knobs import KNOBS
from pipeline.model_folder import MODELS
from pipeline.motion_file import Motion
from pipeline.network import load_network
from pipeline.rates import FPS
from pipeline.style import BUILT_IN_STYLES, DEFAULT_STYLE, Style, list_styles, load_style
from pipeline.style_observation import SPEAKING, observe
from pipeline.template import load_template

SHORTEST_S = 4.0
LEAST_SPEAKING_S = 2.0
LEAST_MOTION_RAD = 1e-3
# The encoder has learnt from stretches of up to this length; longer motions are read in parts.
_LONGEST_PART_S = 16.0


@dataclass(frozen=True, slots=True)
class LearnedStyle:
    """style; told: names of the knobs that the motion told, the others are those of the natural
    style; nearest: the shipped style that comes closest"""

    style: Style
    told: tuple[str, ...]
    nearest: str


def learn_style(
    motion: Motion,
    name: str,
    title: str,
    untold: Collection[str] = (),
    model: Path = MODELS / "style",
) -> LearnedStyle:
    """The style in which somebody moves.

    untold: knobs that the source of the motion does not tell; they stay as usual
    Raises:
        StyleError: the motion is too short, nobody speaks in it, or nothing moves
        ModelError: the style encoder is missing or damaged
    """
    if len(motion) < SHORTEST_S * FPS:
        raise StyleError(
            "The clip is {clip_s:.1f} s long; a style needs {shortest_s:.0f} s or "
            "more, better half a minute.",
            clip_s=len(motion) / FPS,
            shortest_s=SHORTEST_S,
        )
    arrays = motion.arrays()
    ways = (np.ptp(arrays.head_rotation, axis=0).max(), np.ptp(arrays.gaze, axis=0).max())
    if max(ways) < LEAST_MOTION_RAD:
        raise StyleError("Nothing moves in the clip; choose one in which somebody talks.")
    template = load_template()
    observed = observe(arrays, template.skeleton(np.zeros(len(template.identity_names))))
    speaking_s = observed[:, SPEAKING].sum() / FPS
    if speaking_s < LEAST_SPEAKING_S:
        raise StyleError(
            "Somebody speaks for only {speaking_s:.1f} s of the clip; a style needs "
            "{least_speaking_s:.0f} s or more.",
            speaking_s=speaking_s,
            least_speaking_s=LEAST_SPEAKING_S,
        )
    knobs = dict(zip(KNOBS, read_knobs(observed, model).tolist(), strict=True))
    natural = dict(zip(KNOBS, load_style(DEFAULT_STYLE).knobs, strict=True))
    told = tuple(knob for knob in KNOBS if knob not in untold)
    knobs = natural | {knob: round(knobs[knob], 3) for knob in told}
    style = Style(name=name, title=title, knobs=tuple(knobs[knob] for knob in KNOBS))
    return LearnedStyle(style, told, nearest_preset(style))


def read_knobs(observed: np.ndarray, model: Path = MODELS / "style") -> np.ndarray:
    """(14,) in [0, 1] from a (T, OBSERVATION_SIZE) motion of SHORTEST_S or more."""
    network = load_network(model, "cpu")
    parts = ceil(len(observed) / (_LONGEST_PART_S * FPS))
    found = [network.run({"motion": part[None]})["knobs"][0] for part in _split(observed, parts)]
    return np.mean(found, axis=0)


def _split(observed: np.ndarray, parts: int) -> list[np.ndarray]:
    return [np.ascontiguousarray(part) for part in np.array_split(observed, parts)]


def nearest_preset(style: Style) -> str:
    """Name of the shipped style whose knobs are closest."""
    presets = [load_style(name) for name in list_styles([BUILT_IN_STYLES])]
    point = np.array(style.knobs)
    return min(presets, key=lambda p: float(np.square(point - np.array(p.knobs)).sum())).name
