"""Reading a video file back: frames, times, sound and tags."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError

from pipeline.errors import MediaError


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a file says of itself.

    fps: average frame rate; frame_count: as counted in the index (0 if unknown)
    start_s, duration_s: of the video stream; audio_duration_s: 0 without sound
    """

    width_px: int
    height_px: int
    fps: float
    frame_count: int
    start_s: float
    duration_s: float
    video_codec: str
    audio_codec: str
    audio_duration_s: float
    audio_rate_hz: int


def video_info(path: str | Path) -> VideoInfo:
    """Describe a video file. Raises MediaError when it is none."""
    with _open(path) as container:
        video = container.streams.video[0]
        audio = container.streams.audio[0] if container.streams.audio else None
        return VideoInfo(
            width_px=video.width,
            height_px=video.height,
            fps=float(video.average_rate or 0),
            frame_count=video.frames,
            start_s=_seconds(video.start_time, video.time_base),
            duration_s=_seconds(video.duration, video.time_base),
            video_codec=video.codec_context.name,
            audio_codec=audio.codec_context.name if audio else "",
            audio_duration_s=_seconds(audio.duration, audio.time_base) if audio else 0.0,
            audio_rate_hz=audio.rate if audio else 0,
        )


def read_frames(path: str | Path) -> Iterator[tuple[float, np.ndarray]]:
    """(time in seconds, (h, w, 3) uint8 RGB) of every frame, in order of display.

    Raises MediaError when the file is no video.
    """
    with _open(path) as container:
        for frame in container.decode(video=0):
            yield float(frame.time or 0.0), frame.to_ndarray(format="rgb24")


def _open(path: str | Path) -> InputContainer:
    try:
        container = av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise MediaError(f"{path} is not a video file that can be read.") from error
    if not container.streams.video:
        container.close()
        raise MediaError(f"{path} contains no video.")
    return container


def _seconds(value: int | None, time_base) -> float:
    return float(value * time_base) if value is not None and time_base else 0.0
