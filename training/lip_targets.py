"""From phones to the mouth: a co-articulation synthesiser that knows the whole utterance.

Every phone pulls each articulator towards its own value with a strength that fades with distance
in time, earlier for rounding than for the jaw (dominance functions, Cohen & Massaro 1993); lips
then meet without exception on p b m and in pauses. Values were chosen on the template: its lip gap
in millimetres is 31 jawOpen + 11 mouthFunnel + 4.1 mouthLowerDown + 4.8 mouthUpperUp.
"""

import numpy as np

from pipeline.rates import FPS
from training.speech.phones import Phone, viseme_parts

MOUTH_POSES = (
    "jawOpen", "mouthFunnel", "mouthPucker", "mouthLowerDown", "mouthUpperUp", "mouthStretch",
    "mouthSmile", "mouthRollLower", "tongueOut",
)  # fmt: skip
_INDEX = {name: k for k, name in enumerate(MOUTH_POSES)}
# what stays when the lips meet: pushing them forward or wide does not part them
KEPT_CLOSED = {"mouthPucker": 0.6, "mouthSmile": 0.6}

SHAPES: dict[str, dict[str, float]] = {
    "sil": {},
    "PP": {},
    "FF": {"jawOpen": 0.04, "mouthRollLower": 0.35, "mouthUpperUp": 0.15},
    "TH": {"jawOpen": 0.11, "tongueOut": 0.25, "mouthLowerDown": 0.15},
    "DD": {"jawOpen": 0.11, "mouthLowerDown": 0.18, "mouthUpperUp": 0.08, "mouthStretch": 0.1},
    "kk": {"jawOpen": 0.15, "mouthLowerDown": 0.12},
    "CH": {"jawOpen": 0.08, "mouthFunnel": 0.25, "mouthPucker": 0.25, "mouthUpperUp": 0.08},
    "SS": {"jawOpen": 0.05, "mouthStretch": 0.2, "mouthLowerDown": 0.22, "mouthUpperUp": 0.1},
    "nn": {"jawOpen": 0.14, "mouthLowerDown": 0.18, "mouthUpperUp": 0.06},
    "RR": {"jawOpen": 0.12, "mouthFunnel": 0.18, "mouthPucker": 0.25},
    "aa": {"jawOpen": 0.42, "mouthLowerDown": 0.2, "mouthUpperUp": 0.12},
    "E": {"jawOpen": 0.27, "mouthStretch": 0.18, "mouthLowerDown": 0.2, "mouthUpperUp": 0.12,
          "mouthSmile": 0.12},
    "ih": {"jawOpen": 0.15, "mouthStretch": 0.18, "mouthLowerDown": 0.22, "mouthUpperUp": 0.12,
           "mouthSmile": 0.22},
    "oh": {"jawOpen": 0.28, "mouthFunnel": 0.35, "mouthPucker": 0.25},
    "ou": {"jawOpen": 0.11, "mouthFunnel": 0.2, "mouthPucker": 0.6},
}  # fmt: skip
VOWELS = frozenset(("aa", "E", "ih", "oh", "ou"))

# strength with which a viseme holds its jaw, and its lips
JAW_STRENGTH = {"sil": 0.6, "PP": 0.8, "FF": 1.2, "TH": 0.7, "DD": 0.6, "kk": 0.45, "CH": 0.9,
                 "SS": 1.0, "nn": 0.55, "RR": 0.7, "aa": 1.3, "E": 1.1, "ih": 1.0, "oh": 1.2,
                 "ou": 1.1}  # fmt: skip
LIP_STRENGTH = {"sil": 0.3, "PP": 0.3, "FF": 0.8, "TH": 0.4, "DD": 0.25, "kk": 0.15, "CH": 1.0,
                 "SS": 0.5, "nn": 0.25, "RR": 0.7, "aa": 0.8, "E": 0.8, "ih": 0.9, "oh": 1.1,
                 "ou": 1.4}  # fmt: skip
_JAW_REACH_S, _LIP_REACH_S = (0.055, 0.045), (0.085, 0.06)  # before, after the phone
_CORE = 0.4
GRID_HZ = 120
CONTACT_S = 0.072
_CLOSING_S, _OPENING_S = 0.06, 0.05
_PAUSE_CLOSING_S, _PAUSE_OPENING_S = 0.07, 0.06


