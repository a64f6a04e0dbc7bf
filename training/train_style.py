"""Trains the style encoder: from motion to the knobs it was performed with.

`python -m training.train_style --motions cache/performances --rollouts cache/rollouts
--preset gpu --out cache/style_run`; motions are the teacher's performances (.npz files with face
and body vectors of pipeline.motion_space, state, and style) and with --rollouts those that the
product itself made (training.style_rollouts); --start goes on from earlier weights.
"""

import argparse
import json
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from pipeline.networks.style_encoder import StyleEncoder
from pipeline.rates import FPS
from pipeline.style_observation import OBSERVATION_SIZE
from training.motion.loop import rate_at
from training.observed_performance import (
    NO_PRESET,
    Observed,
    observe_performances,
    observed_rollouts,
)
from training.performance.presets import PRESETS as STYLES
from training.performance.presets import preset
from training.style_augment import mirrored, partly_hidden, shifted
from training.style_errors import errors, nearest, style_encoder

_LEAST_SCALE = 2e-3
_FLAGS = 3  # the last channels say what was seen; they are not normalised
_HELD_OUT_EVERY = 10
_REPORTS = 12
_TOLD_FRAMES = 8 * FPS


@dataclass(frozen=True, slots=True)
class StyleRun:
    """One training run.

    frames: shortest and longest window; hidden_share: of windows in which torso or hands are
        taken away, as a video of a face alone has neither
    shift: of each channel, as a share of its deviation, see style_augment.shifted
    own_share: of windows of the product's own motions, where there are any
    preset_weight: of recognising the preset of those made in one, beside the knobs' errors;
        preset_width: deviation of the knobs within a preset, for that
    seconds: time for it, in place of `steps`; tested: windows by which errors are told
    """

    steps: int = 6000
    batch: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    average: float = 0.998
    frames: tuple[int, int] = (4 * FPS, 16 * FPS)
    hidden_share: float = 0.2
    shift: float = 0.1
    own_share: float = 0.7
    preset_weight: float = 0.01
    preset_width: float = 0.25
    seconds: float | None = None
    tested: int = 1024
    seed: int = 1


PRESETS = {
    "full": StyleRun(),
    "gpu": StyleRun(batch=512, average=0.999, seconds=60.0),
    "cpu": StyleRun(steps=2500, batch=48, average=0.99),
    "touch": StyleRun(steps=700, batch=48, average=0.99, learning_rate=7e-4),
    "test": StyleRun(steps=4, batch=4, average=0.5, tested=4),
}


