"""Aligns all utterances of one speaker, and tells which of them do not fit their text."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.signal import resample_poly

from pipeline.model_folder import MODELS
from pipeline.names import VISEME_INDEX
from pipeline.network import load_network
from pipeline.rates import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk
from training.speech.forced_alignment import (
    HOP_S,
    PAUSE,
    RATE_HZ,
    STATES,
    Chain,
    PhoneModels,
    best_path,
    cepstra,
    chain_of,
    segments_of,
)
from training.speech.phones import Phone, viseme_parts

ROUNDS = 4  # the first two on the utterances of the first alignment alone
_BOOTSTRAP_UTTERANCES, _BOOTSTRAP_S = 70, 6.0
_FRAME_S = SAMPLES_PER_FRAME / SAMPLE_RATE_HZ
_VOWELS = frozenset({"aa", "E", "ih", "oh", "ou"})


class Utterance(NamedTuple):
    """A recording (n,) at 16 kHz and its words of (IPA symbol, stressed)."""

    name: str
    text: str
    words: list[list[tuple[str, bool]]]
    samples: np.ndarray


def heard_visemes(samples: np.ndarray, features: SpeechFeatures) -> np.ndarray:
    """(T, 15) log posteriors of the shipped encoder, one row per HOP_S."""
    stream = resample_poly(samples, 3, 2).astype(np.float32)
    stream = np.pad(stream, (0, -len(stream) % SAMPLES_PER_FRAME + SAMPLES_PER_FRAME))
    state, rows = features.init_state(), []
    for start in range(0, len(stream), SAMPLES_PER_FRAME):
        chunk = AudioChunk(stream[start : start + SAMPLES_PER_FRAME], start, 0.0)
        frame, state = features.step(chunk, state)
        rows.append(np.log(np.maximum(frame.viseme, 1e-3)))
    at_s = np.arange(len(samples) // int(RATE_HZ * HOP_S) + 1) * HOP_S
    middle_s = (np.arange(len(rows)) + 0.5) * _FRAME_S
    return np.stack([np.interp(at_s, middle_s, column) for column in np.stack(rows, 1)], axis=1)


def viseme_scores(heard: np.ndarray, chain: Chain) -> np.ndarray:
    """(T, S) of viseme posteriors; a diphthong's states pass through its visemes."""
    columns = []
    for index, part in zip(chain.phone, chain.part, strict=True):
        visemes = viseme_parts(chain.phones[index], "ipa")
        name = visemes[min(len(visemes) - 1, int(part) * len(visemes) // STATES)][0]
        columns.append(VISEME_INDEX[name])
    return heard[:, columns] * (HOP_S / _FRAME_S) * 6.0


def align_all(utterances: Sequence[Utterance]) -> list[tuple[Utterance, list[Phone]]]:
    """Phones of every utterance that is long enough for its text."""
    first = [u for u in utterances if 1.0 < len(u.samples) / RATE_HZ < _BOOTSTRAP_S]
    first = first[:: max(1, len(first) // _BOOTSTRAP_UTTERANCES)]
    encoder = SpeechFeatures(load_network(MODELS / "speech", "cpu"))
    features = {u.name: cepstra(u.samples) for u in utterances}
    chains = {u.name: chain_of([[s for s, _ in w] for w in u.words]) for u in utterances}
    paths: dict[str, np.ndarray] = {}
    for utterance in first:
        heard = heard_visemes(utterance.samples, encoder)
        try:
            scores = viseme_scores(heard, chains[utterance.name])
            paths[utterance.name], _ = best_path(scores, chains[utterance.name])
        except ValueError:
            continue
    models = PhoneModels(list(features.values()))
    for round_ in range(ROUNDS):
        names = list(paths)
        models.fit(
            [features[n] for n in names], [chains[n] for n in names], [paths[n] for n in names]
        )
        named = names if round_ < 2 else [u.name for u in utterances]
        paths = {}
        for name in named:
            try:
                scores = models.scores(features[name], chains[name])
                paths[name], _ = best_path(scores, chains[name])
            except (ValueError, LookupError):
                continue
    return [(u, phones_of(u, paths[u.name], chains[u.name])) for u in utterances if u.name in paths]


def phones_of(utterance: Utterance, path: np.ndarray, chain: Chain) -> list[Phone]:
    """Phones from the first sample to the last; a schwa that was left out is no phone."""
    stressed = {}
    index = 1
    for word in utterance.words:
        for _, stress in word:
            stressed[index] = stress
            index += 1
        index += 1  # the pause behind it
    length_s = len(utterance.samples) / RATE_HZ
    found: list[list] = []
    for index, start_s, end_s in segments_of(path, chain):
        symbol = chain.phones[index]
        if symbol == "ə" and end_s - start_s < (STATES + 1.5) * HOP_S and found:
            found[-1][2] = end_s
            continue
        found.append([symbol, start_s, end_s, stressed.get(index, False)])
    found[-1][2] = length_s
    return [Phone(s, round(a, 4), round(b, 4), m) for s, a, b, m in found if b > a]


def levels_db(samples: np.ndarray) -> np.ndarray:
    """Level of 20 ms around every multiple of HOP_S."""
    hop, window = int(RATE_HZ * HOP_S), int(RATE_HZ * 0.02)
    power = np.pad(samples.astype(np.float64) ** 2, (window // 2, window))
    total = np.concatenate([[0.0], np.cumsum(power)])
    at = np.arange(len(samples) // hop + 1) * hop
    return 10 * np.log10((total[at + window] - total[at]) / window + 1e-10)


def fault(utterance: Utterance, phones: Sequence[Phone]) -> str | None:
    """Why an alignment cannot be trusted: judged by level and durations, not by its own score."""
    level = levels_db(utterance.samples)
    loud_db = np.percentile(level, 95)
    label = np.zeros(len(level), int)  # 0 pause, 1 consonant, 2 vowel
    shortest = vowels = 0
    longest_s = 0.0
    for phone in phones:
        if phone.symbol == PAUSE:
            continue
        vowel = viseme_parts(phone.symbol, "ipa")[0][0] in _VOWELS
        label[round(phone.start_s / HOP_S) : round(phone.end_s / HOP_S)] = 2 if vowel else 1
        shortest += phone.end_s - phone.start_s < (STATES + 0.5) * HOP_S
        vowels += vowel
        longest_s = max(longest_s, phone.end_s - phone.start_s)
    count = sum(p.symbol != PAUSE for p in phones)
    spoken_s = float((label > 0).sum()) * HOP_S
    if not count or not 4.0 < count / max(spoken_s, 0.01) < 24.0:
        return "tempo"
    if shortest / count > 0.12:
        return "phones too short"
    if longest_s > 0.6:
        return "phone too long"
    if (level[label == 0] > loud_db - 20).sum() * HOP_S > max(0.08, 0.03 * spoken_s):
        return "speech in a pause"
    if vowels and (level[label == 2] < loud_db - 30).mean() > 0.10:
        return "silent vowels"
    return None
