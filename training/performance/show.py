"""Shows a performance: a video of the template with its sound, or pictures from it on one sheet."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.recorder import Recorder
from pipeline.sound_file import decode_audio
from training.performance.mesh_picture import MeshPicture
from training.performance.perform import Performance, perform
from training.performance.presets import preset
from training.performance.score import Score
from training.performed_motion import performed_frame

_SHEET_COLUMNS = 8


def show(
    audio: Path,
    out: Path,
    style: str,
    *,
    seed: int = 0,
    gesture: float = 1.0,
    avatar: str | None = None,
    seconds: float | None = None,
) -> Performance:
    """Write a video (or, if `out` is a PNG, a sheet of four pictures a second) of a sound performed
    in a preset.

    avatar: whose body to show, of the gallery; seconds: how much of the sound, None for all

    Raises:
        MediaError: no sound to be had, or the video cannot be written
    """
    samples = decode_audio(audio)
    if seconds is not None:
        samples = samples[: int(seconds * FPS) * SAMPLES_PER_FRAME]
    played = perform(Score.of_sound(samples), preset(style), gesture, seed)
    if out.suffix.lower() == ".png":
        mesh = MeshPicture(avatar, scale=0.5)
        frames = range(0, len(played.face), FPS // 4)
        write_sheet(out, [mesh_frame(mesh, played, frame) for frame in frames])
        return played
    mesh = MeshPicture(avatar)
    with Recorder(out, mesh.width_px, mesh.height_px) as recorder:
        for frame, picture in enumerate(pictures(mesh, played)):
            recorder.write_video(picture)
            start = frame * SAMPLES_PER_FRAME
            recorder.write_audio(samples[start : start + SAMPLES_PER_FRAME])
    return played


def pictures(mesh: MeshPicture, played: Performance) -> Iterator[np.ndarray]:
    """(height, width, 3) uint8 of every frame."""
    for frame in range(len(played.face)):
        yield mesh_frame(mesh, played, frame)


def mesh_frame(mesh: MeshPicture, played: Performance, frame: int) -> np.ndarray:
    """(height, width, 3) uint8, decoded as the stages decode their networks' vectors."""
    rows = played.face[frame], played.body[frame], played.state[frame]
    return mesh.draw(mesh.template.step(*performed_frame(frame, *rows, mesh.pose)))


def write_sheet(path: Path, tiles: list[np.ndarray]) -> None:
    """Pictures of one size in rows on one PNG."""
    blank = np.full_like(tiles[0], 255)
    tiles = tiles + [blank] * (-len(tiles) % _SHEET_COLUMNS)
    rows = [
        np.hstack(tiles[start : start + _SHEET_COLUMNS])
        for start in range(0, len(tiles), _SHEET_COLUMNS)
    ]
    cv2.imwrite(str(path), np.vstack(rows)[..., ::-1])