class Windows:
    """Motions as one long table (N, C) on the device, with the knobs (M, K) and the preset (M,)
    of each motion.

    own_share: of the windows drawn, those of the product's own motions where there are both
    """

    def __init__(self, motions: list[Observed], device: str, own_share: float = 0.5) -> None:
        if not motions:
            raise ValueError("there is no motion to learn from")
        lengths = [len(one.motion) for one in motions]
        self.table = torch.tensor(np.concatenate([one.motion for one in motions]), device=device)
        self.knobs = torch.tensor(np.stack([one.knobs for one in motions]), device=device)
        self.presets = torch.tensor([one.preset for one in motions], device=device)
        self._own = torch.tensor([one.own for one in motions], device=device)
        kinds = {one.own for one in motions}
        self._own_share = own_share if len(kinds) == 2 else None
        self._lengths = torch.tensor(lengths, device=device)
        self._first = torch.tensor(np.cumsum([0, *lengths[:-1]]), device=device)

    def draw(
        self, batch: int, frames: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Windows (B, frames, C), their knobs (B, K) and presets (B,); motions of a kind in
        proportion to their length.

        Raises:
            RuntimeError: no motion is that long
        """
        device = self.table.device
        usable = (self._lengths - frames + 1).clamp_min(0).double()
        if self._own_share is not None:
            own, others = usable * self._own, usable * ~self._own
            usable = self._own_share * own / own.sum().clamp_min(1.0)
            usable += (1.0 - self._own_share) * others / others.sum().clamp_min(1.0)
        motion = torch.multinomial(usable, batch, True, generator=generator)
        room = self._lengths[motion] - frames + 1
        offset = (torch.rand(batch, generator=generator, device=device) * room).long()
        rows = (self._first[motion] + offset)[:, None] + torch.arange(frames, device=device)
        return self.table[rows], self.knobs[motion], self.presets[motion]


def normalise(network: StyleEncoder, table_NC: Tensor) -> None:
    """Sets mean and scale of the observed channels; flags stay as they are."""
    plain = slice(0, OBSERVATION_SIZE - _FLAGS)
    network.get_buffer("mean")[plain] = table_NC[:, plain].mean(0)
    network.get_buffer("scale")[plain] = table_NC[:, plain].std(0).clamp_min(_LEAST_SCALE)


def preset_loss(found_BK: Tensor, preset_B: Tensor, places_PK: Tensor, width: float) -> Tensor:
    """Minus the log of the posterior of the preset, by distance, of those made in one.

    A mean of what is possible lies between presets and is nearest to the one in the middle; this
    pulls it to the side that is more likely. Source: Snell et al. 2017, Prototypical Networks.
    """
    squares_BP = (found_BK[:, None] - places_PK).square().sum(2)
    return functional.cross_entropy(
        -0.5 * squares_BP / width**2, preset_B, ignore_index=NO_PRESET, reduction="sum"
    ) / len(preset_B)


class Best:
    """The weights that read held-out motions best; without these the last ones."""

    def __init__(self, test: Windows | None, device: str, tested: int) -> None:
        self._test, self._device, self._tested = test, device, tested
        self._least = np.inf
        self.weights: dict[str, Tensor] = {}

    def look(self, weights: dict[str, Tensor]) -> str:
        """Keeps the weights if they are better than before, and tells how good they are."""
        told = ""
        if self._test is not None:
            found = errors(weights, self._test, _TOLD_FRAMES, self._device, self._tested)
            mean = float(np.mean(list(found.values())))
            told = f", held out {mean:.3f}"
            if mean > self._least:
                return told
            self._least = mean
        self.weights = {name: value.clone() for name, value in weights.items()}
        return told


def train(
    run: StyleRun,
    windows: Windows,
    device: str,
    start: dict[str, Tensor] | None = None,
    test: Windows | None = None,
) -> dict[str, Tensor]:
    """The averaged weights after a run; start: weights to go on from, normalisation included.

    test: held-out motions; the weights are those that read them best of all that were looked at,
        so that a run that learns motions by heart does no harm
    """
    torch.manual_seed(run.seed)
    generator = torch.Generator(device).manual_seed(run.seed)
    lengths = np.random.default_rng(run.seed)
    network = style_encoder(start).to(device).train()
    if start is None:
        normalise(network, windows.table)
    # flags, and channels that hardly move, stay where they are
    moving_C = network.get_buffer("scale").clone()
    moving_C[moving_C <= _LEAST_SCALE] = 0.0
    moving_C[-_FLAGS:] = 0.0
    average = {name: value.clone() for name, value in network.state_dict().items()}
    places_PK = torch.tensor(np.stack([preset(name) for name in STYLES]), device=device)
    optimizer = torch.optim.AdamW(
        network.parameters(), run.learning_rate, weight_decay=run.weight_decay
    )
    start_s, progress, step, reports = time.monotonic(), 0.0, 0, 0
    best = Best(test, device, run.tested)
    while progress < 1.0:
        optimizer.param_groups[0]["lr"] = run.learning_rate * rate_at(progress)
        frames = int(lengths.integers(*run.frames, endpoint=True))
        motion_BTC, knobs_BK, preset_B = windows.draw(run.batch, frames, generator)
        motion_BTC = mirrored(motion_BTC, 0.5, generator)
        motion_BTC = shifted(motion_BTC, moving_C, run.shift, generator)
        found_BK = network(partly_hidden(motion_BTC, run.hidden_share, generator))["knobs"]
        squares = functional.mse_loss(found_BK, knobs_BK)
        recognised = preset_loss(found_BK, preset_B, places_PK, run.preset_width)
        optimizer.zero_grad(set_to_none=True)
        (squares + run.preset_weight * recognised).backward()
        optimizer.step()
        with torch.no_grad():
            # the first steps must not weigh in the end of a short run
            kept = min(run.average, (1 + step) / (10 + step))
            for name, value in network.state_dict().items():
                average[name].lerp_(value, 1 - kept)
        if progress >= reports / _REPORTS:
            # only here the device is waited for
            rmse, passed_s = squares.item() ** 0.5, time.monotonic() - start_s
            told = best.look(average)
            print(f"{passed_s:.1f} s, step {step}, rmse {rmse:.3f}{told}", flush=True)
            reports += 1
        step += 1
        progress = step / run.steps
        if run.seconds is not None:
            progress = (time.monotonic() - start_s) / run.seconds
    best.look(average)
    return best.weights


def load_motions(folder: Path, workers: int, most: int) -> list[Observed]:
    """The performances in up to `most` files, spread over the folder."""
    paths = sorted(folder.glob("*.npz"))
    paths = paths[:: max(1, len(paths) // most)]
    with ProcessPoolExecutor(workers) as pool:
        return [motion for found in pool.map(observe_performances, paths) for motion in found]


def held_out(motions: Iterable[Observed]) -> set[str]:
    """Shards whose speech is heard in no training: neither the teacher's nor the product's
    motions to it are seen."""
    return set(sorted({one.shard for one in motions})[::_HELD_OUT_EVERY])


def report(
    weights: dict[str, Tensor], test: list[Observed], device: str, tested: int
) -> dict[str, dict]:
    """Errors of each knob on held-out motions by length, and how often the preset is nearest."""
    found: dict[str, dict] = {"rmse": {}}
    own = [one for one in test if one.own]
    taught = [one for one in test if not one.own]
    for name, motions in {"teacher": taught, "own": own}.items():
        if not motions:
            continue
        windows, longest = Windows(motions, device), max(len(one.motion) for one in motions)
        found["rmse"][name] = {
            f"{seconds} s": errors(weights, windows, seconds * FPS, device, tested)
            for seconds in (4, 8, 16)
            if seconds * FPS <= longest
        }
    in_presets = [one for one in own if one.preset != NO_PRESET]
    for seconds in (8, 20):
        if in_presets:
            found[f"nearest {seconds} s"] = nearest(weights, in_presets, seconds * FPS, device)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--motions", type=Path, default=Path("cache/performances"))
    parser.add_argument("--rollouts", type=Path)
    parser.add_argument("--most", type=int, default=400, help="files of performances read")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, default=Path("cache/style_run"))
    parser.add_argument("--preset", choices=PRESETS, default="full")
    parser.add_argument("--seconds", type=float, help="time for training, in place of steps")
    parser.add_argument("--own-share", type=float, help="of windows of the product's own motions")
    parser.add_argument("--preset-weight", type=float, help="of recognising presets")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    start_s = time.monotonic()
    motions = load_motions(options.motions, options.workers, options.most)
    if options.rollouts:
        paths = sorted(options.rollouts.glob("*.npz"))
        motions += [motion for path in paths for motion in observed_rollouts(path)]
    away = held_out(motions)
    test = [motion for motion in motions if motion.shard in away]
    shown = [motion for motion in motions if motion.shard not in away]
    print(f"{len(motions)} motions read in {time.monotonic() - start_s:.0f} s", flush=True)
    asked = ("seconds", "own_share", "preset_weight")
    given = {name: getattr(options, name) for name in asked if getattr(options, name) is not None}
    run = replace(PRESETS[options.preset], **given)
    start = load_file(options.start) if options.start else None
    windows = Windows(shown, options.device, run.own_share)
    held = Windows(test, options.device, run.own_share)
    weights = train(run, windows, options.device, start, held)
    options.out.mkdir(parents=True, exist_ok=True)
    cpu = {name: value.cpu().contiguous() for name, value in weights.items()}
    save_file(cpu, options.out / "average.safetensors")
    found = report(weights, test, options.device, run.tested)
    found["motions"] = {"shown": len(shown), "held out": len(test)}
    content = {"run": asdict(run), **found}
    (options.out / "run.json").write_text(json.dumps(content, indent=1))
    print(json.dumps(found))
    print(f"all in {time.monotonic() - start_s:.0f} s", flush=True)


if __name__ == "__main__":
    main()
