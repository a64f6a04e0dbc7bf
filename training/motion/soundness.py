"""Going back when a run falls ill.

A network of this kind can learn for ten thousand steps and then, within a hundred, lose what it
has: a rare batch throws the weights, and all batches after it are worse. So the losses are watched,
the last sound state is kept, and a run whose losses have risen for good goes on from there, slower.
"""

import math
from collections.abc import Mapping
from copy import deepcopy
from typing import Protocol

from torch import Tensor

from training.distributed import World, mean_over_processes

# steps whose losses are looked at together
WINDOW_STEPS = 100
# against the best of the run so far: losses of a window that are ill, and that may be kept
ILL, SOUND = 1.5, 1.15
# windows that must follow a state before it is known that it was sound
PROVEN_WINDOWS = 3
# what is left of the learning rate after each time
SLOWER = 0.7


class Kept(Protocol):
    """What can be gone back to."""

    def state_dict(self) -> dict: ...
    def load_state_dict(self, state: dict) -> None: ...


class Soundness:
    """Watches one run; processes that train together come to the same conclusions.

    pace: share of the learning rate that is left; returns: how often it went back
    """

    def __init__(self, learner: Kept, here: World):
        self.pace, self.returns = 1.0, 0
        self._learner, self._here = learner, here
        self._sums: dict[str, Tensor] = {}
        self._steps = self._proof = 0
        self._best: dict[str, float] = {}
        self._sound: dict | None = None
        self._candidate: dict | None = None

    def saw(self, parts: Mapping[str, Tensor]) -> str:
        """Takes in the losses of a step; says so if the run went back."""
        for name, value in parts.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._steps += 1
        if self._steps < WINDOW_STEPS:
            return ""
        means = mean_over_processes({n: s / self._steps for n, s in self._sums.items()}, self._here)
        self._sums, self._steps = {}, 0
        return self._judged({name: float(value) for name, value in means.items()})

    def _judged(self, means: dict[str, float]) -> str:
        worst = max(means, key=lambda name: self._rise(name, means[name]))
        rise = self._rise(worst, means[worst])
        if not rise < ILL and self._sound is not None:
            # the optimiser would go on in the very tensors that it is given
            self._learner.load_state_dict(deepcopy(self._sound))
            self._candidate, self._proof = None, 0
            self.pace, self.returns = self.pace * SLOWER, self.returns + 1
            return f"{worst} rose to {means[worst]:.4f}: back to the last sound state, slower"
        for name, value in means.items():
            self._best[name] = min(value, self._best.get(name, value))
        if not rise < SOUND:
            return ""
        if self._candidate is None:
            self._candidate, self._proof = deepcopy(self._learner.state_dict()), 0
            return ""
        self._proof += 1
        if self._proof == PROVEN_WINDOWS:
            self._sound, self._candidate = self._candidate, None
        return ""

    def _rise(self, name: str, value: float) -> float:
        """A loss against its best; what is not a number has risen without end."""
        best = self._best.get(name, value)
        return math.inf if math.isnan(value) else value / max(best, 1e-9)
