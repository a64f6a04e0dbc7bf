"""Sounds of people and rooms in which no mouth moves, made from noise and pulses."""

from collections.abc import Callable

import numpy as np

from pipeline.rates import SAMPLE_RATE_HZ

_RATE = SAMPLE_RATE_HZ
Draw = np.random.Generator


def make(kind: str, draw: Draw) -> np.ndarray:
    """(n,) float32 at 24 kHz, peak 1, 0.1 to 4 s long; kind is a key of SOUNDS."""
    sound = SOUNDS[kind](draw)
    return (sound / max(1e-6, np.abs(sound).max())).astype(np.float32)


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * _RATE)) / _RATE


def _noise(seconds: float, peaks: list[tuple[float, float, float]], draw: Draw) -> np.ndarray:
    """Noise with spectral peaks (centre_hz, width_octaves, level_db)."""
    count = int(seconds * _RATE)
    spectrum = np.fft.rfft(draw.standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / _RATE) + 1.0
    shape = sum(
        10 ** (level / 20) * np.exp(-0.5 * (np.log2(hz / centre) / width) ** 2)
        for centre, width, level in peaks
    )
    return np.fft.irfft(spectrum * shape, count)


def _filtered(sound: np.ndarray, peaks: list[tuple[float, float, float]]) -> np.ndarray:
    hz = np.fft.rfftfreq(len(sound), 1 / _RATE) + 1.0
    shape = sum(
        10 ** (level / 20) * np.exp(-0.5 * (np.log2(hz / centre) / width) ** 2)
        for centre, width, level in peaks
    )
    return np.fft.irfft(np.fft.rfft(sound) * shape, len(sound))


def _pulses(f0_hz: np.ndarray, draw: Draw) -> np.ndarray:
    """One sample per glottal closure, slightly irregular."""
    phase = np.cumsum(f0_hz * (1 + 0.02 * draw.standard_normal(len(f0_hz)))) / _RATE
    return np.diff(np.floor(phase), prepend=0.0)


def _bump(seconds: float, attack: float, power: float = 1.5) -> np.ndarray:
    """Rises over the share `attack`, falls over the rest."""
    x = np.linspace(0, 1, int(seconds * _RATE))
    return np.minimum(x / attack, (1 - x) / (1 - attack)).clip(0) ** power


def _series(parts: list[tuple[float, np.ndarray]]) -> np.ndarray:
    """Sounds laid over each other at their start times in seconds."""
    total = np.zeros(max(int(at * _RATE) + len(sound) for at, sound in parts))
    for at, sound in parts:
        start = int(at * _RATE)
        total[start : start + len(sound)] += sound
    return total


def _breath(draw: Draw) -> np.ndarray:
    seconds = draw.uniform(0.3, 1.6)
    centre = draw.uniform(700, 2500)
    peaks = [(centre, 0.8, 0.0), (centre * 2.7, 0.6, -8.0), (300.0, 0.8, -14.0)]
    return _noise(seconds, peaks, draw) * _bump(seconds, draw.uniform(0.3, 0.75))


def _sniff(draw: Draw) -> np.ndarray:
    one = [draw.uniform(0.12, 0.3) for _ in range(draw.integers(1, 4))]
    parts, at = [], 0.0
    for seconds in one:
        sound = _noise(seconds, [(draw.uniform(1500, 4000), 0.9, 0.0)], draw)
        parts.append((at, sound * _bump(seconds, 0.7)))
        at += seconds + draw.uniform(0.02, 0.2)
    return _series(parts)


def _voiced(seconds: float, f0_hz: float, formants: list[float], draw: Draw) -> np.ndarray:
    glide = np.linspace(1.08, 0.9, int(seconds * _RATE))
    peaks = [(hz, 0.28, -5.0 * k) for k, hz in enumerate(formants)]
    return _filtered(_pulses(f0_hz * glide, draw), peaks)


def _laugh(draw: Draw) -> np.ndarray:
    f0, formant = draw.uniform(120, 380), draw.uniform(550, 850)
    formants = [formant, formant * 1.9, formant * 3.9]
    parts, at = [], 0.0
    for index in range(draw.integers(3, 10)):
        seconds = draw.uniform(0.07, 0.14)
        level = 0.92**index * draw.uniform(0.7, 1.0)
        voiced = _voiced(seconds, f0 * 0.97**index, formants, draw)
        voiced *= _bump(seconds, 0.3) / max(1e-6, np.abs(voiced).max())
        air = _noise(0.08, [(f, 0.5, -3.0 * k) for k, f in enumerate(formants)], draw)
        air *= _bump(0.08, 0.4) / np.abs(air).max()
        parts += [(at, level * draw.uniform(0.3, 1.0) * voiced), (at + seconds, 0.35 * level * air)]
        at += draw.uniform(0.16, 0.26)
    return _series(parts)


