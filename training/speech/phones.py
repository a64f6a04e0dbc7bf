"""Phones of any alphabet as visemes."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STRESS_MARKS = "ˈˌ"
LENGTH_MARKS = "ːˑ"
PAUSE_SYMBOLS = frozenset(' ,.!?;:—…"“”()_^$#') | {"pau", "sil", "SIL", "#", "", "brth", "??", "h#"}


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone of a recording: symbol ("sil" for a pause), its time in seconds, lexical stress."""

    symbol: str
    start_s: float
    end_s: float
    stressed: bool = False


@cache
def _tables() -> dict:
    return json.loads(Path(__file__).with_name("phones.json").read_text(encoding="utf-8"))


def ipa_to_arpabet(symbol: str) -> str | None:
    """The nearest ARPABET phones of one IPA letter ("ʦ" -> "T S"), None where there is none."""
    return _tables()["ipa_to_arpabet"].get(symbol)


@cache
def viseme_parts(symbol: str, alphabet: str) -> tuple[tuple[str, float], ...]:
    """The visemes a phone passes through and the share of its time each takes.

    alphabet: "arpabet" (English voices of flite and festival, pocketsphinx), "czech" and "sampa"
        (festival's other voices) or "ipa" (everything else)

    Raises:
        LookupError: the alphabet has no such phone; to call it silence would poison training
    """
    table = _tables()[alphabet]
    if symbol in PAUSE_SYMBOLS or symbol.startswith("("):  # "(en)": espeak changes language
        return (("sil", 1.0),)
    value = table.get(_plain(symbol, alphabet, table))
    if value is None:
        raise LookupError(f"no viseme for the phone {symbol!r} of the alphabet {alphabet}")
    return ((value, 1.0),) if isinstance(value, str) else tuple((v, f) for v, f in value)


def _plain(symbol: str, alphabet: str, table: dict) -> str:
    if alphabet == "arpabet":
        return re.sub(r"\d", "", symbol).upper()
    if alphabet == "czech":
        return symbol.rstrip(":")
    if alphabet == "sampa":  # stress "a1", length "a:", soft consonants "pp"
        bare = symbol.rstrip("1:")
        return bare if bare in table else bare[:1]
    if symbol in table:
        return symbol
    bare = "".join(c for c in unicodedata.normalize("NFD", symbol) if not unicodedata.combining(c))
    bare = re.sub(r"[ːˑˈˌʰʲ↓→↗↘˞\d.-]", "", bare)
    return next((key for key in (bare, bare[:2], bare[:1]) if key in table), "")
