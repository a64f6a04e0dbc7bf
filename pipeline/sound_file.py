"""Decoding of sound files: anything PyAV reads becomes mono float32 at 24 kHz."""

import logging
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError

from pipeline.decimator import HIGHEST_RATE_HZ, LOWEST_RATE_HZ, Decimator
from pipeline.decoded_frames import decoded_frames
from pipeline.errors import MediaError
from pipeline.rates import SAMPLE_RATE_HZ

log = logging.getLogger(__name__)

# Weights of the down-mix, ITU-R BS.775-3 table 2 halved; a mono or centre channel alone counts
# fully. The low-frequency channels carry no speech.
CHANNEL_WEIGHTS = {
    "FL": 0.5, "FR": 0.5, "FC": 0.7071,
    "BL": 0.3536, "BR": 0.3536, "SL": 0.3536, "SR": 0.3536, "BC": 0.3536,
    "FLC": 0.5, "FRC": 0.5, "WL": 0.5, "WR": 0.5, "DL": 0.5, "DR": 0.5,
    "LFE": 0.0, "LFE2": 0.0,
}  # fmt: skip
OTHER_CHANNEL_WEIGHT = 0.3536
# Plain WAV files do not name their channels; these are the usual orders.
UNNAMED_LAYOUTS = {
    2: ("FL", "FR"),
    6: ("FL", "FR", "FC", "LFE", "BL", "BR"),
    8: ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR"),
}
# Steps in the time stamps below this are rounding of the container, not silence.
GAP_TOLERANCE_S = 0.05
LONGEST_GAP_S = 3600.0


def decode_audio(path: str | Path) -> np.ndarray:
    """The sound of a file as (n,) float32 mono at 24 kHz in [-1, 1], n = duration x 24000.

    Several channels are mixed down, a mix over full scale is scaled back, sound that starts later
    than the video begins with silence, NaN and infinity become 0. A file that breaks off is used
    as far as it goes (with a warning in the log).

    Raises MediaError when there is no sound to be had, saying why in one sentence.
    """
    path = Path(path)
    _check_file(path)
    try:
        container = av.open(str(path), metadata_errors="replace")
    except (FFmpegError, OSError) as error:
        raise MediaError(
            f"{path.name} is not a sound file that can be read, or its beginning is damaged;"
            " use a WAV, FLAC, MP3, OGG, M4A or MP4 file."
        ) from error
    with container:
        if not container.streams.audio:
            raise MediaError(_no_sound_sentence(path, container))
        samples = _resampled(path, container)
    if not len(samples):
        raise MediaError(f"{path.name} contains no sound; choose another file.")
    peak = float(np.abs(samples).max())
    return samples / peak if peak > 1.0 else samples


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise MediaError(f"{path} is a folder; name a sound file in it.")
    try:
        with path.open("rb") as file:
            header = file.read(8)
    except FileNotFoundError:
        raise MediaError(f"There is no file {path}; check the name.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MediaError(f"{path} cannot be opened ({reason}).") from error
    if not header:
        raise MediaError(f"{path.name} is empty; choose a file with sound.")
    # FFmpeg believes a shortened WAV file's size rather than its header.
    claimed_bytes = int.from_bytes(header[4:], "little") + 8
    is_streamed = claimed_bytes - 8 in {0, 0xFFFFFFFF, 0x7FFFFFFF}
    if header[:4] == b"RIFF" and not is_streamed and claimed_bytes > path.stat().st_size + 1:
        log.warning("%s is shorter than it says; using what is there", path.name)


def _no_sound_sentence(path: Path, container: InputContainer) -> str:
    if container.streams.video and container.format.name != "tty":
        return f"{path.name} is a picture or a video without sound; choose a file with sound."
    return f"{path.name} is not a sound file; choose another one."


def _resampled(path: Path, container: InputContainer) -> np.ndarray:
    stream = container.streams.audio[0]
    rate_hz = stream.rate
    if not rate_hz or not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise MediaError(f"{path.name} has an unusable sample rate ({rate_hz} Hz).")
    decimator = Decimator(rate_hz)
    parts, length = [], 0
    for block in _joined(_mono_blocks(path, container, stream), rate_hz):
        length += len(block)
        parts.append(decimator.step(block))
    # Silence behind the end pushes the last samples through the filter.
    parts.append(decimator.step(np.zeros(rate_hz // 100, np.float32)))
    samples = np.concatenate(parts)[decimator.delay_samples :]
    end_s = min(Fraction(length, rate_hz), _declared_end_s(container, stream))
    return samples[: round(end_s * SAMPLE_RATE_HZ)]


def _declared_end_s(container: InputContainer, stream: av.AudioStream) -> Fraction:
    """Where MP4 says its sound ends; the codec's last frame goes on to its full length."""
    endless = Fraction(10**9)
    if "mp4" not in container.format.name or not stream.duration or not stream.time_base:
        return endless
    end_s = (stream.duration + (stream.start_time or 0)) * stream.time_base
    return end_s - Fraction(container.start_time or 0, av.time_base)


def _joined(blocks: Iterator[np.ndarray], least_samples: int) -> Iterator[np.ndarray]:
    """The same samples in larger blocks: filtering costs much less that way."""
    waiting, count = [], 0
    for block in blocks:
        waiting.append(block)
        count += len(block)
        if count >= least_samples:
            yield np.concatenate(waiting)
            waiting, count = [], 0
    if waiting:
        yield np.concatenate(waiting)


def _mono_blocks(
    path: Path, container: InputContainer, stream: av.AudioStream
) -> Iterator[np.ndarray]:
    """Blocks of mono float32 at the stream's rate, silence where the time stamps leave a hole."""
    rate_hz = stream.rate
    planar = av.AudioResampler(format="fltp", rate=rate_hz)
    origin_s = (container.start_time or 0) / av.time_base
    written = 0
    for frame in decoded_frames(path, container, stream):
        if frame.pts is not None and frame.time_base:
            gap_s = float(frame.pts * frame.time_base) - origin_s - written / rate_hz
            if GAP_TOLERANCE_S < gap_s < LONGEST_GAP_S:
                silence = np.zeros(round(gap_s * rate_hz), np.float32)
                written += len(silence)
                yield silence
        for piece in planar.resample(frame):
            block = _mono(piece)
            written += len(block)
            yield block


def _mono(frame: av.AudioFrame) -> np.ndarray:
    channels = np.nan_to_num(frame.to_ndarray(), copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    if len(channels) == 1:
        return channels[0]
    return _mix_weights(frame.layout) @ channels


def _mix_weights(layout: av.AudioLayout) -> np.ndarray:
    names = [channel.name for channel in layout.channels]
    if set(names) == {"NONE"}:
        names = UNNAMED_LAYOUTS.get(len(names), ())
    weights = [CHANNEL_WEIGHTS.get(name, OTHER_CHANNEL_WEIGHT) for name in names]
    if not any(weights):
        weights = [1.0 / layout.nb_channels] * layout.nb_channels
    return np.asarray(weights, np.float32)
