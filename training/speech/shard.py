"""One shard: utterances, pauses and other sounds on one timeline, written as sound and JSON."""

import json
import os
import random
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from pipeline.rates import SAMPLE_RATE_HZ
from training.speech import nonspeech
from training.speech.opus import write_opus
from training.speech.phones import Phone
from training.speech.scripts import Line
from training.speech.speaker import Speaker

_LEVEL = {"emphatic": (1.1, 1.45), "hesitant": (0.6, 0.95), "short": (0.7, 1.0)}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Pauses in seconds to draw from, after an utterance and after a turn; which share of the
    utterances is drawn out at a pause; which share of the turns begins with one of `sounds`."""

    within_s: tuple[float, ...] = (0.08, 0.15, 0.25, 0.45, 0.8)
    between_s: tuple[float, ...] = (0.2, 0.4, 0.7, 1.1, 1.8, 2.8, 4.0)
    long_pause_share: float = 0.07
    sound_share: float = 0.22
    sounds: tuple[str, ...] = nonspeech.MOUTH_SOUNDS


USUAL = Rhythm()
LIVELY = Rhythm(
    within_s=(0.08, 0.15, 0.25, 0.45, 0.8, 1.4), between_s=(0.2, 0.4, 0.7, 1.1, 1.8, 2.8, 4.5, 7.0),
    long_pause_share=0.2, sound_share=0.4,
    sounds=(*nonspeech.MOUTH_SOUNDS, *nonspeech.LIVELY_SOUNDS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A line as it sounds: (n,) float32 at 24 kHz and its phones; alphabet as in phones.py."""

    speaker: Speaker
    line: Line
    samples: np.ndarray
    phones: list[Phone]
    alphabet: str


@dataclass(slots=True)
class Timeline:
    """A shard being put together."""

    draw: random.Random
    rhythm: Rhythm = USUAL
    sounds: list[np.ndarray] = field(default_factory=list)
    clips: list[dict] = field(default_factory=list)
    length_samples: int = 0

    @property
    def length_s(self) -> float:
        return self.length_samples / SAMPLE_RATE_HZ

    def add_turn(self, turn: list[Said], number: int) -> None:
        """One speaker's utterances in a row, with pauses, and perhaps a breath before them."""
        rhythm = self.rhythm
        if self.draw.random() < rhythm.sound_share:
            sound = self.draw.choice(rhythm.sounds)
            self.add_nonspeech(sound, quiet=sound in nonspeech.MOUTH_SOUNDS)
        for index, said in enumerate(turn):
            self._add_speech(said, number)
            last = index == len(turn) - 1
            self.add_pause(self.draw.choice(rhythm.between_s if last else rhythm.within_s))

    def _add_speech(self, said: Said, turn: int) -> None:
        samples, phones = said.samples, said.phones
        if self.draw.random() < self.rhythm.long_pause_share:
            samples, phones = with_long_pause(
                samples, phones, self.draw.uniform(0.8, 4.0), self.draw
            )
        peak = said.speaker.peak * self.draw.uniform(*_LEVEL.get(said.line.kind, (0.8, 1.15)))
        samples = samples * (min(0.95, peak) / max(1e-4, float(np.abs(samples).max())))
        self._append(samples, {
            "engine": said.speaker.engine, "voice": said.speaker.voice,
            "alphabet": said.alphabet, "kind": said.line.kind,
            "language": said.speaker.language, "speaker": said.speaker.label, "turn": turn,
            "text": said.line.text,
            "phones": [[p.symbol, p.start_s, p.end_s, int(p.stressed)] for p in phones],
        })  # fmt: skip

    def add_nonspeech(self, sound: str, quiet: bool = False) -> None:
        noise = np.random.default_rng(self.draw.getrandbits(32))
        level = self.draw.uniform(0.01, 0.08) if quiet else 0.8 * 10 ** -self.draw.uniform(0, 1.6)
        self._append(nonspeech.make(sound, noise) * np.float32(level), {
            "engine": "noise", "voice": sound, "alphabet": "ipa", "kind": "nonspeech",
            "phones": [],
        })  # fmt: skip
        self.add_pause(self.draw.uniform(0.02, 0.3) if quiet else self.draw.uniform(0.1, 1.2))

    def add_pause(self, seconds: float) -> None:
        pause = np.zeros(int(seconds * SAMPLE_RATE_HZ), np.float32)
        self.sounds.append(pause)
        self.length_samples += len(pause)

    def _append(self, samples: np.ndarray, clip: dict) -> None:
        self.clips.append({**clip, "start_sample": self.length_samples, "samples": len(samples)})
        self.sounds.append(samples.astype(np.float32))
        self.length_samples += len(samples)

    def write(self, json_path: Path, job: str, kbit: int) -> None:
        """The sound first, then the JSON: a JSON file means a finished shard."""
        write_opus(json_path.with_suffix(".opus"), np.concatenate(self.sounds), kbit)
        content = {"job": job, "samples": self.length_samples, "clips": self.clips}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        partial = json_path.with_suffix(".json.partial")
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, json_path)


def with_long_pause(
    samples: np.ndarray, phones: list[Phone], seconds: float, draw: random.Random
) -> tuple[np.ndarray, list[Phone]]:
    """Silence put into the middle of one of the utterance's inner pauses, if it has any."""
    inner = [k for k in range(1, len(phones) - 1) if phones[k].symbol == "sil"]
    if not inner:
        return samples, phones
    chosen = draw.choice(inner)
    middle = int((phones[chosen].start_s + phones[chosen].end_s) / 2 * SAMPLE_RATE_HZ)
    added_s = round(seconds, 3)
    silence = np.zeros(round(added_s * SAMPLE_RATE_HZ), np.float32)
    fade = min(48, middle, len(samples) - middle)
    longer = np.concatenate([samples[:middle], silence, samples[middle:]])
    ramp = np.linspace(1, 0, fade, dtype=np.float32)
    longer[middle - fade : middle] *= ramp
    longer[middle + len(silence) : middle + len(silence) + fade] *= ramp[::-1]
    moved = list(phones)
    moved[chosen] = replace(phones[chosen], end_s=round(phones[chosen].end_s + added_s, 4))
    for index in range(chosen + 1, len(phones)):
        phone = phones[index]
        start_s, end_s = round(phone.start_s + added_s, 4), round(phone.end_s + added_s, 4)
        moved[index] = replace(phone, start_s=start_s, end_s=end_s)
    return longer, moved
