"""Reads any sound as a score, as our own speech encoder hears it."""

from pathlib import Path

import numpy as np

from pipeline.model_folder import MODELS, open_model
from pipeline.names import VISEME_INDEX, VISEMES
from pipeline.onnx_network import OnnxNetwork
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, SpeechFrame
from training.lip_targets import VOWELS
from training.performance.reading import score_of
from training.performance.score import Habits, Score
from training.speech.phones import Phone

_AUDIBLE_DB = -60.0
_CLOSED_POSTERIOR = 0.35
_SHORTEST_VOWEL_FRAMES = 2
_SETTLING_FRAMES = 4  # the front end cannot tell a room from a voice yet
_STRONG_PROMINENCE, _LEAST_STRESS = 0.9, 0.3


def read_sound(samples: np.ndarray, habits: Habits, model: Path | None = None) -> Score:
    """See Score.of_sound."""
    heard = _heard(samples, model or MODELS / "speech")
    if not heard:
        return score_of([], [], [], (np.zeros(0), np.zeros(0)), habits)
    energy_db = np.array([f.energy_db for f in heard])
    f0_hz = np.array([f.f0_hz for f in heard])
    speaks = np.array([f.activity[0] > 0.5 for f in heard]) & (energy_db > _AUDIBLE_DB)
    speaks[:_SETTLING_FRAMES] = False
    likeliest = _visemes(np.array([f.viseme for f in heard]), speaks)
    phones = _runs(likeliest)
    stress = np.array([f.stress for f in heard])
    values = [
        float(stress[int(p.start_s * FPS) : int(p.end_s * FPS) + 2].max())
        if p.symbol in VOWELS
        else 0.0
        for p in phones
    ]
    spoken = [v for v in values if v > 0.0]
    if spoken:  # a wary network's strongest syllables are accents all the same
        scale = _STRONG_PROMINENCE / max(float(np.percentile(spoken, 90)), _LEAST_STRESS)
        values = [min(1.0, v * scale) for v in values]
    return score_of(phones, ["viseme"] * len(phones), values, (energy_db, f0_hz), habits)


def _heard(samples: np.ndarray, model: Path) -> list[SpeechFrame]:
    stage = SpeechFeatures(OnnxNetwork(open_model(model)))
    state, frames = stage.init_state(), []
    for start in range(0, len(samples) - SAMPLES_PER_FRAME + 1, SAMPLES_PER_FRAME):
        chunk = AudioChunk(samples[start : start + SAMPLES_PER_FRAME], start, 0.0)
        frame, state = stage.step(chunk, state)
        frames.append(frame)
    return frames


def _visemes(posterior: np.ndarray, speaks: np.ndarray) -> np.ndarray:
    """(T,) index of the viseme of each frame; closed lips need less certainty, for they are short
    and missed most visibly."""
    smooth = posterior.copy()
    smooth[1:-1] = 0.25 * posterior[:-2] + 0.5 * posterior[1:-1] + 0.25 * posterior[2:]
    smooth[:, VISEME_INDEX["sil"]] *= ~speaks
    result = smooth.argmax(axis=1)
    result[speaks & (posterior[:, VISEME_INDEX["PP"]] > _CLOSED_POSTERIOR)] = VISEME_INDEX["PP"]
    result[~speaks] = VISEME_INDEX["sil"]
    vowel = np.isin(result, [VISEME_INDEX[name] for name in VOWELS])
    for start, end in _spans(result):
        if vowel[start] and end - start < _SHORTEST_VOWEL_FRAMES and start and speaks[start - 1]:
            result[start:end] = result[start - 1]
    return result


def _spans(values: np.ndarray) -> list[tuple[int, int]]:
    """(first, end) of every run of equal values."""
    cuts = np.flatnonzero(np.diff(values)) + 1
    return list(zip([0, *cuts.tolist()], [*cuts.tolist(), len(values)], strict=True))


def _runs(visemes: np.ndarray) -> list[Phone]:
    return [
        Phone(VISEMES[visemes[start]], start / FPS, end / FPS) for start, end in _spans(visemes)
    ]
