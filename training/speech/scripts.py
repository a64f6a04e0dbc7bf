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
_VARIED_WEIGHTS = (30, 16, 11, 12, 14, 6, 7, 4)
_FALLBACK_WEIGHTS = (80, 0, 0, 12, 0, 0, 8, 0)
_FEWEST_QUESTIONS, _LONGEST_QUESTION = 50, 110


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance; kind is one of KINDS."""

    kind: str
    text: str


_NAMES = ("Bob", "Maria", "Papa", "Anna", "Theo", "Paul", "Emma", "Victor", "Bibi", "Fabio", "Eva")
_FIGURES = {"h": (2, 12), "i": (2, 99), "j": (2, 99)}
_ENGLISH_DIGITS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@cache
def _phrases(varied: bool) -> dict:
    """By language: lines of each kind with {letters} to fill in, and words for these letters."""
    name = "varied_phrases.json" if varied else "phrases.json"
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def turns(language: str, seed: int, varied: bool = False) -> Iterator[list[Line]]:
    """Endless turns, each one to six utterances of one speaker in a row.

    varied: less plain talk, from a larger book of phrases; every other question a found one
    """
    draw = random.Random(seed)
    pool = sentences(language, seed)
    content = _phrases(varied).get(language)
    weights = _FALLBACK_WEIGHTS
    if content is not None:
        weights = _VARIED_WEIGHTS if varied else _WEIGHTS
    questions = [text for text in pool if _asks(text)] if varied else []
    at = 0
    while True:
        lines = []
        for _ in range(draw.choices((1, 2, 3, 4, 6), (25, 30, 25, 14, 6))[0]):
            kind = draw.choices(KINDS, weights)[0]
            if kind == "talk":
                lines.append(Line(kind, pool[at % len(pool)]))
                at += 1
            elif kind == "question" and len(questions) > _FEWEST_QUESTIONS and draw.random() < 0.5:
                lines.append(Line(kind, draw.choice(questions)))
            else:
                lines.append(Line(kind, _phrase(kind, content, draw)))
        yield lines


def _asks(text: str) -> bool:
    return text.endswith("?") and len(text) <= _LONGEST_QUESTION and text.lstrip("¿")[:1].isalpha()


def _phrase(kind: str, content: dict | None, draw: random.Random) -> str:
    if content is None:
        digits = ", ".join(str(draw.randrange(10)) for _ in range(draw.randint(3, 6)))
        return f"{digits}." if kind == "numbers" else "Papa, mama, baba, fafa, vava, pim pam pum."
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
    if name == "l":
        items = draw.sample(words["items"], draw.randint(3, 6))
        return f"{', '.join(items[:-1])} {words['and'][0]} {items[-1]}"
    if name in _FIGURES:
        return str(draw.randint(*_FIGURES[name]))
    digits = [draw.randrange(10) for _ in range(7)]
    if name == "p":  # said in English words; {g} leaves figures to the engine
        spoken = [_ENGLISH_DIGITS[d] for d in digits]
        return f"{' '.join(spoken[:3])}, {' '.join(spoken[3:])}"
    return f"{' '.join(map(str, digits[:3]))}, {' '.join(map(str, digits[3:6]))}"
