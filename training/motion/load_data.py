"""Features and performances from their folders onto the device.

The performances NNN.npz (see training.performance.performances) belong to the features NNN.npy
(K, F, S) of shard NNN; shards without either are skipped.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from pipeline.motion_space import BODY_SIZE, HANDS
from pipeline.rates import FPS
from training.distributed import World
from training.motion.motion_data import MotionData, Performed
from training.motion.parts import Part
from training.performance.gestures import MOVES

# of the shards, every so-manieth is held out
HOLD_OUT_EVERY = 25


def add_data_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--features", type=Path, default=Path("cache/features"))
    parser.add_argument("--performances", type=Path, default=Path("cache/performances"))
    parser.add_argument("--device", help="cpu or cuda; what the machine has by default")


def load_data(part: Part, options: argparse.Namespace, here: World, held_out: bool) -> MotionData:
    """All held-out shards or all others.

    Raises:
        ValueError: there is nothing to learn from
    """
    names = shard_names(options.features, options.performances)
    kept = [
        n for k, n in enumerate(names) if (k % HOLD_OUT_EVERY == HOLD_OUT_EVERY - 1) == held_out
    ]
    if not kept and held_out:
        kept = names[-1:]
    if not kept:
        raise ValueError(f"no shard has features in {options.features} and a performance")
    with ThreadPoolExecutor(8) as pool:
        features = list(pool.map(lambda n: np.load(options.features / f"{n}.npy"), kept))
        frames = [f.shape[1] for f in features]
        starts = np.cumsum([0, *frames[:-1]]).tolist()
        paths = [options.performances / f"{name}.npz" for name in kept]
        read = pool.map(read_performances, paths, [part] * len(kept), starts, frames)
        performed = [one for several in read for one in several]
    table = torch.from_numpy(np.concatenate(features, axis=1))
    return MotionData(part, table, performed, here.device)


def shard_names(features: Path, performances: Path) -> list[str]:
    """Shards that have both, in order."""
    played = {path.stem for path in performances.glob("*.npz")}
    return sorted(played & {path.stem for path in features.glob("*.npy")})


def read_performances(path: Path, part: Part, feature_row: int, frames: int) -> list[Performed]:
    """All performances of one shard, whose features take `frames` rows from `feature_row` on."""
    names = ["face", "closed", "style", "gesture"] + ["body"] * (part.name == "body")
    with np.load(path) as file:
        state = torch.from_numpy(file["state"])[:frames]
        read = {name: torch.from_numpy(file[name]) for name in names}
        moves = file["moves"]
    takes = [moves_of(moves, take, len(state)) for take in range(len(read["style"]))]
    return [
        Performed(
            face=read["face"][take, :frames],
            body=read["body"][take, :frames] if "body" in read else None,
            closed=read["closed"][take, :frames],
            **takes[take],
            state=state,
            style=read["style"][take],
            gesture=float(read["gesture"][take]),
            feature_row=feature_row,
        )
        for take in range(len(read["style"]))
    ]


def moves_of(moves: np.ndarray, take: int, frames: int) -> dict[str, Tensor]:
    """Onset, rest, goals and goal of Performed.

    moves: (M, 3 + 2 POSE_SIZE) of all takes, as training.performance.performances writes them
    """
    mine = moves[moves[:, 0] == take]
    # a frame shows the middle of its time
    first = np.round(mine[:, 1] * FPS).astype(int)
    onset = np.zeros((frames, len(MOVES)), bool)
    for kind, move in enumerate(MOVES):
        began = first[(mine[:, 2] == move) & (first < frames)]
        onset[began, kind] = True
    goals = np.zeros((len(mine), BODY_SIZE), np.float32)
    goals[:, HANDS] = mine[:, 3:]
    goal = np.searchsorted(first, np.arange(frames), side="right") - 1
    found = {"onset": onset, "rest": goals[0], "goals": goals - goals[0], "goal": goal}
    return {name: torch.from_numpy(value) for name, value in found.items()}
