"""Features and performances from their folders onto the device.

A performance NNN-anything.npz belongs to the features NNN.npy (K, F, S) of shard NNN; shards
without either are skipped.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

from training.distributed import World
from training.motion.motion_data import MotionData, Performed
from training.motion.parts import Part

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
        paths = [(row, path) for row, n in enumerate(kept) for path in _of(options.performances, n)]
        starts = np.cumsum([0, *(f.shape[1] for f in features)])
        read = pool.map(lambda p: read_performance(p[1], part, int(starts[p[0]])), paths)
        performed = [cut(p, int(starts[row + 1])) for p, (row, _) in zip(read, paths, strict=True)]
    table = torch.from_numpy(np.concatenate(features, axis=1))
    return MotionData(part, table, performed, here.device)


def shard_names(features: Path, performances: Path) -> list[str]:
    """Shards that have both, in order."""
    played = {path.stem.split("-")[0].split("_")[0] for path in performances.glob("*.npz")}
    return sorted(played & {path.stem for path in features.glob("*.npy")})


def _of(performances: Path, name: str) -> list[Path]:
    return sorted(
        p for p in performances.glob(f"{name}*.npz") if p.stem[len(name) :][:1] in ("", "-", "_")
    )


def read_performance(path: Path, part: Part, feature_row: int) -> Performed:
    """One file of `training.performance make`."""
    with np.load(path) as file:
        body = torch.from_numpy(file["body"]) if part.name == "body" else None
        return Performed(
            face=torch.from_numpy(file["face"]),
            body=body,
            closed=torch.from_numpy(file["closed"]),
            state=torch.from_numpy(file["state"]),
            style=torch.from_numpy(file["style"].astype(np.float32)),
            gesture=float(file["gesture"]),
            feature_row=feature_row,
        )


def cut(performed: Performed, end_row: int) -> Performed:
    """No longer than the features last."""
    frames = min(len(performed.face), end_row - performed.feature_row)
    short = {n: getattr(performed, n)[:frames] for n in ("face", "closed", "state")}
    body = None if performed.body is None else performed.body[:frames]
    return Performed(**short, body=body, style=performed.style, gesture=performed.gesture,
                     feature_row=performed.feature_row)  # fmt: skip
