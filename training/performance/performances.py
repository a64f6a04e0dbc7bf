"""Performs the speech corpus: every shard several times, each time in another style."""

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from pipeline.knobs import KNOBS
from pipeline.rates import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.performance.perform import Performance, perform
from training.performance.presets import PRESETS, preset
from training.performance.score import Habits, Score

NEAR_PRESETS_SHARE, PRESET_JITTER = 0.4, 0.05
USUAL_GESTURE_SHARE = 0.6
LARGEST_GESTURE = 2.0


def drawn_style(draw: np.random.Generator) -> np.ndarray:
    """(14,) float32 knobs: near one of the presets, or anywhere."""
    if draw.uniform() < NEAR_PRESETS_SHARE:
        point = preset(PRESETS[draw.integers(len(PRESETS))])
        knobs = point + PRESET_JITTER * draw.standard_normal(len(KNOBS))
    else:
        knobs = draw.uniform(size=len(KNOBS))
    return np.clip(knobs, 0.0, 1.0).astype(np.float32)


def drawn_gesture(draw: np.random.Generator) -> float:
    """Intensity of gestures: mostly the usual one."""
    if draw.uniform() < USUAL_GESTURE_SHARE:
        return 1.0
    return float(draw.uniform(0.0, LARGEST_GESTURE))


def read_score(shard: Path) -> Score:
    """The score of one shard of training.speech.corpus; shard: path of its JSON file."""
    clips = json.loads(shard.read_text())["clips"]
    samples, rate_hz = soundfile.read(shard.with_suffix(".opus"), dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    return Score.of_clips(samples, clips, len(samples) // SAMPLES_PER_FRAME)


def performances(
    shard_paths: list[Path], per_shard: int, workers: int, out: Path, seconds: float | None = None
) -> Iterator[Path]:
    """Writes one NNN.npz per shard and yields its path when it is done.

    A shard whose file exists is left alone; none is begun later than `seconds` from now. K
    performances of T frames, all of the same sound:

    face (K, T, FACE_SIZE), body (K, T, BODY_SIZE), closed (K, T) float16; state
    (T,) uint8; style (K, 14), gesture (K,) float32; strokes (S, 3) float32: index of the
    performance, start of the stroke and onset of the accented vowel in seconds; accents (A, 2)
    float32: onset, strength; nods (N, 2) float32: index of the performance, start in seconds;
    moves (M, 3 + 2 POSE_SIZE) float32: index of the performance, then as in gestures
    """
    out.mkdir(parents=True, exist_ok=True)
    deadline_s = time.monotonic() + seconds if seconds is not None else np.inf
    missing = [path for path in sorted(shard_paths) if not _target(path, out).exists()]
    work = partial(_perform_shard, per_shard=per_shard, out=out, deadline_s=deadline_s)
    if workers <= 1:
        yield from (path for path in map(work, missing) if path)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from (path for path in pool.imap_unordered(work, missing) if path)


def _target(shard: Path, out: Path) -> Path:
    return out / f"{shard.stem}.npz"


def _perform_shard(shard: Path, per_shard: int, out: Path, deadline_s: float) -> Path | None:
    # CLOCK_MONOTONIC is the same in all processes.
    if time.monotonic() >= deadline_s:
        return None
    score = read_score(shard)
    number = int.from_bytes(shard.stem.encode(), "big") % (1 << 31)
    draw = np.random.default_rng([number, 1])
    made, styles, gestures = [], [], []
    for index in range(per_shard):
        styles.append(drawn_style(draw))
        gestures.append(drawn_gesture(draw))
        theirs = replace(score, habits=Habits.drawn(draw))
        made.append(perform(theirs, styles[-1], gestures[-1], number + 7919 * index))
    target = _target(shard, out)
    part = target.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez(file, allow_pickle=False, **_arrays(made, styles, gestures))
    os.replace(part, target)
    return target


def _arrays(
    made: list[Performance], styles: list[np.ndarray], gestures: list[float]
) -> dict[str, np.ndarray]:
    strokes = [
        (index, *stroke)
        for index, one in enumerate(made)
        for stroke in zip(one.strokes, one.stroke_accents, strict=True)
    ]
    nods = [(index, start_s) for index, one in enumerate(made) for start_s in one.nods]
    return {
        "style": np.array(styles, np.float32),
        "gesture": np.array(gestures, np.float32),
        "face": np.stack([one.face for one in made]).astype(np.float16),
        "body": np.stack([one.body for one in made]).astype(np.float16),
        "closed": np.stack([one.closed for one in made]).astype(np.float16),
        "state": made[0].state,
        "strokes": np.array(strokes, np.float32).reshape(-1, 3),
        "nods": np.array(nods, np.float32).reshape(-1, 2),
        "moves": np.concatenate([np.insert(m.moves, 0, k, 1) for k, m in enumerate(made)]).astype(
            np.float32
        ),
        "accents": made[0].accents.astype(np.float32),
    }
