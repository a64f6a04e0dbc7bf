# ruff: noqa: RUF001  (letters of other scripts are the data)
"""Texts of prompts and espeak-ng's notation of phones."""

import gzip

import pytest

from training.speech.prompt_texts import accented, parse_phones, read_prompts


def test_phones_come_word_by_word_with_their_stress():
    words = parse_phones("p_o_ɾ f_a_β_ˈo_ɾ\n ˈu_n_o")
    assert [[symbol for symbol, _ in word] for word in words] == [
        ["p", "o", "ɾ"], ["f", "a", "β", "o", "ɾ"], ["u", "n", "o"],
    ]  # fmt: skip
    assert [stress for _, stress in words[1]] == [False, False, False, True, False]


def test_marks_of_length_and_language_are_no_phones():
    assert parse_phones("(en)l_o_ɡː_ˈa(it) l_ə- ˈja") == [
        [("l", False), ("o", False), ("ɡ", False), ("a", True)],
        [("l", False), ("ə", False)],
        [("j", True), ("a", True)],
    ]


def test_an_unknown_phone_is_refused():
    with pytest.raises(LookupError, match="no viseme"):
        parse_phones("p_a_⊛")


def test_noises_and_doubtful_texts_are_left_out(tmp_path):
    table = tmp_path / "core.txt.gz"
    lines = "; title\nbeep: [a tone]\nadded: Aggiunto.\nrest: ... il volume...\nbad: sar? esatto\n"
    table.write_bytes(gzip.compress(("\ufeff" + lines).encode()))
    assert read_prompts(table) == {"added": "Aggiunto.", "rest": "il volume"}


def test_spanish_gets_the_accents_that_move_its_stress():
    assert accented("la extension y el numero") == "la extensión y el número"
