"""The sounds that are measured: recordings aligned with their phones, and long stretches."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from training.speech.phones import viseme_parts

Visemes = list[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class AlignedClip:
    """samples (n,) at 24 kHz; visemes: (name, start_s, end_s) in order"""

    name: str
    speaker: str
    samples: np.ndarray
    visemes: Visemes


@dataclass(frozen=True, slots=True)
class Section:
    """A long stretch of speech: samples (n,) at 24 kHz, a whole number of video frames.

    utterances: as in the JSON file of a corpus shard, for the teacher; None: nobody wrote them down
    """

    name: str
    samples: np.ndarray
    utterances: list[dict] | None

    @property
    def frames(self) -> int:
        return len(self.samples) // SAMPLES_PER_FRAME


def aligned_clips(folder: Path, share: str | None = None) -> Iterator[AlignedClip]:
    """Sounds of a folder that have NAME.json with "phones" beside them, in order; `share` selects
    those marked so. "alphabet" and "speaker" are optional."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(record, dict) or (share and record.get("share") != share):
            continue
        sound = next(p for p in path.parent.glob(f"{path.stem}.*") if p.suffix != ".json")
        visemes = visemes_of(record["phones"], record.get("alphabet", "arpabet"))
        speaker = record.get("speaker") or _speaker(path.stem)
        yield AlignedClip(path.stem, speaker, decode_audio(sound), visemes)


def visemes_of(phones: list[dict], alphabet: str) -> Visemes:
    """What the mouth passes through, from phones with "phone", "start" and "end" in seconds."""
    visemes = []
    for phone in phones:
        at, length = phone["start"], phone["end"] - phone["start"]
        for name, part in viseme_parts(phone["phone"], alphabet):
            visemes.append((name, at, at + part * length))
            at += part * length
    return visemes


def _speaker(name: str) -> str:
    """Recordings of one series are numbered; the prompts, which are not, have one speaker."""
    series = re.fullmatch(r"(.*?)[-_]?\d{3,}", name)
    return (series[1] or "numbered") if series else "prompts"


def sections(folder: Path, count: int, length_s: float) -> list[Section]:
    """The beginnings of `count` sounds of a folder, chosen evenly among those long enough: corpus
    shards (NNN.json beside the sound) or any other sound files.

    Raises:
        ValueError: there are too few
    """
    sounds = [p for p in sorted(folder.iterdir()) if p.suffix in (".opus", ".wav", ".flac")]
    size = round(length_s * FPS) * SAMPLES_PER_FRAME
    found: list[Section] = []
    for place in _spread(len(sounds)):
        if len(found) == count:
            return found
        path = sounds[place]
        samples = decode_audio(path)
        if len(samples) >= size:
            found.append(section_of(path.stem, samples[:size], _utterances(path)))
    if len(found) < count:
        raise ValueError(f"{folder} has {len(found)} sounds of {length_s:g} s, not {count}")
    return found


def section_of(name: str, samples: np.ndarray, utterances: list[dict] | None) -> Section:
    """A section of whole utterances: silent from where one would be cut off."""
    if utterances is None:
        return Section(name, samples, None)
    whole = [u for u in utterances if u["start_sample"] + u["samples"] <= len(samples)]
    cut = [u["start_sample"] for u in utterances if u not in whole]
    sound = samples.copy()
    sound[min(cut, default=len(sound)) :] = 0.0
    return Section(name, sound, whole)


def _spread(count: int) -> list[int]:
    """All of range(count), so that any first few are spread over it (golden ratio)."""
    golden = 0.5 * (5.0**0.5 - 1.0)
    return list(dict.fromkeys(((np.arange(3 * count) * golden % 1.0) * count).astype(int).tolist()))


def _utterances(sound: Path) -> list[dict] | None:
    path = sound.with_suffix(".json")
    content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return content.get("clips") if isinstance(content, dict) else None
