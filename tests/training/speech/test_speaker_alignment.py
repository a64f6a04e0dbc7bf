# ruff: noqa: RUF001  (letters of other scripts are the data)
"""Which alignments are believed, and what becomes of the states of a path."""

import numpy as np
import pytest

from pipeline.names import VISEME_INDEX
from training.speech.forced_alignment import HOP_S, RATE_HZ, chain_of
from training.speech.phones import Phone
from training.speech.speaker_alignment import Utterance, fault, phones_of, viseme_scores

WORDS = [[("p", False), ("a", True)], [("l", False), ("ə", False)]]
PHONES = [
    Phone("sil", 0.0, 0.3), Phone("p", 0.3, 0.38), Phone("a", 0.38, 0.5, True),
    Phone("l", 0.5, 0.58), Phone("ə", 0.58, 0.7), Phone("sil", 0.7, 1.0),
]  # fmt: skip


def _utterance(first_s: float, last_s: float) -> Utterance:
    """Noise that is loud from first_s to last_s within one second."""
    draw = np.random.default_rng(1)
    samples = draw.normal(0, 1e-4, RATE_HZ)
    loud = slice(int(first_s * RATE_HZ), int(last_s * RATE_HZ))
    samples[loud] += draw.normal(0, 0.1, loud.stop - loud.start)
    return Utterance("x", "pa le", WORDS, samples.astype(np.float32))


def test_phones_over_the_loud_part_are_believed():
    assert fault(_utterance(0.3, 0.7), PHONES) is None


def test_words_missing_from_the_text_show_as_speech_in_a_pause():
    assert fault(_utterance(0.3, 0.95), PHONES) == "speech in a pause"


def test_words_missing_from_the_sound_show_as_silent_vowels():
    assert fault(_utterance(0.3, 0.55), PHONES) == "silent vowels"


def test_phones_squeezed_to_the_shortest_are_not_believed():
    squeezed = [Phone("sil", 0.0, 0.3)]
    squeezed += [Phone("p", 0.3 + 0.015 * k, 0.315 + 0.015 * k) for k in range(4)]
    squeezed += [Phone("a", 0.36 + 0.1 * k, 0.46 + 0.1 * k) for k in range(3)]
    squeezed += [Phone("sil", 0.66, 1.0)]
    assert fault(_utterance(0.3, 0.66), squeezed) == "phones too short"


def _path(frames: dict[int, int], chain) -> np.ndarray:
    """A path that stays so many frames in each phone of the chain, evenly in its states."""
    states = []
    for phone, count in frames.items():
        of_phone = np.flatnonzero(chain.phone == phone)
        states.append(of_phone[np.arange(count) * len(of_phone) // count])
    return np.concatenate(states)


def test_a_path_becomes_phones_with_their_stress_up_to_the_end_of_the_sound():
    chain = chain_of([[s for s, _ in word] for word in WORDS])
    path = _path({0: 60, 1: 16, 2: 24, 4: 16, 5: 24, 6: 61}, chain)
    phones = phones_of(_utterance(0.3, 0.7), path, chain)
    assert [(p.symbol, p.stressed) for p in phones] == [
        ("sil", False), ("p", False), ("a", True), ("l", False), ("ə", False), ("sil", False),
    ]  # fmt: skip
    assert phones[0].start_s == 0.0
    assert phones[-1].end_s == 1.0
    assert abs(phones[1].start_s - 0.3) <= HOP_S


def test_a_schwa_of_the_shortest_length_was_not_spoken():
    chain = chain_of([[s for s, _ in word] for word in WORDS])
    path = _path({0: 60, 1: 16, 2: 24, 4: 37, 5: 3, 6: 61}, chain)
    phones = phones_of(_utterance(0.3, 0.7), path, chain)
    assert [p.symbol for p in phones] == ["sil", "p", "a", "l", "sil"]
    assert phones[3].end_s == phones[4].start_s


def test_a_diphthong_is_scored_by_its_visemes_in_turn():
    chain = chain_of([["aɪ", "p"]])
    heard = np.tile(np.arange(15.0), (4, 1))
    scores = viseme_scores(heard, chain)[0] / (HOP_S * 30 * 6.0)
    vowel = scores[chain.phone == 1]
    assert vowel[0] == pytest.approx(VISEME_INDEX["aa"])
    assert vowel[2] == pytest.approx(VISEME_INDEX["ih"])
