"""The one training loop: paced by time or samples, reported, saved before its time is over.

A run's *progress* goes from 0 to 1, and the learning rate hangs on it alone. With `seconds` a piece
advances from where it is to `until` in that time; without, a fixed amount per sample.
"""

import argparse
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
import torch.distributed as dist
from torch import Tensor

from training import checkpoint
from training.distributed import World, any_process, barrier, mean_over_processes
from training.motion.soundness import Soundness

WARM_UP = 0.03
FLAT_UNTIL = 0.3
LAST_RATE = 0.01
REPORT_EVERY_S = 10.0
# steps between two looks at the clock
PACE_STEPS = 8
# time kept back for saving, and time after which a state is saved that a lost machine leaves
SAVING_S, SAVE_EVERY_S = 4.0, 120.0


class Learner(Protocol):
    """What a loop drives."""

    batch: int
    total_samples: int

    def step(self, rate: float) -> dict[str, Tensor]: ...

    def state_dict(self) -> dict: ...

    def load_state_dict(self, state: dict) -> None: ...

    @property
    def generators(self) -> dict[str, torch.Generator]: ...


@dataclass(slots=True)
class Piece:
    """One call of a trainer.

    seconds: time for it, None to go by samples; until: progress at which it ends
    """

    out: Path
    seconds: float | None = None
    until: float = 1.0
    resume: Path | None = None
    again: bool = False


def add_piece_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, help="time for this piece, saving included")
    parser.add_argument("--until", type=float, default=1.0, help="progress at which it ends")
    parser.add_argument("--resume", type=Path, help="folder of a checkpoint to go on from")
    parser.add_argument("--again", action="store_true", help="resume the weights, not the schedule")


def rate_at(progress: float) -> float:
    """Share of the full learning rate: warm-up, flat, then a half cosine."""
    warm = min(1.0, (progress + 1e-4) / WARM_UP)
    late = min(max((progress - FLAT_UNTIL) / (1 - FLAT_UNTIL), 0.0), 1.0)
    return warm * (LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * late)))


def run(learner: Learner, piece: Piece, here: World, start_s: float | None = None) -> None:
    """Trains one piece, saves `checkpoint` into its folder.

    start_s: monotonic time at which the piece's seconds began
    """
    start_s = time.monotonic() if start_s is None else start_s
    progress, samples = 0.0, 0
    if piece.resume:
        saved = checkpoint.load(piece.resume, learner.generators)
        learner.load_state_dict(saved["learner"])
        if not piece.again:
            progress, samples = saved["progress"], saved["samples"]
    per_step = learner.batch * here.size / learner.total_samples
    training_s = time.monotonic()
    begun, reported_s, saved_s, steps = progress, training_s, training_s, 0
    counted, soundness = 0, Soundness(learner, here)
    while progress < piece.until - 1e-9:
        parts = learner.step(soundness.pace * rate_at(progress))
        fallen = soundness.saw(parts)
        if fallen and here.first:
            print(fallen, flush=True)
        samples, steps, counted = samples + learner.batch * here.size, steps + 1, counted + 1
        if steps == 1:
            # what is compiled in it is no part of the pace
            training_s = time.monotonic()
        if piece.seconds is None:
            progress += per_step
        elif steps % PACE_STEPS == 0:
            budget_s = piece.seconds - SAVING_S - (training_s - start_s)
            share = (time.monotonic() - training_s) / max(budget_s, 1.0)
            progress = _same(begun + (piece.until - begun) * min(share, 1.0), here)
        now_s = time.monotonic()
        if _due(now_s - reported_s > REPORT_EVERY_S or steps == 1, piece, steps, here):
            rate = counted / (now_s - reported_s)
            pace = f"{100 * progress:5.1f} % {samples:9d} samples {rate:6.2f} steps/s"
            _report(parts, pace, start_s, here)
            reported_s, counted = now_s, 0
        if steps % PACE_STEPS == 0 and any_process(now_s - saved_s > SAVE_EVERY_S, here):
            _save(learner, piece, progress, samples)
            saved_s = now_s
    _save(learner, piece, progress, samples)
    if here.first:
        print(f"saved {piece.out} after {time.monotonic() - start_s:.1f} s", flush=True)
    barrier(here)


def _save(learner: Learner, piece: Piece, progress: float, samples: int) -> None:
    state = {"learner": learner.state_dict(), "progress": progress, "samples": samples}
    checkpoint.save(piece.out / "checkpoint", state, learner.generators)


def _same(progress: float, here: World) -> float:
    """The first process's progress: all ranks must take the same steps."""
    if here.size == 1:
        return progress
    told = torch.tensor(progress, device=here.device, dtype=torch.float64)
    dist.broadcast(told, 0)
    return float(told)


def _due(due: bool, piece: Piece, steps: int, here: World) -> bool:
    if here.size == 1:
        return due
    if steps % PACE_STEPS and steps != 1:
        return False
    return _same(float(due), here) > 0


def _report(parts: dict[str, Tensor], pace: str, start_s: float, here: World) -> None:
    parts = mean_over_processes(parts, here)
    if not here.first:
        return
    figures = " ".join(f"{name} {float(value):.4f}," for name, value in parts.items())
    memory = ""
    if here.device.startswith("cuda"):
        memory = f" {torch.cuda.max_memory_allocated() / 2**30:.1f} GiB"
    print(
        f"{time.monotonic() - start_s:6.1f} s {pace}{memory} | {figures.rstrip(',')}",
        flush=True,
    )
