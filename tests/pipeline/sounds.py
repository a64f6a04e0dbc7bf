"""Sound and video files for tests, written with PyAV and the standard library."""

import wave
from pathlib import Path

import av
import numpy as np


def tone(rate_hz: int, duration_s: float, frequency_hz: float = 440.0) -> np.ndarray:
    """(n,) float32 sine of amplitude 0.5."""
    times_s = np.arange(round(rate_hz * duration_s)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * frequency_hz * times_s)).astype(np.float32)


def frequency_of(samples: np.ndarray, rate_hz: int = 24_000) -> float:
    """Hertz of the strongest component."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate_hz / len(samples))


def level_of(samples: np.ndarray) -> float:
    """Amplitude of a sine of the same power."""
    return float(np.sqrt(2 * np.mean(np.square(samples, dtype=np.float64))))


def write_wav(path: Path, channels: np.ndarray, rate_hz: int, bits: int = 16) -> Path:
    """Write (c, n) or (n,) float samples as PCM."""
    channels = np.atleast_2d(channels)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(bits // 8)
        file.setframerate(rate_hz)
        if bits == 8:
            data = np.rint(channels.T * 127 + 128).astype(np.uint8)
        else:
            data = np.rint(channels.T * 32767).astype("<i2")
        file.writeframes(data.tobytes())
    return path


def write_encoded(
    path: Path,
    channels: np.ndarray,
    rate_hz: int,
    codec: str,
    *,
    layout: str = "mono",
    sample_format: str = "fltp",
    with_video: bool = False,
) -> Path:
    """Encode (c, n) float samples with any codec PyAV has; a small video track on demand."""
    with av.open(str(path), "w") as container:
        video = None
        if with_video:
            video = container.add_stream("libx264", rate=30)
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        stream = container.add_stream(codec, rate=rate_hz, layout=layout)
        stream.codec_context.format = sample_format
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(channels, np.float32), format="fltp", layout=layout
        )
        frame.sample_rate = rate_hz
        frame.pts = 0
        resampler = av.AudioResampler(
            format=sample_format, layout=layout, rate=rate_hz, frame_size=1024
        )
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
        if video is not None:
            write_pictures(container, video, round(channels.shape[1] / rate_hz * 30))
    return path


def write_silent_video(path: Path, frame_count: int = 10) -> Path:
    """A video without sound."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        write_pictures(container, video, frame_count)
    return path


def write_pictures(container, video, frame_count: int) -> None:
    """Encode plain frames of growing brightness and flush."""
    for index in range(frame_count):
        pixels = np.full((64, 64, 3), index % 256, np.uint8)
        container.mux(video.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
    container.mux(video.encode(None))
