"""Which shards the corpus has: numbers, engines, voices, languages, disguises."""

import random
from dataclasses import dataclass, replace

from training.speech.opus import NATURAL_KBIT, ROBOTIC_KBIT

SHARD_S = 300.0
FIRST_KOKORO = 600  # numbers below 100 are shards of the first corpus, made by an earlier plan
FIRST_VARIED = 700  # more of the fast engines, most natural first, with more varied texts
_NOISES = (
    "breath", "chair", "claps", "cough", "hum", "keyboard", "laugh", "ring", "rustle", "smack",
    "sniff", "throat", "thump",
)  # fmt: skip
_PEOPLE_NOISES = (
    "sigh", "laugh", "gasp", "chuckle", "breath", "giggle", "cough", "hum", "throat", "sniff",
)  # fmt: skip
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

_THIN_LANGUAGES = ("fr", "es", "pt-br", "it", "de", "es-419")


@dataclass(frozen=True, slots=True)
class Job:
    """One shard: engine ("noise" for other sounds), (voice, language) pairs, `variety` of
    speaker.cast, how many speakers talk in it, its length in seconds, whether its texts, pauses
    and sounds between turns are varied (scripts.turns, shard.LIVELY)."""

    number: int
    engine: str
    voices: tuple[tuple[str, str], ...]
    variety: str
    speakers: int = 3
    seconds: float = SHARD_S
    varied: bool = False

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
        *((0.3, [replace(job, varied=True) for job in jobs]) for jobs in _varied()),
    ]
    ranked = [
        (later + (k + 0.5) / len(jobs) * (1 - later), job)
        for later, jobs in families
        for k, job in enumerate(jobs)
    ]
    return [job for _, job in sorted(ranked, key=lambda pair: (pair[0], pair[1].number))]


def _varied() -> list[list[Job]]:
    return [
        [Job(700 + k, "hibari", (("heart", "en"),), "recast", 4) for k in range(92)],
        [Job(800 + k, "flite", _flite(k), "tape", 4) for k in range(32)],
        [Job(840 + k, "piper", (("joe", "en"),), "tape", 4) for k in range(12)],
        [Job(860 + k, "festival", _festival(k), "tape", 3) for k in range(12)],
        [Job(880 + k, "espeak", _espeak_thin(k), "tape", 4) for k in range(8)],
        [Job(900 + k, "noise", _people_noises(k), "plain") for k in range(4)],
    ]


def _noises(index: int) -> tuple[tuple[str, str], ...]:
    names = _NOISES[index % 2 :] + _NOISES[: index % 2]
    return tuple((name, "") for name in names)


def _people_noises(index: int) -> tuple[tuple[str, str], ...]:
    names = _PEOPLE_NOISES[index:] + _PEOPLE_NOISES[:index]
    return tuple((name, "") for name in names)


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


def _espeak_thin(index: int) -> tuple[tuple[str, str], ...]:
    """Languages that no fast natural voice speaks and few shards have."""
    draw = random.Random(7700 + index)
    languages = [_THIN_LANGUAGES[(index + k) % len(_THIN_LANGUAGES)] for k in range(4)]
    return tuple((f"{name}+{draw.choice(_ESPEAK_VARIANTS)}", name[:2]) for name in languages)
