"""When was each phone of a known text spoken? Monophone models of one speaker, aligned by Viterbi.

Every phone has three states with a Gaussian each over mel cepstra (Rabiner 1989, sections V and
VI); models and alignment are improved in turn (Viterbi training). A pause may stand between two
words, at the start and at the end, and lasts at least 60 ms.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.speech.phones import viseme_parts

RATE_HZ = 16_000
HOP_S = 0.005
PAUSE = "sil"
STATES = 3
PAUSE_STATES = 12  # the shortest pause, in hops
PAUSE_COST = 20.0  # log-likelihood that a pause has to gain
_WINDOW_SAMPLES = 320
_BANDS, _CEPSTRA, _DELTA_HOPS = 28, 13, 3
_PRIOR_FRAMES = 20.0  # weight of the viseme's mean in the mean of a rare phone
_VARIANCE_FLOOR = 0.05


def cepstra(samples: np.ndarray) -> np.ndarray:
    """(T, 39) mel cepstra with first and second differences; frame k is centred on k * HOP_S.

    samples: (n,) at 16 kHz, +-1
    """
    hop = int(RATE_HZ * HOP_S)
    dither = np.random.default_rng(0).normal(0.0, 3e-5, len(samples))
    sound = samples + dither
    sound = np.append(sound[0], sound[1:] - 0.97 * sound[:-1])
    padded = np.pad(sound, (_WINDOW_SAMPLES // 2, _WINDOW_SAMPLES))
    starts = np.arange(len(samples) // hop + 1) * hop
    windows = padded[starts[:, None] + np.arange(_WINDOW_SAMPLES)] * np.hanning(_WINDOW_SAMPLES)
    power = np.abs(np.fft.rfft(windows, 512)) ** 2
    mel = np.log(power @ _filters(power.shape[1]).T + 1e-9)
    angle = np.pi * np.outer(np.arange(_CEPSTRA), np.arange(_BANDS) + 0.5) / _BANDS
    static = mel @ np.cos(angle).T
    first = _difference(static)
    return np.concatenate([static, first, _difference(first)], axis=1)


def _filters(bins: int) -> np.ndarray:
    top_mel = 2595 * np.log10(1 + 7600 / 700)
    edges_hz = 700 * (10 ** (np.linspace(64.0, top_mel, _BANDS + 2) / 2595) - 1)
    at_hz = np.linspace(0, RATE_HZ / 2, bins)
    rising = (at_hz - edges_hz[:-2, None]) / np.diff(edges_hz)[:-1, None]
    falling = (edges_hz[2:, None] - at_hz) / np.diff(edges_hz)[1:, None]
    return np.clip(np.minimum(rising, falling), 0.0, None)


def _difference(values: np.ndarray) -> np.ndarray:
    padded = np.pad(values, ((_DELTA_HOPS, _DELTA_HOPS), (0, 0)), mode="edge")
    return (padded[2 * _DELTA_HOPS :] - padded[: -2 * _DELTA_HOPS]) / 2


@dataclass(frozen=True, slots=True)
class Chain:
    """The states of an utterance in order.

    phones: symbols, optional pauses among them; phone: (S,) index into phones of each state;
    part: (S,) which of its STATES it is (0 in pauses); jump: (S,) the state that may precede it
    besides itself and the one before, -1 where there is none; first: states it may begin with.
    """

    phones: list[str]
    phone: np.ndarray
    part: np.ndarray
    jump: np.ndarray
    first: tuple[int, ...]


def chain_of(words: Sequence[Sequence[str]]) -> Chain:
    """The states of words of phone symbols with a pause allowed around each word."""
    phones, phone, part, jump = [PAUSE], [0] * PAUSE_STATES, [0] * PAUSE_STATES, [-1] * PAUSE_STATES
    first = PAUSE_STATES
    for word in words:
        for index, symbol in enumerate(word):
            over_pause = len(phone) - PAUSE_STATES - 1 if index == 0 and len(phones) > 1 else -1
            phone += [len(phones)] * STATES
            part += range(STATES)
            jump += [over_pause, -1, -1]
            phones.append(symbol)
        phone += [len(phones)] * PAUSE_STATES
        part += [0] * PAUSE_STATES
        jump += [-1] * PAUSE_STATES
        phones.append(PAUSE)
    return Chain(phones, np.array(phone), np.array(part), np.array(jump), (0, first))


def best_path(scores: np.ndarray, chain: Chain) -> tuple[np.ndarray, float]:
    """The state of each frame, (T,), and the log-likelihood of the path.

    scores: (T, S) log-likelihood of every frame in every state

    Raises:
        ValueError: fewer frames than the words need
    """
    frames, states = scores.shape
    jumps = np.maximum(chain.jump, 0)
    no_jump = np.where(chain.jump >= 0, 0.0, -np.inf)
    paused = np.array([chain.phones[p] == PAUSE for p in chain.phone])
    enters = np.zeros(states)
    enters[1:][paused[1:] & ~paused[:-1]] = -PAUSE_COST
    best = np.full(states, -np.inf)
    best[list(chain.first)] = scores[0, list(chain.first)]
    came = np.zeros((frames, states), np.int8)
    onward = np.full(states, -np.inf)
    for t in range(1, frames):
        onward[1:] = best[:-1] + enters[1:]
        over = best[jumps] + no_jump
        came[t] = onward > best
        best = np.maximum(best, onward)
        jumped = over > best
        came[t][jumped] = 2
        best = np.maximum(best, over) + scores[t]
    ends = (states - 1, states - 1 - PAUSE_STATES)  # with the last pause or without it
    state = max(ends, key=lambda end: best[end])
    total = float(best[state])
    if not np.isfinite(total):
        raise ValueError(f"{frames} frames are too short for {states} states")
    path = np.empty(frames, int)
    for t in range(frames - 1, -1, -1):
        path[t] = state
        state = (state, state - 1, chain.jump[state])[came[t, state]]
    return path, total


def segments_of(path: np.ndarray, chain: Chain) -> list[tuple[int, float, float]]:
    """(index into chain.phones, start_s, end_s) of what the path passes through."""
    phone = chain.phone[path]
    cuts = np.flatnonzero(np.diff(phone)) + 1
    starts, ends = np.r_[0, cuts], np.r_[cuts, len(phone)]
    return [
        (int(phone[a]), max(0.0, (a - 0.5) * HOP_S), (b - 0.5) * HOP_S)
        for a, b in zip(starts, ends, strict=True)
    ]


class PhoneModels:
    """Gaussians of one speaker's phones: fit() from aligned utterances, scores() of a new one."""

    def __init__(self, features: Sequence[np.ndarray]):
        every = np.concatenate(features)
        self._mean, self._spread = every.mean(axis=0), every.std(axis=0) + 1e-6
        self._states: dict[tuple[str, int], tuple[np.ndarray, np.ndarray]] = {}

    def fit(
        self, features: Sequence[np.ndarray], chains: Sequence[Chain], paths: Sequence[np.ndarray]
    ) -> None:
        """New Gaussians from frames in states; those of rare phones lean on their viseme's."""
        gathered: dict[tuple[str, int], list[np.ndarray]] = {}
        for feature, chain, path in zip(features, chains, paths, strict=True):
            plain = self._plain(feature)
            for state in np.unique(path):
                key = (chain.phones[chain.phone[state]], int(chain.part[state]))
                gathered.setdefault(key, []).append(plain[path == state])
        frames = {key: np.concatenate(parts) for key, parts in gathered.items()}
        groups: dict[tuple[str, int], list[np.ndarray]] = {}
        for (symbol, part), rows in frames.items():
            groups.setdefault((_group(symbol), part), []).append(rows)
        pooled = {}
        for key, parts in groups.items():
            rows = np.concatenate(parts)
            pooled[key] = rows.mean(axis=0), rows.var(axis=0) + _VARIANCE_FLOOR
        for (symbol, part), rows in frames.items():
            mean, variance = pooled[_group(symbol), part]
            weight = len(rows) / (len(rows) + _PRIOR_FRAMES)
            own = weight * rows.mean(axis=0) + (1 - weight) * mean
            spread = weight * np.square(rows - own).mean(axis=0) + (1 - weight) * variance
            self._states[symbol, part] = own, np.maximum(spread, _VARIANCE_FLOOR)
        for (group, part), (mean, variance) in pooled.items():
            self._states.setdefault((f"<{group}>", part), (mean, variance))

    def scores(self, feature: np.ndarray, chain: Chain) -> np.ndarray:
        """(T, S) log-likelihoods.

        Raises:
            LookupError: a phone that no utterance had, nor another one of its viseme
        """
        plain = self._plain(feature).astype(np.float32)
        keys = [(chain.phones[i], int(p)) for i, p in zip(chain.phone, chain.part, strict=True)]
        known: dict[tuple[str, int], np.ndarray] = {}
        for key in set(keys):
            stand_in = (f"<{_group(key[0])}>", key[1])
            mean, variance = self._states.get(key) or self._states[stand_in]
            weight = (1 / variance).astype(np.float32)
            known[key] = -0.5 * (
                np.square(plain - mean.astype(np.float32)) @ weight + np.log(variance).sum()
            )
        return np.stack([known[key] for key in keys], axis=1)

    def _plain(self, feature: np.ndarray) -> np.ndarray:
        return (feature - self._mean) / self._spread


def _group(symbol: str) -> str:
    alphabet = "arpabet" if symbol.isupper() and symbol.isascii() else "ipa"
    return PAUSE if symbol == PAUSE else viseme_parts(symbol, alphabet)[0][0]
