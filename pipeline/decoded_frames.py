"""Frames of a media file that may be damaged."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError

log = logging.getLogger(__name__)


def decoded_frames(
    path: Path, container: InputContainer, stream: av.AudioStream | av.VideoStream
) -> Iterator[Any]:
    """Decoded frames of one stream; damaged packets are left out with one warning."""
    damaged, packets = 0, container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except FFmpegError as error:
            log.warning("%s breaks off (%s); using the part before", path.name, error)
            break
        try:
            yield from packet.decode()
        except FFmpegError:
            damaged += 1
    if damaged:
        log.warning("%s has %d damaged places; they are left out", path.name, damaged)
