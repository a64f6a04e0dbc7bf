"""Reads shards of the speech corpus as scores."""

from dataclasses import replace

import numpy as np

from pipeline.rates import FPS, HOPS_PER_FRAME, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.lip_targets import viseme_track
from training.performance.score import Habits, Score
from training.performance.structure import (
    accents_of,
    hesitations_of,
    phrases_of,
    states,
    voiced_frames,
    with_pauses,
)
from training.prominence import track_prominence
from training.speech.labels import tightened
from training.speech.phones import Phone
from training.voice_track import voice_track


def read_clips(samples: np.ndarray, clips: list[dict], frames: int, habits: Habits) -> Score:
    """See Score.of_clips."""
    per_hop = voice_track(samples[: frames * SAMPLES_PER_FRAME])
    energy_db, f0_hz = (track[HOPS_PER_FRAME - 1 :: HOPS_PER_FRAME] for track in per_hop)
    spoken: list[Phone] = []
    alphabets: list[str] = []
    values: list[float] = []
    for clip in clips:
        phones = _placed(clip, samples)
        if not phones:
            continue
        marked = any(p.stressed for p in phones)
        spoken += phones
        alphabets += [clip["alphabet"]] * len(phones)
        values += list(track_prominence(phones, clip["alphabet"], energy_db, f0_hz, marked))
    return score_of(spoken, alphabets, values, (energy_db, f0_hz), habits)


def _placed(clip: dict, samples: np.ndarray) -> list[Phone]:
    """The phones of an utterance in the time of its shard."""
    first = clip["start_sample"]
    sound = samples[first : first + clip["samples"]]
    labelled = [Phone(s, a, b, bool(m)) for s, a, b, m in clip["phones"]]
    if not labelled or not len(sound):
        return []
    start_s = first / SAMPLE_RATE_HZ
    return [
        replace(p, start_s=p.start_s + start_s, end_s=p.end_s + start_s)
        for p in tightened(labelled, sound, SAMPLE_RATE_HZ)
    ]


def score_of(
    spoken: list[Phone],
    alphabets: list[str],
    values: list[float],
    track: tuple[np.ndarray, np.ndarray],
    habits: Habits,
) -> Score:
    """A score from phones with their alphabets and prominence, and (energy_db, f0_hz)."""
    energy_db, f0_hz = track
    frames = len(energy_db)
    known = {id(p): (a, v) for p, a, v in zip(spoken, alphabets, values, strict=True)}
    phones = with_pauses(spoken, frames / FPS)
    prominence = np.array([known.get(id(p), ("", 0.0))[1] for p in phones])
    visemes = tuple(
        (name, start_s, end_s, float(index))
        for index, phone in enumerate(phones)
        for name, start_s, end_s, _ in _parts(phone, known.get(id(phone), ("ipa", 0.0))[0])
    )
    voiced = voiced_frames(visemes, frames)
    phrases = phrases_of(visemes, f0_hz)
    return Score(
        phones, visemes, prominence, energy_db, f0_hz, voiced, states(voiced),
        accents_of(phones, prominence), phrases, hesitations_of(visemes, phrases), habits,
    )  # fmt: skip


def _parts(phone: Phone, alphabet: str) -> list[tuple[str, float, float, float]]:
    """The visemes of a phone; in the alphabet "viseme" it is one already."""
    if alphabet == "viseme":
        return [(phone.symbol, phone.start_s, phone.end_s, 0.0)]
    return viseme_track([phone], alphabet)
