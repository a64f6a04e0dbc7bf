"""Small stand-ins for features and performances, in memory and as files."""

from pathlib import Path

import numpy as np
import torch

from pipeline.hand_pose import POSE_SIZE
from training.motion.load_data import moves_of
from training.motion.motion_data import MotionData, Performed
from training.motion.parts import PARTS
from training.performance.gestures import MOVES, Phase

FRAMES, SIZE = 130, 8
LOOKS = {"face": PARTS["face"].tiny(), "body": PARTS["body"].tiny()}


def performance(seed: int) -> dict[str, np.ndarray]:
    """One take of a file of `training.performance make`: smooth noise."""
    draw = np.random.default_rng(seed)
    window = np.hanning(9) / np.hanning(9).sum()

    def smooth() -> np.ndarray:
        noise = 0.3 * draw.standard_normal((52, FRAMES + 8))
        return np.stack([np.convolve(row, window, "valid") for row in noise], 1)

    return {
        "face": smooth().astype(np.float16),
        "body": smooth().astype(np.float16),
        "closed": (draw.random(FRAMES) < 0.3).astype(np.float16),
        "moves": _moves(draw),
        "state": draw.integers(0, 3, FRAMES).astype(np.uint8),
        "style": draw.random(14).astype(np.float32),
        "gesture": np.float32(1.0),
    }


def _moves(draw: np.random.Generator) -> np.ndarray:
    """Rest, then moves of all kinds at random times."""
    count = 40
    start_s = np.sort(np.append(0.0, draw.uniform(0.1, FRAMES / 30, count - 1)))
    kind = np.append(Phase.REST, draw.choice(MOVES, count - 1))
    goal = 0.3 * draw.standard_normal((count, 2 * POSE_SIZE))
    return np.column_stack([start_s, kind, goal]).astype(np.float32)


def write_files(folder: Path, shards: int = 3) -> list[str]:
    """Features and performances below a folder; the trainer's options that name them."""
    features, performances = folder / "features", folder / "performances"
    features.mkdir(parents=True)
    performances.mkdir()
    for shard in range(shards):
        draw = np.random.default_rng(100 + shard)
        heard = draw.standard_normal((2, FRAMES, SIZE)).astype(np.float16)
        np.save(features / f"{shard:03d}.npy", heard)
        takes = [performance(10 * shard + take) for take in range(2)]
        moves = [np.insert(take.pop("moves"), 0, k, 1) for k, take in enumerate(takes)]
        stacked = {name: np.stack([take[name] for take in takes]) for name in takes[0]}
        stacked["moves"] = np.concatenate(moves)
        stacked["state"] = takes[0]["state"]
        np.savez(performances / f"{shard:03d}.npz", **stacked)
    return ["--features", str(features), "--performances", str(performances), "--device", "cpu"]


def data(part: str, device: str = "cpu", performances: int = 4) -> MotionData:
    """The same in memory; all hear the same sound."""
    torch.manual_seed(0)
    played = [
        Performed(
            face=torch.from_numpy(p["face"]), body=torch.from_numpy(p["body"]),
            closed=torch.from_numpy(p["closed"]),
            **moves_of(np.insert(p["moves"], 0, 0, 1), 0, FRAMES),
            state=torch.from_numpy(p["state"]), style=torch.from_numpy(p["style"]),
            gesture=1.0, feature_row=0,
        )
        for p in (performance(k) for k in range(performances))
    ]  # fmt: skip
    return MotionData(LOOKS[part], torch.randn(2, FRAMES, SIZE), played, device)
