"""The port of everything that sound comes from."""

from typing import Protocol, Self

from pipeline.stream_types import AudioChunk


class AudioSource(Protocol):
    """A context manager that yields one audio chunk per video frame.

    Chunk n covers samples [800 n, 800 (n + 1)) of the 24 kHz media clock; the last one of a file
    is padded with zeros. After an overrun `start_sample` jumps ahead by whole chunks.

    name: what to show to the user
    lost_samples: samples at 24 kHz lost because the reader was too slow
    xruns: how often the device itself reported lost input
    ended: nothing more will come
    backlog_samples: samples at 24 kHz that wait to be read; more than a chunk or two means that
        the reader is behind
    """

    @property
    def name(self) -> str: ...
    @property
    def lost_samples(self) -> int: ...
    @property
    def xruns(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    @property
    def backlog_samples(self) -> int: ...

    def read(self, timeout_s: float) -> AudioChunk | None:
        """The next chunk; None when none came within `timeout_s` or the source has ended.

        Raises MicrophoneError when the device went away.
        """
        ...

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *exception: object) -> None: ...
