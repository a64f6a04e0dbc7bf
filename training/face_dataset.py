"""Shards of speech with what the face does: sound and targets on one clock."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.names import VISEME_INDEX, VISEMES
from pipeline.rates import FPS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.lip_targets import GRID_HZ, MOUTH_POSES, at_frames, mouth_grid, viseme_track
from training.prominence import amplitude, beats_grid, phone_prominence
from training.speech.labels import tightened
from training.speech.phones import Phone

POSES: tuple[str, ...] = (*MOUTH_POSES, "browInnerUp", "browOuterUp", "head_pitch")
HEAD_PITCH_UNIT_RAD = 0.1
_BROW_INNER, _BROW_OUTER = 0.18, 0.32


@dataclass(frozen=True, slots=True)
class Shard:
    """samples: (800 F,) float32; pose: (F, 12) in the order of POSES; closed, stress: (F,);
    viseme: (F, 15) shares of the frame's time; voice: name of engine and voice."""

    voice: str
    samples: np.ndarray
    pose: np.ndarray
    closed: np.ndarray
    stress: np.ndarray
    viseme: np.ndarray


def load_shard(path: Path) -> Shard:
    """One shard of training.speech.corpus (the JSON file; the sound lies beside it)."""
    import soundfile  # only here: making targets and training need no codec

    content = json.loads(path.read_text(encoding="utf-8"))
    samples, rate_hz = soundfile.read(path.with_suffix(".opus"), dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"{path.stem}: {rate_hz} Hz, not {SAMPLE_RATE_HZ}")
    frames = len(samples) // SAMPLES_PER_FRAME
    pose, closed = np.zeros((frames, len(POSES)), np.float32), np.ones(frames, np.float32)
    stress = np.zeros(frames, np.float32)
    viseme = np.zeros((frames, len(VISEMES)), np.float32)
    viseme[:, 0] = 1.0
    for clip in content["clips"]:
        sound = samples[clip["start_sample"] : clip["start_sample"] + clip["samples"]]
        if len(sound):
            _place(clip, sound, (pose, closed, stress, viseme))
    engine = content["clips"][0]["engine"]
    voices = sorted({clip["voice"] for clip in content["clips"]})
    return Shard(
        f"{engine}:{'+'.join(voices)}", samples[: frames * SAMPLES_PER_FRAME], pose, closed,
        stress, viseme,
    )  # fmt: skip


def _place(clip: dict, sound: np.ndarray, tables: tuple[np.ndarray, ...]) -> None:
    """Writes one utterance's targets into those of its shard."""
    pose, closed, stress, viseme = tables
    labelled = [Phone(s, a, b, bool(m)) for s, a, b, m in clip["phones"]]
    phones = tightened(labelled, sound, SAMPLE_RATE_HZ)
    alphabet, length_s = clip["alphabet"], clip["samples"] / SAMPLE_RATE_HZ
    track = viseme_track(phones, alphabet)
    marked = any(p.stressed for p in phones)
    prominence = phone_prominence(phones, alphabet, sound, lexical=marked)
    mouth, lips = mouth_grid(track, amplitude(prominence), length_s)
    nod, brow, beat = beats_grid(phones, prominence, length_s)
    start_s = clip["start_sample"] / SAMPLE_RATE_HZ
    first = int(start_s * FPS)
    # frames whose centre lies in the utterance
    first += int((first + 0.5) / FPS < start_s)
    count = min(len(pose), int((start_s + length_s) * FPS - 0.5) + 1) - first
    grid = np.column_stack(
        [mouth, _BROW_INNER * brow, _BROW_OUTER * brow, nod / HEAD_PITCH_UNIT_RAD, lips, beat]
    )
    rows = at_frames(grid, start_s - first / FPS, count)
    span = slice(first, first + count)
    pose[span], closed[span], stress[span] = rows[:, :-2], rows[:, -2], rows[:, -1]
    viseme[span] = _viseme_shares(track, start_s - first / FPS, count)


def _viseme_shares(track, offset_s: float, frames: int) -> np.ndarray:
    """(frames, 15) share of each frame's time that each viseme takes; what is left is silence."""
    shares = np.zeros((frames, len(VISEMES)), np.float32)
    edges = np.arange(frames + 1) / FPS - offset_s
    for name, start_s, end_s, _ in track:
        inside = np.minimum(edges[1:], end_s) - np.maximum(edges[:-1], start_s)
        shares[:, VISEME_INDEX[name]] += np.maximum(0.0, inside) * FPS
    shares[:, 0] += np.maximum(0.0, 1 - shares.sum(1))
    return shares / shares.sum(1, keepdims=True)


assert GRID_HZ % FPS == 0
