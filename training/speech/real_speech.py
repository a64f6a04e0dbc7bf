"""Shards of real speakers with aligned phones: `python -m training.speech.real_speech`.

Needs training/requirements.txt, ffmpeg, espeak-ng and the Debian packages
asterisk-core-sounds-{es,fr,it,ru} with their -g722 variants (voice prompts, 16 kHz). The speaker's
own phone models are trained on his prompts, from a first alignment by the shipped encoder's
visemes; utterances that do not fit their text are left out. Shards have the names and the format
of training.speech.corpus with the engine "real": real_es_000.opus, real_es_000.json.
"""

import argparse
import hashlib
import json
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from pipeline.rates import SAMPLE_RATE_HZ
from training.speech.disguise import move_formants, tape
from training.speech.forced_alignment import PAUSE, RATE_HZ
from training.speech.opus import NATURAL_KBIT, write_opus
from training.speech.phones import Phone
from training.speech.prompt_texts import accented, phone_words, read_prompts
from training.speech.speaker_alignment import Utterance, align_all, fault

SOUNDS = Path("/usr/share/asterisk/sounds")
TEXTS = Path("/usr/share/doc")
# prompts that development clips are made of: never trained on, in no language
KEPT_OUT = frozenset(
    {"agent-alreadyon", "agent-newlocation", "conf-usermenu", "conf-usermenu-162"}
    | {"conf-adminmenu", "conf-adminmenu-162"}  # nearly the same words
)
EVALUATED_SHARE = 0.05  # of the prompts are for evaluation
_SHARD_S = 240.0
_FILES_TO_A_PROCESS = 40
_SHORTEST_S, _LONGEST_S = 0.5, 45.0
# pitch (and tempo) and formants of each copy, drawn about these ratios
_COPIES = ((1.0, 1.0), (0.84, 0.9), (1.17, 1.09), (1.0, 1.12), (0.92, 1.04), (1.08, 0.95))


@dataclass(frozen=True, slots=True)
class Speaker:
    """name: of the voice in the shards; folder: of the prompts; espeak: voice that tells the
    phones; licence and credit: of the recordings."""

    name: str
    language: str
    folder: str
    espeak: str
    licence: str
    credit: str


SPEAKERS = (
    Speaker("ivrvoice", "ru", "ru_RU_f_IvrvoiceRU", "ru", "CC-BY-3.0", "Maxim Topal"),
    Speaker("carlo", "it", "it_IT_m_Carlo", "it", "CC-BY-3.0", "Carlo Flora"),
    Speaker("june", "fr", "fr_CA_f_June", "fr-fr", "CC-BY-SA-3.0", "June Wallack"),
    Speaker("allison", "es", "es_MX_f_Allison", "es-419", "CC-BY-SA-3.0", "Allison Smith"),
)


def read_sounds(paths: Sequence[Path]) -> Iterator[np.ndarray]:
    """(n,) float32 at 16 kHz of each file; many to a process, as starting ffmpeg costs most."""
    for first in range(0, len(paths), _FILES_TO_A_PROCESS):
        some = paths[first : first + _FILES_TO_A_PROCESS]
        with tempfile.TemporaryDirectory() as folder:
            command = ["ffmpeg", "-v", "error", "-threads", "1"]
            for path in some:
                command += ["-i", str(path)]
            for index in range(len(some)):
                command += ["-map", f"{index}:a", "-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1"]
                command.append(f"{folder}/{index}")
            subprocess.run(command, check=True)
            for index in range(len(some)):
                raw = (Path(folder) / str(index)).read_bytes()
                yield np.frombuffer(raw, np.int16).astype(np.float32) / 32768


def utterances(speaker: Speaker, dropped: Counter) -> list[Utterance]:
    """All prompts of a speaker that have a text and a fit length."""
    table = TEXTS / f"asterisk-core-sounds-{speaker.language}"
    texts = read_prompts(table / f"core-sounds-{speaker.language}.txt.gz")
    said = []
    for name, text in sorted(texts.items()):
        path = SOUNDS / speaker.folder / f"{name}.g722"
        if not path.is_file() or name in KEPT_OUT:
            dropped["kept out" if name in KEPT_OUT else "no sound"] += 1
            continue
        try:
            full = accented(text) if speaker.language == "es" else text
            said.append((path, name, full, phone_words(full, speaker.espeak)))
        except LookupError:
            dropped["unknown phone"] += 1
    found = []
    sounds = read_sounds([path for path, *_ in said])
    for (_, name, text, words), samples in zip(said, sounds, strict=True):
        if _SHORTEST_S < len(samples) / RATE_HZ < _LONGEST_S and sum(map(len, words)) > 2:
            found.append(Utterance(name, text, words, samples))
        else:
            dropped["length"] += 1
    return found


def is_evaluated(name: str) -> bool:
    """Does a prompt belong to the share that is never trained on? The same in each language."""
    return int(hashlib.sha256(f"real {name}".encode()).hexdigest(), 16) % 1000 < (
        1000 * EVALUATED_SHARE
    )


def disguised(
    samples: np.ndarray, phones: list[Phone], pitch: float, formant: float
) -> tuple[np.ndarray, list[Phone]]:
    """As another speaker: pitch and tempo by a tape's ratio, the formants by one of their own."""
    if pitch != 1:
        samples, phones = tape(samples, phones, pitch)
        pitch = round(100 * pitch) / 100
    return move_formants(samples, RATE_HZ, formant / pitch), phones