def viseme_track(phones: list[Phone], alphabet: str) -> list[tuple[str, float, float, float]]:
    """(viseme, start_s, end_s, phone index as float) in order; diphthongs become two."""
    track = []
    for index, phone in enumerate(phones):
        at = phone.start_s
        for name, share in viseme_parts(phone.symbol, alphabet):
            until = at + share * (phone.end_s - phone.start_s)
            track.append((name, at, until, float(index)))
            at = until
    return track


def mouth_grid(
    track: list[tuple[str, float, float, float]], amplitude: np.ndarray, length_s: float
) -> tuple[np.ndarray, np.ndarray]:
    """The mouth on a 120 Hz grid.

    amplitude: (phones,) factor on the shape of each phone
    Returns poses (T, 9) and how firmly the lips are closed (T,), 0 open to 1 touching.
    """
    times = (np.arange(int(length_s * GRID_HZ)) + 0.5) / GRID_HZ
    poses = np.zeros((len(times), len(MOUTH_POSES)))
    if not track:
        return poses, np.ones(len(times))
    shapes = np.zeros((len(track), len(MOUTH_POSES)))
    for row, (name, _, _, phone) in enumerate(track):
        for pose, value in SHAPES[name].items():
            shapes[row, _INDEX[pose]] = value * amplitude[int(phone)]
    starts = np.array([t[1] for t in track])[:, None]
    ends = np.array([t[2] for t in track])[:, None]
    names = [t[0] for t in track]
    jaw = [_INDEX["jawOpen"], _INDEX["tongueOut"]]
    lips = [k for k in _INDEX.values() if k not in jaw]
    for columns, strength, reach in (
        (jaw, JAW_STRENGTH, _JAW_REACH_S),
        (lips, LIP_STRENGTH, _LIP_REACH_S),
    ):
        weights = _dominance(times, starts, ends, np.array([strength[n] for n in names]), reach)
        poses[:, columns] = (weights.T @ shapes[:, columns]) / (weights.sum(0)[:, None] + 1e-9)
    closed = _closure(times, track)
    kept = np.array([KEPT_CLOSED.get(name, 0.0) for name in MOUTH_POSES])
    pause = _pauses(times, track)
    touching = np.maximum(closed, pause)
    poses *= 1 - touching[:, None] * (1 - kept)
    poses *= 1 - pause[:, None]
    return poses, touching


def _dominance(times, starts, ends, strength, reach) -> np.ndarray:
    """(V, T) weights: flat over the core of the phone, exponential to both sides."""
    trim = (ends - starts) * (1 - _CORE) / 2
    before = np.maximum(0.0, starts + trim - times)
    after = np.maximum(0.0, times - (ends - trim))
    return strength[:, None] * np.exp(-before / reach[0] - after / reach[1])


def _ramp(distance: np.ndarray) -> np.ndarray:
    """1 at 0 and below, 0 at 1 and above, smooth between."""
    x = np.clip(1 - distance, 0.0, 1.0)
    return x * x * (3 - 2 * x)


def _closure(times: np.ndarray, track) -> np.ndarray:
    closed = np.zeros(len(times))
    for name, start_s, end_s, _ in track:
        if name != "PP":
            continue
        missing_s = max(0.0, CONTACT_S - (end_s - start_s - 0.015))
        touch_s, part_s = start_s + 0.005 - 0.4 * missing_s, end_s - 0.01 + 0.6 * missing_s
        distance = np.maximum((touch_s - times) / _CLOSING_S, (times - part_s) / _OPENING_S)
        closed = np.maximum(closed, _ramp(distance))
    return closed


def _pauses(times: np.ndarray, track) -> np.ndarray:
    """1 within pauses; the mouth closes while the last sound dies and opens with the first."""
    pause = np.zeros(len(times))
    for name, start_s, end_s, _ in track:
        if name == "sil":
            outside = np.maximum(
                (start_s - times) / _PAUSE_CLOSING_S, (times - end_s) / _PAUSE_OPENING_S
            )
            pause = np.maximum(pause, _ramp(outside))
    return pause


def at_frames(grid: np.ndarray, offset_s: float, frames: int) -> np.ndarray:
    """Samples of a 120 Hz grid at the centres of video frames; frame 0 starts at -offset_s."""
    times = (np.arange(frames) + 0.5) / FPS - offset_s
    position = np.clip(times * GRID_HZ - 0.5, 0, len(grid) - 1)
    low = np.floor(position).astype(int)
    high = np.minimum(low + 1, len(grid) - 1)
    weight = (position - low).reshape(-1, *([1] * (grid.ndim - 1)))
    return (1 - weight) * grid[low] + weight * grid[high]
