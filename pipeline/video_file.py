"""Reading a video file back: frames, times, sound and tags."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.reformatter import VideoReformatter

from pipeline.decoded_frames import decoded_frames
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


def read_upright(path: str | Path, largest_px: int) -> Iterator[tuple[float, np.ndarray]]:
    """Like `read_frames`, but as a player shows them: turned as the file asks, pixels square; and
    made smaller where the longer side exceeds `largest_px`. Time counts from the start of the
    file's earliest stream.

    Damaged packets are left out with one warning in the log; a file that breaks off is used as
    far as it goes. Raises MediaError when the file is no video.
    """
    with _open(path) as container:
        origin_s = (container.start_time or 0) / av.time_base
        shape = _Shape(largest_px, float(container.streams.video[0].sample_aspect_ratio or 1))
        for frame in decoded_frames(Path(path), container, container.streams.video[0]):
            if frame.time is not None:
                yield float(frame.time) - origin_s, shape.upright(frame)


class _Shape:
    """Brings frames to size and turns them; keeps the converter."""

    def __init__(self, largest_px: int, pixel_aspect: float) -> None:
        self._largest_px = largest_px
        self._stretch = max(pixel_aspect, 1.0), max(1.0 / pixel_aspect, 1.0)
        self._reformatter = VideoReformatter()

    def upright(self, frame: av.VideoFrame) -> np.ndarray:
        width, height = frame.width * self._stretch[0], frame.height * self._stretch[1]
        scale = min(self._largest_px / max(width, height), 1.0)
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        pixels = self._reformatter.reformat(frame, *size, format="rgb24").to_ndarray()
        return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90.0)))


def _open(path: str | Path) -> InputContainer:
    if not Path(path).exists():
        raise MediaError("There is no file {path}; check the name.", path=path)
    try:
        container = av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise MediaError("{path} is not a video file that can be read.", path=path) from error
    if not container.streams.video:
        container.close()
        raise MediaError("{path} contains no video.", path=path)
    return container


def _seconds(value: int | None, time_base) -> float:
    return float(value * time_base) if value is not None and time_base else 0.0
