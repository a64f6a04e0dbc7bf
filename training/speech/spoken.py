"""What every voice returns."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance: (n,) float32 samples at rate_hz and its segments (symbol, start_s, end_s)."""

    samples: np.ndarray
    rate_hz: int
    segments: list[tuple[str, float, float]]


class Voice(Protocol):
    """A synthesiser; `name` selects the corrections of labels.fix."""

    name: str

    def speak(self, text: str, voice: str, speed: float) -> Spoken: ...
