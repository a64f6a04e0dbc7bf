"""Streaming log-mel spectrogram, normalised by the running level of the voice (numpy only)."""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.rates import FEATURE_HOP_SAMPLES, SAMPLE_RATE_HZ

WINDOW_SAMPLES = 600
FFT_SAMPLES = 1024
BAND_COUNT = 64
LOWEST_HZ, HIGHEST_HZ = 60.0, 8_000.0
CHANNEL_COUNT = BAND_COUNT + 1

POWER_FLOOR = 1e-9
LEVEL_HOPS = 6
LEVEL_FLOOR_DB = -55.0
LEVEL_RELEASE_DB_PER_HOP = 4.0 * FEATURE_HOP_SAMPLES / SAMPLE_RATE_HZ
FIRST_LEVEL_DB = -30.0
BAND_SCALE_DB = 20.0
BAND_RANGE = (-4.0, 2.0)
LEVEL_SCALE_DB = 30.0


def mel_filters() -> np.ndarray:
    """(513, 64) float32 triangular filters, HTK mel scale, each with unit sum.

    Source: Young et al., The HTK Book, eq. 5.13.
    """

    def to_mel(hz):
        return 2595.0 * np.log10(1.0 + np.asarray(hz) / 700.0)

    edges_mel = np.linspace(to_mel(LOWEST_HZ), to_mel(HIGHEST_HZ), BAND_COUNT + 2)
    edges_hz = 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)
    bins_hz = np.fft.rfftfreq(FFT_SAMPLES, 1 / SAMPLE_RATE_HZ)[:, None]
    left, centre, right = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    rising, falling = (bins_hz - left) / (centre - left), (right - bins_hz) / (right - centre)
    filters = np.maximum(0.0, np.minimum(rising, falling))
    return (filters / np.maximum(filters.sum(0), 1e-6)).astype(np.float32)


def window() -> np.ndarray:
    """(600,) float32 Hann window scaled so that white noise of power 1 gives bands of about 1."""
    hann = np.hanning(WINDOW_SAMPLES)
    return (hann / np.sqrt(np.sum(hann**2))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class LogMelState:
    """past: (400,) float32 samples before the next hop; past_power: (5,) mean square of the last
    hops; level_db: running level of the voice, dB full scale."""

    past: np.ndarray
    past_power: np.ndarray
    level_db: float


class LogMel:
    """Log-mel bands every 200 samples of 24 kHz sound.

    Hop k sees the samples up to 200 (k + 1) and no later one. Bands are dB relative to the running
    level (instant attack over 50 ms, release 4 dB/s, floor -55 dBFS), so a microphone's gain hardly
    matters; the last channel tells the level itself.
    """

    latency_s = 0.0

    def __init__(self):
        filters = mel_filters()
        self._bins = int(np.flatnonzero(filters.any(axis=1))[-1]) + 1
        self._filters = filters[: self._bins]
        self._window = window()

    def init_state(self) -> LogMelState:
        """The state after endless silence."""
        past = np.zeros(WINDOW_SAMPLES - FEATURE_HOP_SAMPLES, np.float32)
        return LogMelState(past, np.zeros(LEVEL_HOPS - 1, np.float64), FIRST_LEVEL_DB)

    def step(self, samples: np.ndarray, state: LogMelState) -> tuple[np.ndarray, LogMelState]:
        """(200 n,) float32 samples -> (n, 65) float32, in [-4, 2] but for the level channel.

        Raises:
            ValueError: the number of samples is not a multiple of the hop
        """
        if len(samples) % FEATURE_HOP_SAMPLES:
            raise ValueError(f"{len(samples)} samples are no multiple of {FEATURE_HOP_SAMPLES}")
        sound = np.concatenate([state.past, np.asarray(samples, np.float32)])
        hops = len(samples) // FEATURE_HOP_SAMPLES
        levels_db, past_power = self._levels(samples, hops, state)
        hop_bytes = FEATURE_HOP_SAMPLES * sound.itemsize
        windows = np.ndarray(
            (hops, WINDOW_SAMPLES), np.float32, sound, strides=(hop_bytes, sound.itemsize)
        )
        spectrum = np.fft.rfft(windows * self._window, FFT_SAMPLES)[:, : self._bins]
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        bands_db = 10.0 * np.log10(power @ self._filters + POWER_FLOOR)
        bands = (bands_db - levels_db[:, None]) / BAND_SCALE_DB + 1.0
        channels = np.empty((hops, CHANNEL_COUNT), np.float32)
        channels[:, :-1] = np.minimum(np.maximum(bands, BAND_RANGE[0]), BAND_RANGE[1])
        channels[:, -1] = (levels_db - LEVEL_FLOOR_DB) / LEVEL_SCALE_DB
        last_level_db = float(levels_db[-1]) if hops else state.level_db
        past = sound[hops * FEATURE_HOP_SAMPLES :]
        return channels, LogMelState(past, past_power, last_level_db)

    @staticmethod
    def _levels(
        samples: np.ndarray, hops: int, state: LogMelState
    ) -> tuple[np.ndarray, np.ndarray]:
        blocks = np.asarray(samples, np.float64).reshape(hops, FEATURE_HOP_SAMPLES)
        own = np.einsum("hs,hs->h", blocks, blocks) / FEATURE_HOP_SAMPLES
        power = [*state.past_power.tolist(), *own.tolist()]
        levels_db, level_db = [], state.level_db
        for hop in range(hops):
            mean = sum(power[hop : hop + LEVEL_HOPS]) / LEVEL_HOPS
            loud_db = 10.0 * math.log10(mean + POWER_FLOOR)
            level_db = max(loud_db, level_db - LEVEL_RELEASE_DB_PER_HOP, LEVEL_FLOOR_DB)
            levels_db.append(level_db)
        return np.array(levels_db), np.array(power[hops:])