def _cough(draw: Draw) -> np.ndarray:
    parts, at = [], 0.0
    for _ in range(draw.integers(1, 4)):
        seconds = draw.uniform(0.18, 0.4)
        x = _time(seconds)
        burst = _noise(seconds, [(draw.uniform(500, 1200), 1.0, 0.0), (2500.0, 0.8, -4.0)], draw)
        burst *= np.minimum(x / 0.004, 1) * np.exp(-x / draw.uniform(0.05, 0.1))
        voice = _voiced(seconds, draw.uniform(90, 220), [600.0, 1300.0], draw)
        voice *= _bump(seconds, 0.4) / max(1e-6, np.abs(voice).max())
        parts.append((at, burst / np.abs(burst).max() + draw.uniform(0, 0.5) * voice))
        at += draw.uniform(0.25, 0.5)
    return _series(parts)


def _throat(draw: Draw) -> np.ndarray:
    seconds = draw.uniform(0.3, 0.8)
    rough = _pulses(
        draw.uniform(45, 90) * (1 + 0.25 * draw.standard_normal(len(_time(seconds)))), draw
    )
    sound = _filtered(rough, [(450.0, 0.5, 0.0), (1400.0, 0.4, -6.0), (2600.0, 0.4, -12.0)])
    air = _noise(seconds, [(1200.0, 1.0, 0.0)], draw)
    return (sound / np.abs(sound).max() + 0.3 * air / np.abs(air).max()) * _bump(seconds, 0.2, 0.6)


def _smack(draw: Draw) -> np.ndarray:
    parts = []
    for k in range(draw.integers(1, 3)):
        x = _time(0.05)
        click = _noise(0.05, [(draw.uniform(1200, 4500), 0.7, 0.0)], draw)
        parts.append((k * draw.uniform(0.03, 0.4), click * np.exp(-x / draw.uniform(0.002, 0.008))))
    return np.pad(_series(parts), (1200, 1200))


def _hum(draw: Draw) -> np.ndarray:
    seconds = draw.uniform(0.3, 3.0)
    x = _time(seconds)
    slow = np.interp(x, np.linspace(0, seconds, 8), draw.uniform(-3, 3, 8))
    f0 = draw.uniform(90, 260) * 2 ** (slow / 12) * (1 + 0.008 * np.sin(2 * np.pi * 5.2 * x))
    sound = _filtered(
        _pulses(f0, draw), [(260.0, 0.6, 0.0), (1100.0, 0.3, -22.0), (2300.0, 0.3, -30.0)]
    )
    return sound * np.minimum(1, _bump(seconds, 0.5, 1.0) * 6)


def _claps(draw: Draw) -> np.ndarray:
    parts, at = [], 0.0
    for _ in range(draw.integers(1, 9)):
        x = _time(0.15)
        clap = _noise(0.15, [(draw.uniform(900, 2200), 0.8, 0.0), (5000.0, 0.8, -10.0)], draw)
        parts.append((at, draw.uniform(0.6, 1) * clap * np.exp(-x / draw.uniform(0.008, 0.03))))
        at += draw.uniform(0.16, 0.5)
    return _series(parts)


def _keyboard(draw: Draw) -> np.ndarray:
    parts, at = [], 0.0
    body = draw.uniform(1500, 4500)
    for _ in range(draw.integers(4, 25)):
        x = _time(0.06)
        key = _noise(0.06, [(body * draw.uniform(0.8, 1.2), 0.6, 0.0), (250.0, 0.7, -6.0)], draw)
        level = draw.uniform(0.3, 1)
        parts.append((at, level * key * np.exp(-x / 0.006)))
        parts.append((at + draw.uniform(0.05, 0.1), 0.4 * level * key[::-1] * np.exp(-x / 0.004)))
        at += draw.exponential(0.13) + 0.05
    return _series(parts)[: 4 * _RATE]


def _chair(draw: Draw) -> np.ndarray:
    seconds = draw.uniform(0.3, 1.5)
    x = _time(seconds)
    rate = np.interp(x, np.linspace(0, seconds, 6), draw.uniform(20, 160, 6))
    peaks = [(draw.uniform(250, 900), 0.2, 0.0), (draw.uniform(1000, 2500), 0.15, -4.0)]
    return _filtered(_pulses(rate, draw), peaks) * _bump(seconds, draw.uniform(0.2, 0.8), 0.7)


def _thump(draw: Draw) -> np.ndarray:
    x = _time(0.4)
    low = np.sin(2 * np.pi * draw.uniform(55, 160) * x) * np.exp(-x / draw.uniform(0.03, 0.09))
    knock = _noise(0.4, [(draw.uniform(300, 1500), 0.8, 0.0)], draw) * np.exp(-x / 0.015)
    return low + draw.uniform(0.3, 1.2) * knock / np.abs(knock).max()


