"""The mouth of a performance: lip_targets' shapes and dominance, played by one speaker in a style.

Beyond lip_targets: rounding spreads further ahead than other shapes, the amplitude follows energy,
stress and tempo, and everything is sampled at the centres of video frames. Nothing is left to
chance: the same score, knobs and habits give the same mouth.
"""

import numpy as np

from pipeline.motion_space import FACE_ACTIONS
from pipeline.rates import FPS
from training.lip_targets import (
    CONTACT_S,
    JAW_STRENGTH,
    KEPT_CLOSED,
    LIP_STRENGTH,
    MOUTH_POSES,
    SHAPES,
)
from training.performance.minimum_jerk import frame_times
from training.performance.score import Score

_INDEX = {name: k for k, name in enumerate(MOUTH_POSES)}
_JAW = [_INDEX["jawOpen"], _INDEX["tongueOut"]]
_ROUND = [_INDEX["mouthFunnel"], _INDEX["mouthPucker"]]
_LIPS = [k for k in range(len(MOUTH_POSES)) if k not in _JAW + _ROUND]
# seconds before and after a phone in which its pull falls to 1/e
_REACH_S = {"jaw": (0.055, 0.045), "round": (0.115, 0.06), "lips": (0.07, 0.055)}
# rounded lips stay rounded through what needs no lips
_ROUND_STRENGTH = {name: value**1.6 for name, value in LIP_STRENGTH.items()}
_CORE = 0.4
_CLOSING_S, _OPENING_S = 0.06, 0.05
_PAUSE_CLOSING_S, _PAUSE_OPENING_S = 0.07, 0.06
_SHORTEST_PAUSE_S = 0.08
_BLOCK_FRAMES, _MARGIN_S = 60, 0.6
_USUAL_PHONE_S = 0.085
_CRISP, _SLACK = 0.72, 1.16
# articulation 0 mumbles, 1 speaks as on a stage
_LEAST_GAIN, _MOST_GAIN = 0.62, 1.38
# lower lip to the teeth, tongue between them: reached however lazily one speaks
_CONTACTS = {
    "FF": [_INDEX[n] for n in ("jawOpen", "mouthRollLower", "mouthUpperUp", "mouthLowerDown",
                               "tongueOut", "mouthFunnel")],
    "TH": [_INDEX["tongueOut"]],
}  # fmt: skip
_CONTACT_S = 0.045
_LARGEST = {"jawOpen": 0.7, "tongueOut": 0.4, "mouthRollLower": 0.5}


def play_mouth(score: Score, articulation: float) -> tuple[np.ndarray, np.ndarray]:
    """Mouth poses (T, 9) in the order of MOUTH_POSES, and (T,) how firmly the lips touch."""
    times = frame_times(score.frames)
    poses = np.zeros((score.frames, len(MOUTH_POSES)))
    track = score.visemes
    if not track:
        return poses, np.ones(score.frames)
    shapes = _shapes(score, articulation)
    width = _SLACK + (_CRISP - _SLACK) * articulation
    reach_s = {key: (a * width, b * width) for key, (a, b) in _REACH_S.items()}
    starts = np.array([v[1] for v in track])
    ends = np.array([v[2] for v in track])
    for first in range(0, score.frames, _BLOCK_FRAMES):
        block = slice(first, first + _BLOCK_FRAMES)
        t = times[block]
        near = slice(
            int(np.searchsorted(ends, t[0] - _MARGIN_S)),
            int(np.searchsorted(starts, t[-1] + _MARGIN_S)),
        )
        names = [v[0] for v in track[near]]
        for columns, strengths, reach in (
            (_JAW, JAW_STRENGTH, reach_s["jaw"]),
            (_ROUND, _ROUND_STRENGTH, reach_s["round"]),
            (_LIPS, LIP_STRENGTH, reach_s["lips"]),
        ):
            strength = np.array([strengths[n] for n in names])
            pull = _pull(t, (starts[near], ends[near]), strength, reach)
            pull /= pull.sum(axis=0) + 1e-9
            poses[block, columns] = pull.T @ shapes[near, columns]
    for name, columns in _CONTACTS.items():
        share = _contact(score, times, name, _CONTACT_S)[:, None]
        aim = np.array([SHAPES[name].get(pose, 0.0) for pose in MOUTH_POSES])[columns]
        poses[:, columns] += share * (aim - poses[:, columns])
    touching, pause = _touching(score, times)
    kept = np.array([KEPT_CLOSED.get(name, 0.0) for name in MOUTH_POSES])
    poses *= 1 - touching[:, None] * (1 - kept)
    poses *= 1 - pause[:, None]
    for name, most in _LARGEST.items():
        poses[:, _INDEX[name]] = np.minimum(poses[:, _INDEX[name]], most)
    return poses, touching


