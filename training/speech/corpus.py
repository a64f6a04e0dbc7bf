"""Makes the speech corpus: `python -m training.speech.corpus --kokoro-voices FOLDER`.

Every shard is one Ogg Opus file (24 kHz mono, about 4 minutes) and a JSON list of its utterances
with phone times; a finished shard is not made again. Needs training/requirements.txt, the Debian
packages flite, festival (+ voices), espeak-ng, fortunes*, wordnet-base, and the unpacked
`npm pack kokoro-js`.
"""

import argparse
import json
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from pipeline.rates import SAMPLE_RATE_HZ
from training.speech import labels
from training.speech.classic_voices import Espeak, Festival, Flite
from training.speech.disguise import tape, world
from training.speech.neural_voices import Hibari, Kokoro, Piper
from training.speech.spoken import Spoken
from training.speech.texts import sentences

OPUS_COMPRESSION = 0.91  # libsndfile's scale; about 28 kbit/s
_FESTIVAL_BATCH = 12
_KOKORO_VOICES = (
    "af_heart", "am_michael", "bf_emma", "bm_george", "af_bella", "am_fenrir", "af_nicole",
    "am_puck", "af_sky", "am_onyx", "bf_isabella", "bm_fable", "ef_dora", "ff_siwis", "if_sara",
    "im_nicola", "af_kore", "am_echo", "bm_lewis", "pf_dora",
)  # fmt: skip
_MORE_KOKORO_VOICES = (
    "am_adam", "af_nova", "bm_daniel", "bf_alice", "am_liam", "af_sarah", "am_eric", "bf_lily",
    "pm_alex", "em_alex", "af_jessica", "am_santa", "af_river", "af_aoede", "af_alloy",
)  # fmt: skip
_KOKORO_TEXT = {"a": "en", "b": "en", "e": "es", "f": "fr", "i": "it", "p": "pt"}
_ESPEAK_VOICES = (
    "en-us+f2", "en-us+m3", "en-gb+f4", "de+m3", "es+m2", "fr+f4", "it+f2", "ru+m1", "fi+f3",
    "pt-br+m5", "de+f5", "es+f1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """One shard: an engine, its voices in turn, seconds of sound to make, ways to disguise."""

    engine: str
    voices: tuple[str, ...]
    language: str
    seconds: float
    disguise: str = "none"


def plan() -> list[Job]:
    """The shards, most valuable first."""
    jobs = [Job("hibari", ("heart",), "en", 240.0, "none")]
    for first in range(0, len(_KOKORO_VOICES), 5):
        voices = _KOKORO_VOICES[first : first + 5]
        jobs.append(Job("kokoro", voices, "", 42.0 * len(voices)))
    jobs += [Job("hibari", ("heart",), "en", 240.0, "world") for _ in range(9)]
    kinds = ("none", "tape", "tape", "world")
    jobs += [Job("piper", ("joe",), "en", 240.0, kind) for kind in kinds]
    jobs += [Job("flite", (v,), "en", 240.0, "tape") for v in ("slt", "rms", "awb", "kal16")]
    jobs += [Job("espeak", _ESPEAK_VOICES[k::3], "", 260.0, "tape") for k in range(3)]
    pairs = (("slt_hts", "en"), ("kal", "en"), ("ked", "en"), ("it_f", "it"), ("it_m", "it"))
    pairs += (("fi_m", "fi"), ("fi_f", "fi"), ("ru_m", "ru"))
    jobs += [Job("festival", (v,), language, 200.0, "tape") for v, language in pairs]
    jobs += [Job("hibari", ("heart",), "en", 240.0, "tape") for _ in range(8)]
    jobs += [Job("piper", ("joe",), "en", 240.0, "world") for _ in range(2)]
    jobs += [Job("flite", (v,), "en", 240.0, "world") for v in ("slt", "rms", "awb")]
    for first in range(0, len(_MORE_KOKORO_VOICES), 3):
        voices = _MORE_KOKORO_VOICES[first : first + 3]
        jobs.append(Job("kokoro", voices, "", 45.0 * len(voices)))
    return jobs


class Studio:
    """The engines, started when first asked for."""

    def __init__(self, cache: Path, kokoro_voices: Path):
        self._makers = {
            "kokoro": lambda: Kokoro(cache / "engines", kokoro_voices),
            "hibari": lambda: Hibari(cache / "engines"),
            "piper": lambda: Piper(cache / "engines"),
            "flite": Flite,
            "festival": Festival,
            "espeak": Espeak,
        }
        self._engines: dict = {}

    def say(self, job: Job, voice: str, texts: list[str], speed: float) -> list[Spoken]:
        if job.engine not in self._engines:
            self._engines[job.engine] = self._makers[job.engine]()
        engine = self._engines[job.engine]
        if job.engine == "festival":
            return engine.speak_all(texts, voice, speed)
        return [engine.speak(text, voice, speed) for text in texts]


def _language(job: Job, voice: str) -> str:
    if job.engine == "kokoro":
        return _KOKORO_TEXT[voice[0]]
    if job.engine == "espeak":
        return re.split(r"[+-]", voice, maxsplit=1)[0]
    return job.language


def _disguised(spoken: Spoken, kind: str, draw: random.Random) -> Spoken:
    if kind == "tape":
        return tape(spoken, draw.uniform(0.85, 1.2))
    if kind == "world":
        pitch = draw.choice((0.5, 0.58, 0.66, 0.8, 1.0, 1.2))
        formant = 1 + (pitch - 1) * 0.35 + draw.uniform(-0.05, 0.05)
        return world(spoken, pitch, formant, draw.uniform(0.7, 1.4))
    return spoken


def _at_stream_rate(spoken: Spoken) -> np.ndarray:
    common = int(np.gcd(spoken.rate_hz, SAMPLE_RATE_HZ))
    samples = resample_poly(
        spoken.samples, SAMPLE_RATE_HZ // common, spoken.rate_hz // common
    ).astype(np.float32)
    return samples * (0.6 / max(1e-4, float(np.abs(samples).max())))


def make_shard(job: Job, number: int, studio: Studio, folder: Path) -> float:
    """Writes NNN.opus and NNN.json; returns the seconds of speech."""
    draw = random.Random(1000 + number)
    sounds, clips, at_sample, spoken_s = [], [], 0, 0.0
    per_voice_s = job.seconds / len(job.voices)
    for voice in job.voices:
        alphabet = labels.alphabet_of(job.engine, _language(job, voice))
        pool = sentences(_language(job, voice), seed=number * 31 + len(clips))
        made_s, index = 0.0, 0
        while made_s < per_voice_s:
            count = _FESTIVAL_BATCH if job.engine == "festival" else 1
            texts = [pool[(index + k) % len(pool)] for k in range(count)]
            index += count
            if index > 400:
                raise RuntimeError(f"{job.engine} {voice} makes no sound")
            for raw in studio.say(job, voice, texts, draw.uniform(0.88, 1.18)):
                if len(raw.samples) < 0.5 * raw.rate_hz or len(raw.segments) < 4:
                    continue
                spoken = _disguised(raw, job.disguise, draw)
                phones = labels.fix(
                    job.engine, alphabet, spoken.segments, spoken.samples, spoken.rate_hz
                )
                samples = _at_stream_rate(spoken)
                pause_s = draw.choice((0.15, 0.3, 0.6, 1.2))
                pause = np.zeros(int(pause_s * SAMPLE_RATE_HZ), np.float32)
                sounds += [samples, pause]
                clips.append({
                    "engine": job.engine, "voice": voice, "start_sample": at_sample,
                    "samples": len(samples), "alphabet": alphabet,
                    "phones": [[p.symbol, p.start_s, p.end_s, int(p.stressed)] for p in phones],
                })  # fmt: skip
                at_sample += len(samples) + len(pause)
                made_s += len(samples) / SAMPLE_RATE_HZ
        spoken_s += made_s
    soundfile.write(
        folder / f"{number:03d}.opus", np.concatenate(sounds), SAMPLE_RATE_HZ,
        format="OGG", subtype="OPUS", compression_level=OPUS_COMPRESSION,
    )  # fmt: skip
    text = json.dumps({"job": number, "clips": clips}, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{number:03d}.json").write_text(text, encoding="utf-8")
    return spoken_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("cache/speech"))
    parser.add_argument("--kokoro-voices", type=Path, required=True)
    parser.add_argument("--only", help="engine to make shards of; all by default")
    arguments = parser.parse_args()
    folder = arguments.cache / "shards"
    folder.mkdir(parents=True, exist_ok=True)
    studio = Studio(arguments.cache, arguments.kokoro_voices)
    for number, job in enumerate(plan()):
        done = (folder / f"{number:03d}.json").exists()
        if done or (arguments.only and job.engine != arguments.only):
            continue
        start_s = time.monotonic()
        seconds = make_shard(job, number, studio, folder)
        print(
            f"{number:03d} {job.engine} {job.voices[0]} {job.disguise}: {seconds:.0f} s of speech "
            f"in {time.monotonic() - start_s:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