def _rustle(draw: Draw) -> np.ndarray:
    seconds = draw.uniform(0.5, 2.5)
    x = _time(seconds)
    count = int(seconds * 25) + 2
    rough = np.interp(x, np.linspace(0, seconds, count), draw.random(count) ** 4)
    return _noise(seconds, [(draw.uniform(2000, 6000), 0.9, 0.0)], draw) * rough


def _ring(draw: Draw) -> np.ndarray:
    parts, at = [], 0.0
    for _ in range(draw.integers(2, 7)):
        x = _time(draw.uniform(0.08, 0.4))
        tone = sum(np.sin(2 * np.pi * draw.uniform(400, 2200) * x + k) / (k + 1) for k in range(3))
        parts.append((at, tone * np.exp(-x / draw.uniform(0.05, 0.4))))
        at += draw.uniform(0.1, 0.5)
    return _series(parts)


def _sigh(draw: Draw) -> np.ndarray:
    """Air let out slowly, its colour falling, at times with a little voice."""
    seconds = draw.uniform(0.7, 1.8)
    high, low = draw.uniform(1400, 2600), draw.uniform(500, 1000)
    bright, dark = (
        _noise(seconds, [(hz, 0.7, 0.0), (3 * hz, 0.6, -10.0)], draw) for hz in (high, low)
    )
    fall = np.linspace(1, 0, len(bright))
    air = bright / np.abs(bright).max() * fall + dark / np.abs(dark).max() * (1 - fall)
    voice = _voiced(seconds, draw.uniform(90, 240), [600.0, 1200.0, 2500.0], draw) * fall
    share = draw.uniform(0.1, 0.5) if draw.random() < 0.4 else 0.0
    return (air + share * voice / max(1e-6, np.abs(voice).max())) * _bump(seconds, 0.15)


def _gasp(draw: Draw) -> np.ndarray:
    """Air drawn in quickly."""
    seconds = draw.uniform(0.15, 0.45)
    centre = draw.uniform(1200, 3000)
    peaks = [(centre, 0.6, 0.0), (centre * 2.2, 0.5, -6.0), (500.0, 0.6, -16.0)]
    return _noise(seconds, peaks, draw) * _bump(seconds, draw.uniform(0.6, 0.85), 1.0)


def _chuckle(draw: Draw) -> np.ndarray:
    """Laughter behind closed lips: low hums, each with air through the nose."""
    f0, parts, at = draw.uniform(90, 260), [], 0.0
    for index in range(draw.integers(2, 6)):
        seconds = draw.uniform(0.08, 0.18)
        hum = _voiced(seconds, f0 * 0.95**index, [260.0, 1000.0 + 40 * index], draw)
        hum *= _bump(seconds, 0.3) / max(1e-6, np.abs(hum).max())
        air = _noise(0.12, [(draw.uniform(900, 1800), 0.8, 0.0)], draw) * _bump(0.12, 0.3)
        level = 0.88**index
        parts += [(at, level * hum), (at + 0.6 * seconds, 0.4 * level * air / np.abs(air).max())]
        at += draw.uniform(0.18, 0.32)
    return _series(parts)


def _giggle(draw: Draw) -> np.ndarray:
    """Quick laughter, mostly breath."""
    formant, parts, at = draw.uniform(700, 1300), [], 0.0
    for index in range(draw.integers(4, 14)):
        seconds = draw.uniform(0.05, 0.1)
        air = _noise(seconds, [(formant, 0.4, 0.0), (2.4 * formant, 0.4, -5.0)], draw)
        voice = _voiced(seconds, draw.uniform(220, 480), [formant, 2.4 * formant], draw)
        pulse = air / np.abs(air).max() + draw.uniform(0, 0.6) * voice / np.abs(voice).max()
        parts.append((at, 0.95**index * draw.uniform(0.6, 1.0) * pulse * _bump(seconds, 0.3)))
        at += draw.uniform(0.11, 0.19)
    return _series(parts)


SOUNDS: dict[str, Callable[[Draw], np.ndarray]] = {
    "breath": _breath, "sniff": _sniff, "laugh": _laugh, "cough": _cough, "throat": _throat,
    "smack": _smack, "hum": _hum, "claps": _claps, "keyboard": _keyboard, "chair": _chair,
    "thump": _thump, "rustle": _rustle, "ring": _ring,
    "sigh": _sigh, "gasp": _gasp, "chuckle": _chuckle, "giggle": _giggle,
}  # fmt: skip
LIVELY_SOUNDS = ("breath", "sigh", "gasp", "laugh", "chuckle", "giggle", "hum", "cough", "smack")
MOUTH_SOUNDS = ("breath", "breath", "breath", "smack", "sniff", "throat")
