"""Phones of any alphabet as a few classes that the encoder also tells apart while it learns."""

import unicodedata
from functools import cache

from training.speech.phones import PAUSE_SYMBOLS, ipa_to_arpabet

PHONE_CLASSES: tuple[str, ...] = (
    "sil", "AA", "AE", "AH", "AO", "AW", "AX", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F",
    "G", "HH", "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T",
    "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip
UNKNOWN_PHONE = len(PHONE_CLASSES)
_INDEX = {name: number for number, name in enumerate(PHONE_CLASSES)}
_ALIKE = {"IX": "IH", "AXR": "ER", "DX": "D", "EL": "L", "EM": "M", "EN": "N"}


@cache
def phone_class(symbol: str, alphabet: str) -> int:
    """Index in PHONE_CLASSES, UNKNOWN_PHONE where a symbol is not one of them for certain."""
    if symbol in PAUSE_SYMBOLS:
        return _INDEX["sil"]
    if alphabet == "arpabet":
        bare = "".join(c for c in symbol if not c.isdigit()).upper()
        return _INDEX.get(_ALIKE.get(bare, bare), UNKNOWN_PHONE)
    if alphabet != "ipa":
        return UNKNOWN_PHONE
    decomposed = unicodedata.normalize("NFD", symbol)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).rstrip("ːˑʰʲ˞")
    name = ipa_to_arpabet(bare) or ""
    return _INDEX.get(_ALIKE.get(name, name), UNKNOWN_PHONE)
