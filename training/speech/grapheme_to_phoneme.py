# ruff: noqa: RUF001  (letters of other scripts are the data)
"""IPA of a sentence from espeak-ng."""

import re
import subprocess

_PUNCTUATION = r'[;:,.!?¡¿—…"«»“”()]+'
# espeak's tied pairs in the one-letter alphabet of Kokoro
_KOKORO_LETTERS = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("o^ʊ", "O"),
    ("ə^ʊ", "Q"), ("s^s", "S"), ("t^s", "ʦ"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"),
)  # fmt: skip


def espeak_ipa(text: str, language: str, tie: str | None = "^") -> str:
    """IPA with the sentence's punctuation kept; `tie` joins the letters of one phone."""
    parts = re.split(f"({_PUNCTUATION})", text)
    words = [p.strip() for p in parts if p.strip() and not re.fullmatch(_PUNCTUATION, p.strip())]
    command = ["espeak-ng", "-q", "--ipa", *([f"--tie={tie}"] if tie else []), "-v", language]
    said = subprocess.run(
        command, input="\n".join(words) + "\n", capture_output=True, text=True, check=True
    ).stdout
    lines = [line.strip() for line in re.sub(r"\([a-z-]+\)", "", said).split("\n") if line.strip()]
    if len(lines) != len(words):
        return " ".join(lines)
    result, spoken = "", iter(lines)
    for part in parts:
        if not part.strip():
            continue
        mark = re.fullmatch(_PUNCTUATION, part.strip())
        result += f"{part.strip()[0]} " if mark else f" {next(spoken)}"
    return re.sub(r"\s+", " ", result).strip()


def kokoro_ipa(text: str, language: str) -> str:
    """The same in Kokoro's alphabet."""
    phonemes = espeak_ipa(text, language)
    for pair, letter in _KOKORO_LETTERS:
        phonemes = phonemes.replace(pair, letter)
    return phonemes.replace("^", "").replace("-", "")
