"""Which shards the corpus has: numbers, engines, voices, languages, disguises."""

import random
from dataclasses import dataclass

from training.speech.nonspeech import SOUNDS
from training.speech.opus import NATURAL_KBIT, ROBOTIC_KBIT

SHARD_S = 300.0
FIRST_KOKORO = 600  # numbers below 100 are shards of the first corpus, made by an earlier plan
_FLITE = ("slt", "rms", "awb", "kal16")
_FESTIVAL = {
    "slt_hts": "en", "it_f": "it", "kal": "en", "cs_f": "cs", "ked": "en", "it_m": "it",
    "fi_m": "fi", "fi_f": "fi", "ca_f": "ca", "cs_m": "cs", "cs_p": "cs", "cs_child": "cs",
}  # fmt: skip
_ESPEAK_LANGUAGES = (
    "en-us", "es", "fr", "de", "en", "it", "pt-br", "ru", "es-419", "pl", "cs", "en",
    "pt", "fi", "en-us", "nl", "sv", "tr", "en-gb-scotland", "eo", "ca", "fr", "de", "it",
)  # fmt: skip
_ESPEAK_VARIANTS = (
    "f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "Alex",
    "Andrea", "Andy", "Annie", "Denis", "Gene", "Lee", "Mario", "Michael", "Mike", "adam", "anika",
    "antonio", "aunty", "belinda", "benjamin", "david", "ed", "edward", "gustave", "john", "linda",
    "max", "michel", "miguel", "norbert", "pablo", "paul", "pedro", "quincy", "rob", "robert",
    "sandro", "shelby", "steph", "travis", "victor", "zac", "grandma", "grandpa", "klatt4",
    "iven", "marcelo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """One shard: engine ("noise" for other sounds), (voice, language) pairs, `variety` of
    speaker.cast, how many speakers talk in it, its length in seconds."""

    number: int
    engine: str
    voices: tuple[tuple[str, str], ...]
    variety: str
    speakers: int = 3
    seconds: float = SHARD_S

    @property
    def kbit(self) -> int:
        return NATURAL_KBIT if self.engine in ("hibari", "piper", "noise") else ROBOTIC_KBIT


def plan() -> list[Job]:
    """The shards of all engines but Kokoro (kokoro_batch), most valuable first.

    Families are interleaved, so that a corpus stopped early still has of everything.
    """
    families = [
        (0.0, [Job(100 + k, "noise", _noises(k), "plain") for k in range(6)]),
        (0.0, [Job(110 + k, "hibari", (("heart", "en"),), "plain", 1) for k in range(20)]),
        (0.0, [Job(130 + k, "hibari", (("heart", "en"),), "recast", 4) for k in range(108)]),
        (0.05, [Job(240 + k, "piper", (("joe", "en"),), _piper(k), 3) for k in range(30)]),
        (0.15, [Job(280 + k, "flite", _flite(k), "tape", 3) for k in range(36)]),
        (0.15, [Job(330 + k, "festival", _festival(k), "tape", 2) for k in range(36)]),
        (0.15, [Job(380 + k, "espeak", _espeak(k), "tape", 4) for k in range(108)]),
    ]
    ranked = [
        (later + (k + 0.5) / len(jobs) * (1 - later), job)
        for later, jobs in families
        for k, job in enumerate(jobs)
    ]
    return [job for _, job in sorted(ranked, key=lambda pair: (pair[0], pair[1].number))]


def _noises(index: int) -> tuple[tuple[str, str], ...]:
    names = sorted(SOUNDS)
    return tuple((name, "") for name in names[index % 2 :] + names[: index % 2])


def _piper(index: int) -> str:
    return "plain" if index % 5 == 0 else "tape"


def _flite(index: int) -> tuple[tuple[str, str], ...]:
    first = index % len(_FLITE)
    return ((_FLITE[first], "en"), (_FLITE[(first + 1 + index // 4 % 3) % len(_FLITE)], "en"))


def _festival(index: int) -> tuple[tuple[str, str], ...]:
    name, language = list(_FESTIVAL.items())[index % len(_FESTIVAL)]
    return ((name, language),)


def _espeak(index: int) -> tuple[tuple[str, str], ...]:
    draw = random.Random(7000 + index)
    voices = []
    for k in range(4):
        language = _ESPEAK_LANGUAGES[(index * 4 + k) % len(_ESPEAK_LANGUAGES)]
        text = {"es-419": "es"}.get(language, language.split("-")[0])
        voices.append((f"{language}+{draw.choice(_ESPEAK_VARIANTS)}", text))
    return tuple(voices)