def _shapes(score: Score, articulation: float) -> np.ndarray:
    """(V, 9) what each viseme aims at."""
    gain = _amplitude(score) * score.habits.gain
    gain *= _LEAST_GAIN + (_MOST_GAIN - _LEAST_GAIN) * articulation
    shapes = np.zeros((len(score.visemes), len(MOUTH_POSES)))
    for row, (name, _, _, phone) in enumerate(score.visemes):
        for pose, value in SHAPES[name].items():
            shapes[row, _INDEX[pose]] = value * gain[int(phone)]
    return shapes


def _amplitude(score: Score) -> np.ndarray:
    """(phones,) factor: stressed, loud and slow syllables open more."""
    prominence = score.prominence
    spread = np.maximum.reduce([
        prominence, 0.7 * np.roll(prominence, 1), 0.7 * np.roll(prominence, -1)
    ])  # fmt: skip
    starts = np.array([p.start_s for p in score.phones])
    ends = np.array([p.end_s for p in score.phones])
    frames = np.clip((0.5 * (starts + ends) * FPS).astype(int), 0, score.frames - 1)
    spoken = score.energy_db[score.voiced]
    usual_db = float(np.percentile(spoken, 75)) if len(spoken) else 0.0
    around = np.maximum.reduce([score.energy_db[np.clip(frames + k, 0, score.frames - 1)]
                                for k in (-1, 0, 1)])  # fmt: skip
    loud = 1.0 + 0.02 * np.clip(around - usual_db, -10.0, 6.0)
    near = np.convolve(np.pad(ends - starts, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    slow = np.clip((near / _USUAL_PHONE_S) ** 0.3, 0.8, 1.12)
    return (0.75 + 0.45 * spread) * loud * slow


def _pull(times, spans, strength, reach_s) -> np.ndarray:
    """(V, T) weights: flat over the core of a phone, exponential to both sides.

    spans: starts and ends (V,); reach_s: before and after
    """
    starts, ends = spans
    trim = np.minimum((ends - starts) * (1 - _CORE) / 2, 0.06)[:, None]
    before = np.maximum(0.0, starts[:, None] + trim - times)
    after = np.maximum(0.0, times - (ends[:, None] - trim))
    return strength[:, None] * np.exp(-before / reach_s[0] - after / reach_s[1])


def _touching(score: Score, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(T,) lips touch, (T,) because of a pause."""
    closed = _contact(score, times, "PP", CONTACT_S)
    pauses = np.array([
        (v[1], v[2]) for v in score.visemes if v[0] == "sil" and v[2] - v[1] >= _SHORTEST_PAUSE_S
    ]).reshape(-1, 2)  # fmt: skip
    pauses[pauses[:, 1] >= score.length_s - 1e-6, 1] += 1.0
    pauses[pauses[:, 0] <= 0.0, 0] -= 1.0
    pause = _ramps(times, pauses[:, 0], pauses[:, 1], (_PAUSE_CLOSING_S, _PAUSE_OPENING_S))
    return np.maximum(closed, pause), pause


def _contact(score: Score, times: np.ndarray, name: str, least_s: float) -> np.ndarray:
    """(T,) 1 while a viseme is held, which takes at least least_s, however short the phone."""
    spans = np.array([(v[1], v[2]) for v in score.visemes if v[0] == name]).reshape(-1, 2)
    missing = np.maximum(0.0, least_s - (spans[:, 1] - spans[:, 0] - 0.015))
    return _ramps(
        times,
        spans[:, 0] + 0.005 - 0.4 * missing,
        spans[:, 1] - 0.01 + 0.6 * missing,
        (_CLOSING_S, _OPENING_S),
    )


def _ramps(times, starts, ends, ramp_s) -> np.ndarray:
    """(T,) 1 inside any of the spans, smoothly 0 at ramp_s before and after them."""
    result = np.zeros(len(times))
    lows = np.searchsorted(times, starts - ramp_s[0])
    highs = np.searchsorted(times, ends + ramp_s[1])
    for start, end, low, high in zip(starts, ends, lows, highs, strict=True):
        t = times[low:high]
        outside = np.maximum((start - t) / ramp_s[0], (t - end) / ramp_s[1])
        x = np.clip(1 - outside, 0.0, 1.0)
        result[low:high] = np.maximum(result[low:high], x * x * (3 - 2 * x))
    return result


def write_mouth(face: np.ndarray, poses: np.ndarray, asymmetry: float) -> None:
    """Adds mouth poses (T, 9) to face vectors (T, 52), smiles and stretches by sides."""
    for column, name in enumerate(MOUTH_POSES):
        if name in FACE_ACTIONS:
            face[:, FACE_ACTIONS.index(name)] += poses[:, column]
            continue
        sided = asymmetry if name in ("mouthSmile", "mouthStretch") else 0.0
        for side, factor in (("Left", 1 + sided), ("Right", 1 - sided)):
            face[:, FACE_ACTIONS.index(name + side)] += factor * poses[:, column]
