"""Trains the style encoder: from motion to the knobs it was performed with.

`python -m training.train_style --motions cache/performances --out cache/style_run`; motions are
.npz files with face and body vectors of pipeline.motion_space, state, and style: the teacher's
performances, and with --rollouts a folder of training.style_rollouts, motions that the product
itself made; --start goes on from earlier weights.
"""

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from pipeline.knobs import KNOBS
from pipeline.networks.sizes import StyleEncoderSizes
from pipeline.networks.style_encoder import StyleEncoder
from pipeline.rates import FPS
from pipeline.style_observation import (
    HANDS_SEEN,
    OBSERVATION_SIZE,
    TORSO,
    TORSO_SEEN,
    WRISTS,
)
from training.observed_performance import observe_performances, observed_rollout

_LEAST_SCALE = 2e-3
_FLAGS = 3  # the last channels say what was seen; they are not normalised
_HELD_OUT_EVERY = 12


@dataclass(frozen=True, slots=True)
class StyleRun:
    """One training run. frames: shortest and longest window; hidden_share: of windows in which
    torso or hands are taken away, as a video of a face alone has neither."""

    steps: int = 6000
    batch: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    average: float = 0.998
    frames: tuple[int, int] = (4 * FPS, 16 * FPS)
    hidden_share: float = 0.2
    seed: int = 1


PRESETS = {
    "full": StyleRun(),
    "cpu": StyleRun(steps=2500, batch=48, average=0.99),
    "touch": StyleRun(steps=700, batch=48, average=0.99, learning_rate=7e-4),
    "test": StyleRun(steps=4, batch=4, average=0.5),
}


