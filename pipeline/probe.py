"""What a check of the surroundings found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probe:
    """ok: it works; sentence: what was found, for the user; fix: what to do, empty when ok."""

    ok: bool
    sentence: str
    fix: str = ""
