"""Streaming conversion from any device rate to 24 kHz by one short linear-phase FIR."""

from math import gcd

import numpy as np

from pipeline.rates import SAMPLE_RATE_HZ

# Half the length of the filter, in output samples: 42 / 24000 s = 1.75 ms.
DELAY_SAMPLES = 42
# Kaiser window; beta and width follow from the attenuation (Kaiser 1974, "Nonrecursive digital
# filter design using the I0-sinh window function").
STOPBAND_DB = 80.0
LOWEST_RATE_HZ = 4_000
HIGHEST_RATE_HZ = 768_000
# Outputs that one column of a matrix product makes at least, and phases up to which it is used.
LEAST_CYCLE, MOST_PHASES = 16, 512


def transition_width_hz() -> float:
    """Width of the transition band that the filter length affords."""
    duration_s = 2 * DELAY_SAMPLES / SAMPLE_RATE_HZ
    return (STOPBAND_DB - 7.95) / (2.285 * 2 * np.pi * duration_s)


def stopband_edge_hz(input_rate_hz: int) -> float:
    """Where the stop band begins.

    Going down nothing above 12 kHz may alias; going up the transition band is centred on the
    device's own Nyquist frequency, which keeps a telephone's 3.4 kHz.
    """
    if input_rate_hz >= SAMPLE_RATE_HZ:
        return SAMPLE_RATE_HZ / 2
    return (input_rate_hz + transition_width_hz()) / 2


class Decimator:
    """Rational polyphase FIR; holds its streaming state, memory does not grow.

    Output sample m is the filtered input at time m / 24000 s - `latency_s`. Output does not
    depend on how the input is cut into blocks.
    """

    def __init__(self, input_rate_hz: int) -> None:
        if not LOWEST_RATE_HZ <= input_rate_hz <= HIGHEST_RATE_HZ:
            raise ValueError(f"a sample rate of {input_rate_hz} Hz is not supported")
        common = gcd(input_rate_hz, SAMPLE_RATE_HZ)
        self._up = SAMPLE_RATE_HZ // common
        self._down = input_rate_hz // common
        self._taps = _polyphase_taps(input_rate_hz, self._up, self._down)
        self._cycle = None
        if self._up <= MOST_PHASES:
            self._cycle = _cycle_matrix(self._taps, self._up, self._down)
        self.reset()

    @property
    def latency_s(self) -> float:
        """Algorithmic delay: the group delay of the filter, less than 2 ms; 0 at 24 kHz."""
        return self.delay_samples / SAMPLE_RATE_HZ

    @property
    def delay_samples(self) -> int:
        """The delay as a whole number of output samples."""
        return 0 if self._up == self._down else DELAY_SAMPLES

    def reset(self) -> None:
        """Forget the past; the next input sample is sample 0."""
        self._history = np.zeros(self._taps.shape[1] - 1, np.float32)
        # Input position of the next output sample, in units of 1 / (input rate * up), counted
        # from the first sample of the next block.
        self._position = 0
        # Outputs since the last one of phase 0.
        self._begun = 0

    def inputs_for(self, output_samples: int) -> int:
        """How many more input samples complete the next `output_samples` (0 if none)."""
        if output_samples < 1:
            return 0
        last = self._position + (output_samples - 1) * self._down
        return max(last // self._up + 1, 0)

    def step(self, block: np.ndarray) -> np.ndarray:
        """Filter (n,) float samples; returns the (m,) float32 output samples they complete."""
        block = np.asarray(block, np.float32)
        if self._up == self._down:
            return block.copy()
        line = np.concatenate([self._history, block])
        end = len(block) * self._up
        count = max(0, -(-(end - self._position) // self._down))
        positions = self._position + self._down * np.arange(count)
        self._position += self._down * count - end
        keep = len(self._history)
        self._history = line[len(line) - keep :].copy()
        if not count:
            return np.empty(0, np.float32)
        if self._cycle is None:
            return self._by_phase(line, positions)
        return self._by_cycle(self._cycle, line, int(positions[0]), count)

    def _by_cycle(self, cycle: np.ndarray, line: np.ndarray, position: int, count: int):
        """`count` outputs, the first one at the position; cycle: (inputs, outputs)."""
        span, outputs = cycle.shape
        # Cycles begin at phase 0. What the first one has before that output is made and left out.
        first = (position - self._begun * self._down) // self._up
        cycles = -(-(self._begun + count) // outputs)
        step = outputs * self._down // self._up
        padded = np.zeros((cycles - 1) * step + span, np.float32)
        known = line[max(first, 0) : max(first + len(padded), 0)]
        padded[max(-first, 0) :][: len(known)] = known
        windows = np.lib.stride_tricks.sliding_window_view(padded, span)[::step]
        made = (windows @ cycle).reshape(-1)[self._begun : self._begun + count]
        self._begun = (self._begun + count) % self._up
        return made

    def _by_phase(self, line: np.ndarray, positions: np.ndarray) -> np.ndarray:
        """Every `up`-th output has the same phase and lies `down` input samples further on."""
        output = np.empty(len(positions), np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(line, self._taps.shape[1])
        first, phase = np.divmod(positions[: self._up], self._up)
        for offset, (start, row) in enumerate(zip(first.tolist(), phase.tolist(), strict=True)):
            same_phase = output[offset :: self._up]
            same_phase[:] = windows[start :: self._down][: len(same_phase)] @ self._taps[row]
        return output


def _cycle_matrix(taps: np.ndarray, up: int, down: int) -> np.ndarray:
    """(inputs, outputs) of the shortest run of outputs that begins with phase 0 again, or of
    several: windows one sample apart would hold the sound a hundred times."""
    outputs = up * -(-LEAST_CYCLE // up)
    first, phase = np.divmod(np.arange(outputs) * down, up)
    matrix = np.zeros((first[-1] + taps.shape[1], outputs), np.float32)
    for column, (start, row) in enumerate(zip(first.tolist(), phase.tolist(), strict=True)):
        matrix[start : start + taps.shape[1], column] = taps[row]
    return matrix


def _polyphase_taps(rate_hz: int, up: int, down: int) -> np.ndarray:
    """(phases, taps) float32, each row time-reversed so that a row dotted with the input lies in
    stream order; every row sums to 1, so that a constant stays constant in every phase."""
    half = DELAY_SAMPLES * down
    centre_hz = stopband_edge_hz(rate_hz) - transition_width_hz() / 2
    beta = 0.1102 * (STOPBAND_DB - 8.7)
    offsets = np.arange(-half, half + 1)
    prototype = np.sinc(2 * centre_hz / (rate_hz * up) * offsets) * np.kaiser(len(offsets), beta)
    taps = -(-len(prototype) // up)
    padded = np.zeros(taps * up)
    padded[: len(prototype)] = prototype
    phases = padded.reshape(taps, up).T[:, ::-1]
    return np.ascontiguousarray(phases / phases.sum(axis=1, keepdims=True), dtype=np.float32)