class Windows:
    """Motions as one long table (N, C) on the device, and the knobs (M, K) of each motion."""

    def __init__(self, motions: list[tuple[np.ndarray, np.ndarray]], device: str) -> None:
        if not motions:
            raise ValueError("there is no motion to learn from")
        lengths = [len(observed) for observed, _ in motions]
        self.table = torch.tensor(np.concatenate([m for m, _ in motions]), device=device)
        self.knobs = torch.tensor(np.stack([k for _, k in motions]), device=device)
        self._lengths = torch.tensor(lengths, device=device)
        self._first = torch.tensor(np.cumsum([0, *lengths[:-1]]), device=device)

    def draw(self, batch: int, frames: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Windows (B, frames, C) and their knobs (B, K); motions in proportion to their length.

        Raises:
            RuntimeError: no motion is that long
        """
        device = self.table.device
        usable = (self._lengths - frames + 1).clamp_min(0).double()
        motion = torch.multinomial(usable, batch, True, generator=generator)
        room = self._lengths[motion] - frames + 1
        offset = (torch.rand(batch, generator=generator, device=device) * room).long()
        rows = (self._first[motion] + offset)[:, None] + torch.arange(frames, device=device)
        return self.table[rows], self.knobs[motion]


def partly_hidden(motion_BTC: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Motions of which some lose the torso and some the hands."""
    draw = torch.rand((2, len(motion_BTC)), generator=generator, device=motion_BTC.device)
    result = motion_BTC.clone()
    for hidden, channels, flag in (
        (draw[0] < share, TORSO, TORSO_SEEN),
        (draw[1] < share, WRISTS, HANDS_SEEN),
    ):
        result[hidden, :, channels] = 0.0
        result[hidden, :, flag] = 0.0
    return result


def normalise(network: StyleEncoder, table_NC: Tensor) -> None:
    """Sets mean and scale of the observed channels; flags stay as they are."""
    plain = slice(0, OBSERVATION_SIZE - _FLAGS)
    network.get_buffer("mean")[plain] = table_NC[:, plain].mean(0)
    network.get_buffer("scale")[plain] = table_NC[:, plain].std(0).clamp_min(_LEAST_SCALE)


def train(
    run: StyleRun, windows: Windows, device: str, start: dict[str, Tensor] | None = None
) -> dict[str, Tensor]:
    """The averaged weights after a run; start: weights to go on from, normalisation included."""
    torch.manual_seed(run.seed)
    generator = torch.Generator(device).manual_seed(run.seed)
    lengths = np.random.default_rng(run.seed)
    network = StyleEncoder(StyleEncoderSizes(channels=OBSERVATION_SIZE, knobs=len(KNOBS)))
    network.to(device).train()
    if start is None:
        normalise(network, windows.table)
    else:
        network.load_state_dict(start)
    average = {name: value.clone() for name, value in network.state_dict().items()}
    optimizer = torch.optim.AdamW(
        network.parameters(), run.learning_rate, weight_decay=run.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, run.learning_rate, total_steps=run.steps + 1, pct_start=0.1
    )
    for step in range(run.steps):
        motion_BTC, knobs_BK = windows.draw(
            run.batch, int(lengths.integers(*run.frames, endpoint=True)), generator
        )
        found_BK = network(partly_hidden(motion_BTC, run.hidden_share, generator))["knobs"]
        loss = functional.mse_loss(found_BK, knobs_BK)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
        with torch.no_grad():
            for name, value in network.state_dict().items():
                average[name].lerp_(value, 1 - run.average)
        if step % 500 == 0:
            print(f"step {step} rmse {loss.item() ** 0.5:.3f}", flush=True)
    return average


@torch.inference_mode()
def errors(
    weights: dict[str, Tensor], windows: Windows, frames: int, device: str, batches: int = 8
) -> dict[str, float]:
    """Root mean squared error of each knob on windows of a length."""
    network = StyleEncoder(StyleEncoderSizes(channels=OBSERVATION_SIZE, knobs=len(KNOBS)))
    network.load_state_dict(weights)
    network.to(device).eval()
    generator = torch.Generator(device).manual_seed(0)
    squares = []
    for _ in range(batches):
        motion_BTC, knobs_BK = windows.draw(128, frames, generator)
        squares.append((network(motion_BTC)["knobs"] - knobs_BK).square())
    found = torch.cat(squares).mean(0).sqrt().tolist()
    return dict(zip(KNOBS, (round(value, 3) for value in found), strict=True))


def load_motions(folder: Path, workers: int, most: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """(observed, knobs) of the performances in up to `most` files, spread over the folder."""
    paths = sorted(folder.glob("*.npz"))
    paths = paths[:: max(1, len(paths) // most)]
    with ProcessPoolExecutor(workers) as pool:
        return [motion for found in pool.map(observe_performances, paths) for motion in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--motions", type=Path, default=Path("cache/performances"))
    parser.add_argument("--rollouts", type=Path)
    parser.add_argument("--most", type=int, default=400, help="files of performances read")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, default=Path("cache/style_run"))
    parser.add_argument("--preset", choices=PRESETS, default="full")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    start_s = time.monotonic()
    motions = load_motions(options.motions, options.workers, options.most)
    if options.rollouts:
        paths = sorted(options.rollouts.glob("*.npz"))
        motions += [motion for path in paths for motion in observed_rollout(path)]
    held = motions[::_HELD_OUT_EVERY]
    shown = [motion for index, motion in enumerate(motions) if index % _HELD_OUT_EVERY]
    print(f"{len(motions)} motions read in {time.monotonic() - start_s:.0f} s", flush=True)
    run = PRESETS[options.preset]
    start = load_file(options.start) if options.start else None
    weights = train(run, Windows(shown, options.device), options.device, start)
    test = Windows(held, options.device)
    report = {
        f"{seconds} s": errors(weights, test, seconds * FPS, options.device)
        for seconds in (4, 8, 16)
    }
    options.out.mkdir(parents=True, exist_ok=True)
    cpu = {name: value.cpu().contiguous() for name, value in weights.items()}
    save_file(cpu, options.out / "average.safetensors")
    (options.out / "run.json").write_text(
        json.dumps({"run": asdict(run), "rmse": report}, indent=1)
    )
    print(json.dumps(report))


if __name__ == "__main__":
    main()
