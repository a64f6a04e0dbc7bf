"""Alignment on sequences whose truth is known."""

import numpy as np
import pytest

from training.speech.forced_alignment import (
    HOP_S,
    PAUSE,
    PAUSE_STATES,
    RATE_HZ,
    PhoneModels,
    best_path,
    cepstra,
    chain_of,
    segments_of,
)

WORDS = [["p", "a"], ["s", "o"]]


def _scores(spans: list[tuple[int, int]], chain, sharp: float = 4.0) -> np.ndarray:
    """(T, S) that favours in each frame the phone of the spans (index of phone, frames)."""
    truth = np.concatenate([np.full(frames, index) for index, frames in spans])
    return np.where(chain.phone[None] == truth[:, None], 0.0, -sharp)


def test_every_phone_is_found_where_the_scores_put_it():
    chain = chain_of(WORDS)
    spans = [(0, 30), (1, 10), (2, 20), (4, 12), (5, 25), (6, 20)]
    path, _ = best_path(_scores(spans, chain), chain)
    found = [
        (index, round((end - start) / HOP_S)) for index, start, end in segments_of(path, chain)
    ]
    assert [index for index, _ in found] == [0, 1, 2, 4, 5, 6]
    assert found[1:-1] == spans[1:-1]


def test_a_pause_between_words_is_found_and_none_is_made_up():
    chain = chain_of(WORDS)
    spans = [(0, 30), (1, 10), (2, 20), (3, 40), (4, 12), (5, 25), (6, 20)]
    path, _ = best_path(_scores(spans, chain), chain)
    pauses = [(a, b) for i, a, b in segments_of(path, chain) if i == 3]
    assert pauses == [pytest.approx((59.5 * HOP_S, 99.5 * HOP_S))]


def test_a_gap_shorter_than_a_pause_stays_with_the_phones():
    chain = chain_of(WORDS)
    spans = [(0, 30), (1, 10), (2, 20), (3, 4), (4, 12), (5, 25), (6, 20)]
    path, _ = best_path(_scores(spans, chain), chain)
    assert 3 not in chain.phone[path]


def test_speech_may_begin_and_end_without_a_pause():
    chain = chain_of(WORDS)
    path, _ = best_path(_scores([(1, 10), (2, 20), (4, 12), (5, 25)], chain), chain)
    assert [chain.phones[i] for i, _, _ in segments_of(path, chain)] == ["p", "a", "s", "o"]


def test_too_short_a_sound_is_refused():
    chain = chain_of(WORDS)
    with pytest.raises(ValueError, match="too short"):
        best_path(np.zeros((5, len(chain.phone))), chain)


def test_a_chain_allows_pauses_around_words_only():
    chain = chain_of(WORDS)
    assert chain.phones == [PAUSE, "p", "a", PAUSE, "s", "o", PAUSE]
    assert len(chain.phone) == 3 * PAUSE_STATES + 4 * 3
    assert (chain.jump >= 0).sum() == 1


def _spoken(draw: np.random.Generator) -> tuple[np.ndarray, list[float]]:
    """A hiss and a hum, twice, with the times at which they change."""
    lengths_s = [0.3, *draw.uniform(0.08, 0.16, 4), 0.3]
    parts, cuts = [], np.cumsum(lengths_s)[:-1]
    for index, length_s in enumerate(lengths_s):
        at_s = np.arange(int(length_s * RATE_HZ)) / RATE_HZ
        hiss = np.diff(draw.normal(0, 0.1, len(at_s) + 1))
        hum = sum(np.sin(2 * np.pi * 140 * k * at_s) / k for k in range(1, 9)) * 0.1
        quiet = draw.normal(0, 1e-4, len(at_s))
        parts.append(quiet if index in (0, 5) else hiss if index % 2 else hum)
    return np.concatenate(parts).astype(np.float32), list(cuts)


def test_models_trained_from_a_bad_start_find_the_sounds():
    draw = np.random.default_rng(3)
    chain = chain_of([["s", "a"], ["s", "a"]])
    sounds, truth = zip(*(_spoken(draw) for _ in range(12)), strict=True)
    features = [cepstra(sound) for sound in sounds]
    paths = []
    for feature, cuts in zip(features, truth, strict=True):
        late = np.array(cuts) + draw.uniform(-0.03, 0.03, len(cuts))
        spans = np.diff(np.r_[0, late, len(feature) * HOP_S]) / HOP_S
        indices = [0, 1, 2, 4, 5, 6]
        counts = np.round(spans).astype(int)
        counts[-1] += len(feature) - counts.sum()
        rough = _scores(list(zip(indices, counts, strict=True)), chain)
        paths.append(best_path(rough, chain)[0])
    models = PhoneModels(features)
    for _ in range(4):
        models.fit(features, [chain] * len(features), paths)
        paths = [best_path(models.scores(f, chain), chain)[0] for f in features]
    errors = []
    for path, cuts in zip(paths, truth, strict=True):
        starts = [start for _, start, _ in segments_of(path, chain)][1:]
        errors += [abs(a - b) for a, b in zip(starts, cuts, strict=True)]
    assert np.median(errors) < 0.008
    assert max(errors) < 0.025


def test_an_unseen_phone_borrows_the_model_of_its_viseme():
    draw = np.random.default_rng(4)
    sound, _ = _spoken(draw)
    feature, chain = cepstra(sound), chain_of([["s", "a"], ["s", "a"]])
    models = PhoneModels([feature])
    spans = [(0, 60), (1, 20), (2, 20), (4, 20), (5, 20), (6, len(feature) - 140)]
    path, _ = best_path(_scores(spans, chain), chain)
    models.fit([feature], [chain], [path])
    assert np.isfinite(models.scores(feature, chain_of([["z", "a"]]))).all()
    with pytest.raises(KeyError):
        models.scores(feature, chain_of([["p", "a"]]))
