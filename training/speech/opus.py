"""Sound of a shard as Ogg Opus, small enough to travel and not moved in time."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import soundfile

from pipeline.rates import SAMPLE_RATE_HZ

NATURAL_KBIT, ROBOTIC_KBIT = 16, 12
_FFMPEG_COMPLEXITY = 3  # 120 times real time; 10 takes twice as long and sounds the same
_LIBSNDFILE_KBIT = (6.0, 256.0)  # what compression levels 1 and 0 mean to libsndfile, mono


def write_opus(path: Path, samples: np.ndarray, kbit: int) -> None:
    """(n,) float32 in [-1, 1] at 24 kHz; the decoded sound has as many samples, none moved."""
    partial = path.with_suffix(".partial")
    if shutil.which("ffmpeg"):
        _encode_with_ffmpeg(partial, samples, kbit)
    else:
        low, high = _LIBSNDFILE_KBIT
        soundfile.write(
            partial, samples, SAMPLE_RATE_HZ, format="OGG", subtype="OPUS",
            compression_level=(high - kbit) / (high - low),
        )  # fmt: skip
    os.replace(partial, path)


def read_opus(path: Path) -> np.ndarray:
    """The shard's (n,) float32 samples at 24 kHz.

    Raises:
        ValueError: the file has another sample rate
    """
    samples, rate_hz = soundfile.read(path, dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"{path.name}: {rate_hz} Hz, not {SAMPLE_RATE_HZ}")
    return samples


def _encode_with_ffmpeg(path: Path, samples: np.ndarray, kbit: int) -> None:
    command = [
        "ffmpeg", "-y", "-v", "error", "-threads", "1", "-f", "f32le", "-ar", str(SAMPLE_RATE_HZ),
        "-ac", "1", "-i", "-", "-c:a", "libopus", "-b:a", f"{kbit}k",
        "-compression_level", str(_FFMPEG_COMPLEXITY), "-application", "audio", "-f", "ogg",
        str(path),
    ]  # fmt: skip
    subprocess.run(command, input=samples.astype("<f4").tobytes(), check=True)
