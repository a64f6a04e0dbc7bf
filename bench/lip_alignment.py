"""Do the lips follow the phones? Motion against forced alignments of real speech.

`python -m bench.lip_alignment --clips FOLDER [--share report] [--json]`; FOLDER holds sounds with
NAME.json beside them: {"phones": [{"phone", "start", "end"}, ...]} in ARPABET.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_settings import MotionSettings
from pipeline.names import ACTION_INDEX
from pipeline.network import load_network
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, FaceFrame
from pipeline.style import load_style
from training.speech.phones import viseme_parts

# lip gap of the template in millimetres per unit of each action, measured on its inner lips
LIP_GAP_MM = {
    "jawOpen": 31.2, "mouthFunnel": 11.0, "mouthLowerDownLeft": 2.0, "mouthLowerDownRight": 2.0,
    "mouthUpperUpLeft": 2.4, "mouthUpperUpRight": 2.4, "mouthShrugUpper": 4.2,
    "mouthClose": -31.4, "mouthRollLower": -2.7, "mouthRollUpper": -3.6, "mouthSmileLeft": -1.4,
    "mouthSmileRight": -1.4, "mouthPressLeft": -1.2, "mouthPressRight": -1.2,
}  # fmt: skip
CLOSED_MM = 1.0
# how far a phone asks the lips apart
OPENING = {
    "sil": 0.0, "PP": 0.0, "FF": 0.1, "TH": 0.3, "DD": 0.3, "kk": 0.4, "CH": 0.3, "SS": 0.2,
    "nn": 0.35, "RR": 0.35, "aa": 1.0, "E": 0.65, "ih": 0.4, "oh": 0.75, "ou": 0.35,
}  # fmt: skip
_GRID_HZ = 300
_SMOOTHING_S = 0.08
LAGS = range(-4, 5)


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound (n,) at 24 kHz and its phones: (viseme, start_s, end_s)."""

    name: str
    samples: np.ndarray
    visemes: list[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class Score:
    """correlation of lip gap and called-for opening, pooled and mean over clips; best_lag in frames
    (positive: the lips are late); shares of silent frames and of bilabials with closed lips."""

    clips: int
    correlation: float
    mean_correlation: float
    best_lag_frames: int
    silent_closed: float
    silent_frames: int
    bilabials_closed: float
    bilabials: int
    open_vowel_mm: float


def load_clips(folder: Path, share: str | None = None) -> Iterator[Clip]:
    """Aligned clips of a folder, in order; `share` selects those marked so."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(record, dict) or (share and record.get("share") != share):
            continue
        sound = next(p for p in path.parent.glob(f"{path.stem}.*") if p.suffix != ".json")
        visemes = []
        for phone in record["phones"]:
            at, length = phone["start"], phone["end"] - phone["start"]
            for name, part in viseme_parts(phone["phone"], "arpabet"):
                visemes.append((name, at, at + part * length))
                at += part * length
        yield Clip(path.stem, decode_audio(sound), visemes)


def predict(samples: np.ndarray, features: SpeechFeatures, motion: FaceMotion) -> list[FaceFrame]:
    """The face at every frame of a sound, in order from frame 0."""
    frames = len(samples) // SAMPLES_PER_FRAME
    late = round(motion.latency_s * FPS)
    padded = np.concatenate([samples, np.zeros((late + 1) * SAMPLES_PER_FRAME, np.float32)])
    speech_state, face_state, faces = features.init_state(), motion.init_state(), []
    for frame in range(frames + late):
        start = frame * SAMPLES_PER_FRAME
        chunk = AudioChunk(padded[start : start + SAMPLES_PER_FRAME], start, 0.0)
        speech, speech_state = features.step(chunk, speech_state)
        face, face_state = motion.step(speech, face_state)
        if face.frame >= 0:
            faces.append(face)
    return faces


def lip_gap_mm(actions: np.ndarray) -> np.ndarray:
    """(T,) gap above the closed lips, from (T, 52) facial actions."""
    weights = np.zeros(actions.shape[1])
    for name, millimetres in LIP_GAP_MM.items():
        weights[ACTION_INDEX[name]] = millimetres
    return np.maximum(0.0, actions @ weights)


def called_for(visemes: list[tuple[str, float, float]], frames: int) -> np.ndarray:
    """(T,) opening that the phones ask for at the centres of the frames, smoothed as lips move."""
    grid = np.zeros(frames * _GRID_HZ // FPS)
    for name, start_s, end_s in visemes:
        grid[int(start_s * _GRID_HZ) : int(end_s * _GRID_HZ)] = OPENING[name]
    window = np.hanning(int(_SMOOTHING_S * _GRID_HZ) + 2)
    smooth = np.convolve(grid, window / window.sum(), mode="same")
    centres = ((np.arange(frames) + 0.5) * _GRID_HZ / FPS).astype(int)
    return smooth[centres]


def silent_frames(visemes: list[tuple[str, float, float]], frames: int) -> np.ndarray:
    """(T,) bool: the frame's centre lies in a pause."""
    centres = (np.arange(frames) + 0.5) / FPS
    silent = np.zeros(frames, bool)
    for name, start_s, end_s in visemes:
        if name == "sil":
            silent |= (centres >= start_s) & (centres < end_s)
    return silent


def bilabial_gaps(visemes: list[tuple[str, float, float]], gap_mm: np.ndarray) -> list[float]:
    """Smallest gap within each p, b or m, one frame of grace to both sides."""
    smallest = []
    for name, start_s, end_s in visemes:
        if name == "PP":
            first = max(0, int(start_s * FPS) - 1)
            smallest.append(float(gap_mm[first : int(end_s * FPS) + 2].min(initial=99.0)))
    return smallest


def score(clips: list[Clip], gaps_mm: list[np.ndarray]) -> Score:
    """All figures over clips and the lip gaps predicted for them."""
    wanted = [called_for(c.visemes, len(g)) for c, g in zip(clips, gaps_mm, strict=True)]
    by_lag = {lag: _correlation(wanted, gaps_mm, lag) for lag in LAGS}
    silent, bilabial, vowels, singles = [], [], [], []
    for clip, gap, want in zip(clips, gaps_mm, wanted, strict=True):
        silent.append(gap[silent_frames(clip.visemes, len(gap))] < CLOSED_MM)
        bilabial += bilabial_gaps(clip.visemes, gap)
        vowels.append(gap[want > 0.85])
        singles.append(float(np.corrcoef(want, gap)[0, 1]) if gap.std() > 0 else 0.0)
    flat = np.concatenate(silent)
    return Score(
        clips=len(clips),
        correlation=round(by_lag[0], 3),
        mean_correlation=_mean(np.array(singles)),
        best_lag_frames=max(by_lag, key=lambda lag: by_lag[lag]),
        silent_closed=_mean(flat),
        silent_frames=len(flat),
        bilabials_closed=_mean(np.array(bilabial) < CLOSED_MM),
        bilabials=len(bilabial),
        open_vowel_mm=_mean(np.concatenate(vowels)),
    )


def _mean(values: np.ndarray) -> float:
    """Rounded; NaN where there is nothing to measure."""
    return round(float(values.mean()), 3) if len(values) else float("nan")


def _correlation(wanted: list[np.ndarray], gaps: list[np.ndarray], lag: int) -> float:
    """Pooled over clips, the gap taken `lag` frames later than the phones."""
    first, second = [], []
    for want, gap in zip(wanted, gaps, strict=True):
        early, late = max(0, -lag), max(0, lag)
        first.append(want[early : len(want) - late])
        second.append(gap[late : len(gap) - early])
    return float(np.corrcoef(np.concatenate(first), np.concatenate(second))[0, 1])


def measure(folder: Path, models: Path, lookahead_frames: int, share: str | None) -> Score:
    """Predicts the motion of every clip of a folder and scores it."""
    features = SpeechFeatures(load_network(models / "speech", "cpu"))
    network = load_network(models / "face_motion", "cpu")
    motion = FaceMotion(network, load_style("natural"), MotionSettings(), lookahead_frames)
    clips = list(load_clips(folder, share))
    gaps = []
    for clip in clips:
        faces = predict(clip.samples, features, motion)
        gaps.append(lip_gap_mm(np.array([face.actions for face in faces])))
    return score(clips, gaps)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, default=Path("cache/prompts"))
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--share", choices=("tune", "report"))
    parser.add_argument("--lookahead", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = asdict(measure(options.clips, options.models, options.lookahead, options.share))
    if options.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{name:18} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
