"""What speakers say: turns of talk, questions, lists, numbers, hesitations and emphasis."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.speech.texts import sentences

KINDS = ("talk", "question", "list", "numbers", "hesitant", "emphatic", "lips", "short")
_WEIGHTS = (40, 10, 8, 8, 12, 9, 8, 5)
_FALLBACK_WEIGHTS = (80, 0, 0, 12, 0, 0, 8, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance; kind is one of KINDS."""

    kind: str
    text: str


_NAMES = ("Bob", "Maria", "Papa", "Anna", "Theo", "Paul", "Emma", "Victor", "Bibi", "Fabio", "Eva")
_ENGLISH_DIGITS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@cache
def _phrases() -> dict:
    """By language: lines of each kind with {letters} to fill in, and words for these letters."""
    return json.loads(Path(__file__).with_name("phrases.json").read_text(encoding="utf-8"))


def turns(language: str, seed: int) -> Iterator[list[Line]]:
    """Endless turns, each one to six utterances of one speaker in a row."""
    draw = random.Random(seed)
    pool = sentences(language, seed)
    weights = _WEIGHTS if language in _phrases() else _FALLBACK_WEIGHTS
    at = 0
    while True:
        lines = []
        for _ in range(draw.choices((1, 2, 3, 4, 6), (25, 30, 25, 14, 6))[0]):
            kind = draw.choices(KINDS, weights)[0]
            if kind == "talk":
                lines.append(Line(kind, pool[at % len(pool)]))
                at += 1
            else:
                lines.append(Line(kind, _phrase(kind, language, draw)))
        yield lines


def _phrase(kind: str, language: str, draw: random.Random) -> str:
    if language not in _phrases():
        digits = ", ".join(str(draw.randrange(10)) for _ in range(draw.randint(3, 6)))
        return f"{digits}." if kind == "numbers" else "Papa, mama, baba, fafa, vava, pim pam pum."
    content = _phrases()[language]
    text, words = draw.choice(content["lines"][kind]), content["words"]
    while "{" in text:
        name = text[text.index("{") + 1]
        text = text.replace("{" + name + "}", _filling(name, words, draw), 1)
    return text


def _filling(name: str, words: dict[str, list[str]], draw: random.Random) -> str:
    if name == "n":
        return draw.choice(_NAMES)
    if name in words:
        return draw.choice(words[name])
    if name == "h":
        return str(draw.randint(2, 12))
    if name in "ij":
        return str(draw.randint(2, 99))
    digits = [draw.randrange(10) for _ in range(7)]
    if name == "p":  # said in English words; {g} leaves figures to the engine
        spoken = [_ENGLISH_DIGITS[d] for d in digits]
        return f"{' '.join(spoken[:3])}, {' '.join(spoken[3:])}"
    return f"{' '.join(map(str, digits[:3]))}, {' '.join(map(str, digits[3:6]))}"
