"""The encoder and muxer under a recording, for one thread."""

from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    VideoReformatter,
)

from pipeline.credentials.statement import AI_VIDEO
from pipeline.rates import FPS, SAMPLE_RATE_HZ

# Players show it; whoever finds the file shall know what it is.
METADATA = {"comment": AI_VIDEO}
# At 48 kHz an AAC frame lasts 21 ms, so that the padded last one exceeds no video frame.
AUDIO_RATE_HZ = 48_000
AUDIO_BIT_RATE = 96_000
AAC_FRAME_SAMPLES = 1024
ENCODER_THREADS = 2
# No B-frames: the first frame's time stamps are 0 without an edit list.
VIDEO_OPTIONS = {"preset": "superfast", "crf": "20", "bf": "0"}


class MovieWriter:
    """H.264 (yuv420p, BT.709, limited range) and mono AAC in one file.

    file: open for reading and writing, unbuffered; whoever opened it closes it. After an error
    (OSError of the file, av.FFmpegError) nothing may be called again, not even `close`: FFmpeg
    crashes when it writes the index of a file that could not be written.
    """

    def __init__(
        self, file: BinaryIO, container: str, width_px: int, height_px: int, with_audio: bool
    ) -> None:
        options = {"movflags": "+faststart"} if container != "matroska" else {}
        self._container = av.open(file, "w", format=container, options=options)
        self._container.metadata.update(METADATA)
        self._video = self._add_video(width_px, height_px)
        self._audio = self._add_audio() if with_audio else None
        self._reformatter = VideoReformatter()
        # Written anew for each frame: making one costs ten times as much.
        self._source = av.VideoFrame(width_px, height_px, "rgb24")
        plane = self._source.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(height_px, plane.line_size)
        self._pixels = rows[:, : 3 * width_px]
        self._frames = 0
        self._resampler = av.AudioResampler(
            format="fltp", layout="mono", rate=AUDIO_RATE_HZ, frame_size=AAC_FRAME_SAMPLES
        )
        self._samples = 0

    def add_frame(self, frame: np.ndarray) -> None:
        """Encode (height, width, 3) uint8 RGB as the next frame."""
        self._pixels[:] = frame.reshape(self._pixels.shape)
        converted = self._reformatter.reformat(
            self._source,
            format="yuv420p",
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_colorspace=Colorspace.ITU709,
            threads=1,
        )
        converted.pts = self._frames
        converted.time_base = Fraction(1, FPS)
        self._frames += 1
        self._container.mux(self._video.encode(converted))

    def add_audio(self, samples: np.ndarray) -> None:
        """Encode (n,) float32 at 24 kHz."""
        block = np.ascontiguousarray(samples[None])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts = self._samples
        frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
        self._samples += len(samples)
        self._encode_audio(frame)

    def close(self) -> None:
        """Flush both encoders and write the index."""
        if self._audio is not None:
            if self._samples:
                self._encode_audio(None)
            self._container.mux(self._audio.encode(None))
        self._container.mux(self._video.encode(None))
        self._container.close()

    def _encode_audio(self, frame: av.AudioFrame | None) -> None:
        assert self._audio is not None
        for resampled in self._resampler.resample(frame):
            self._container.mux(self._audio.encode(resampled))

    def _add_video(self, width_px: int, height_px: int) -> av.VideoStream:
        stream = self._container.add_stream("libx264", rate=FPS, options=VIDEO_OPTIONS)
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        context = stream.codec_context
        context.time_base = Fraction(1, FPS)
        context.thread_count = ENCODER_THREADS
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        return stream

    def _add_audio(self) -> av.AudioStream:
        stream = self._container.add_stream("aac", rate=AUDIO_RATE_HZ, layout="mono")
        stream.codec_context.bit_rate = AUDIO_BIT_RATE
        return stream