class ShardFolder:
    """Writes clips one behind the other into shards of about four minutes."""

    def __init__(self, folder: Path, speaker: Speaker):
        self._folder, self._speaker = folder, speaker
        self._sounds: list[np.ndarray] = []
        self._clips: list[dict] = []
        self._at_sample = self.count = 0

    def add(self, samples: np.ndarray, phones: list[Phone], disguise: str, pause_s: float) -> None:
        """One utterance (n,) at 16 kHz, how it was disguised and the silence behind it."""
        samples = resample_poly(samples, 3, 2).astype(np.float32)
        samples *= 0.6 / max(1e-4, float(np.abs(samples).max()))
        self._clips.append({
            "engine": "real", "voice": self._speaker.name, "language": self._speaker.language,
            "licence": self._speaker.licence, "disguise": disguise,
            "start_sample": self._at_sample, "samples": len(samples), "alphabet": "ipa",
            "phones": [[p.symbol, p.start_s, p.end_s, int(p.stressed)] for p in phones],
        })  # fmt: skip
        pause = np.zeros(int(pause_s * SAMPLE_RATE_HZ), np.float32)
        self._sounds += [samples, pause]
        self._at_sample += len(samples) + len(pause)
        if self._at_sample > _SHARD_S * SAMPLE_RATE_HZ:
            self.close()

    def close(self) -> None:
        """Finishes the shard begun."""
        if not self._clips:
            return
        name = f"real_{self._speaker.language}_{self.count:03d}"
        write_opus(self._folder / f"{name}.opus", np.concatenate(self._sounds), NATURAL_KBIT)
        record = {"job": name, "clips": self._clips}
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        (self._folder / f"{name}.json").write_text(text, encoding="utf-8")
        self._sounds, self._clips, self._at_sample = [], [], 0
        self.count += 1


def write_shards(
    speaker: Speaker, aligned: list[tuple[Utterance, list[Phone]]], copies: int, folder: Path
) -> int:
    """Each utterance as it is and in disguise; returns the number of shards."""
    draw = random.Random(speaker.name)
    shards = ShardFolder(folder, speaker)
    for pitch, formant in _COPIES[:copies]:
        order = aligned[:]
        draw.shuffle(order)
        for utterance, phones in order:
            ratios = (1.0, 1.0)
            if (pitch, formant) != ratios:
                ratios = pitch + draw.uniform(-0.03, 0.03), formant + draw.uniform(-0.03, 0.03)
            sound = disguised(utterance.samples, phones, *ratios)
            label = "pitch {:.2f} formants {:.2f}".format(*ratios)
            shards.add(*sound, label, draw.choice((0.15, 0.3, 0.6, 1.2)))
    shards.close()
    return shards.count


def write_evaluation(
    speaker: Speaker, aligned: list[tuple[Utterance, list[Phone]]], out: Path
) -> None:
    """NAME.wav and NAME.json as bench.phone_alignment writes them, the phones in IPA."""
    for utterance, phones in aligned:
        name = f"{speaker.language}_{utterance.name.replace('/', '_')}"
        soundfile.write(out / f"{name}.wav", utterance.samples, RATE_HZ, subtype="PCM_16")
        record = {
            "id": name, "text": utterance.text, "share": "final", "lang": speaker.language,
            "speaker": speaker.name, "licence": speaker.licence, "alphabet": "ipa",
            "phones": [{"phone": p.symbol, "start": p.start_s, "end": p.end_s} for p in phones],
        }  # fmt: skip
        text = json.dumps(record, indent=1, ensure_ascii=False)
        (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def make(speaker: Speaker, shards: Path, evaluation: Path, copies: int) -> None:
    """Shards and evaluation clips of one speaker; prints what was left out."""
    dropped: Counter = Counter()
    good = []
    for utterance, phones in align_all(utterances(speaker, dropped)):
        reason = fault(utterance, phones)
        if reason:
            dropped[reason] += 1
        else:
            good.append((utterance, phones))
    trained = [pair for pair in good if not is_evaluated(pair[0].name)]
    held = [pair for pair in good if is_evaluated(pair[0].name)]
    count = write_shards(speaker, trained, copies, shards)
    write_evaluation(speaker, held, evaluation)
    seconds = sum(len(u.samples) for u, _ in trained) / RATE_HZ
    spoken = sum(p.end_s - p.start_s for _, phones in trained for p in phones if p.symbol != PAUSE)
    print(
        f"{speaker.language} {speaker.name}: {len(trained)} utterances, {seconds / 60:.1f} min "
        f"({spoken / 60:.1f} min of phones), {count} shards; {len(held)} for evaluation; "
        f"left out {dict(dropped)}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("cache/speech"))
    parser.add_argument("--evaluation", type=Path, default=Path("cache/prompts_other"))
    parser.add_argument("--languages", nargs="*", default=[s.language for s in SPEAKERS])
    parser.add_argument("--copies", type=int, default=4, help="1: undisguised only; up to 6")
    options = parser.parse_args()
    shards = options.cache / "shards"
    for folder in (shards, options.evaluation):
        folder.mkdir(parents=True, exist_ok=True)
    for speaker in SPEAKERS:
        if speaker.language in options.languages:
            make(speaker, shards, options.evaluation, options.copies)


if __name__ == "__main__":
    main()
