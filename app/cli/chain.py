"""What the commands that run the chain have in common."""

import argparse
import time
from collections.abc import Callable
from typing import Any

import psutil

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.motion_settings import MotionSettings
from pipeline.picture_settings import PictureSettings
from pipeline.stages import Choices


def read_stage_options(options: argparse.Namespace, *, in_real_time: bool = False) -> StageOptions:
    """What stays the same during a run."""
    width_px, height_px = frame_size_px(options)
    return StageOptions(
        device=options.device,
        tier=options.tier,
        lookahead_frames=options.lookahead,
        seed=options.seed,
        width_px=width_px,
        height_px=height_px,
        in_real_time=in_real_time,
    )


def load_models(
    options: argparse.Namespace, tell: Callable[[str], None], *, in_real_time: bool = False
) -> ModelAssembly:
    """The assembly; tell: is told what the user should know about what computes.

    Raises ModelError where the tier or the device cannot be had.
    """
    assembly = ModelAssembly(read_stage_options(options, in_real_time=in_real_time))
    if assembly.fallback:
        tell(assembly.fallback)
    return assembly


def read_choices(options: argparse.Namespace) -> Choices:
    """Avatar, style and intensities."""
    settings = MotionSettings(options.expression, options.head, options.gesture)
    label = options.label_place if options.label else "none"
    picture = PictureSettings(options.background, options.framing, options.zoom, label)
    return Choices(options.avatar, options.style, settings, picture)


def frame_size_px(options: argparse.Namespace) -> tuple[int, int]:
    """Width and height of --frame."""
    width, _, height = options.frame.partition("x")
    return int(width), int(height)


class FirstFrame:
    """Takes the time from the start of the process to the first picture."""

    def __init__(self) -> None:
        self.after_s: float | None = None

    def note(self, frames: int) -> None:
        """Called with the number of pictures so far."""
        if self.after_s is None and frames:
            self.after_s = time.time() - psutil.Process().create_time()

    def as_json(self) -> dict[str, Any]:
        return {"first_frame_s": self.after_s and round(self.after_s, 2)}
