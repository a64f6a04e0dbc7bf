"""Motions that the product's own networks make, in drawn styles, for the style encoder.

`python -m training.style_rollouts --features cache/features --performances cache/performances
--face cache/face_2/average.safetensors --body cache/body_2/average.safetensors
--out cache/rollouts`; with torchrun the processes share the batches.

A batch is an NNNN.npz of N motions: observed (N, T, OBSERVATION_SIZE) float32, style (N, 14)
float32, preset (N,) int8 (-1: none), shard (N,). Batches that are there are left alone.
"""

import argparse
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.knobs import KNOBS
from pipeline.model_folder import MODELS
from pipeline.rates import FPS
from training.distributed import barrier, leave, world
from training.generated_streams import Asked, Networks
from training.motion.load_data import shard_names
from training.motion.motion_data import MOST_LOOKAHEAD
from training.observed_performance import NO_PRESET, SETTLING_FRAMES, observe_generated
from training.performance.performances import PRESET_JITTER, drawn_style
from training.performance.presets import PRESETS, preset

PRESET_SHARE = 0.2
USUAL_LOOKAHEAD, USUAL_LOOKAHEAD_SHARE = 1, 0.8
# batches that may wait for the processes that decode them
_MOST_WAITING = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """B streams: what they are asked, index of the preset (B,) or NO_PRESET, and shards."""

    number: int
    asked: Asked
    preset: np.ndarray
    shard: list[str]


class Speech:
    """Speech(features, performances, frames): stretches of the shards that have both.

    Raises:
        ValueError: no shard is that long
    """

    def __init__(self, features: Path, performances: Path, frames: int) -> None:
        self._frames = frames + MOST_LOOKAHEAD
        self._names: list[str] = []
        self._features, self._states, rooms = [], [], []
        for name in shard_names(features, performances):
            feature = np.load(features / f"{name}.npy", mmap_mode="r")
            with np.load(performances / f"{name}.npz") as content:
                state = content["state"]
            room = min(feature.shape[1], len(state)) - self._frames + 1
            if room > 0:
                self._names.append(name)
                self._features.append(feature)
                self._states.append(state)
                rooms.append(room)
        if not rooms:
            raise ValueError(f"no shard of {features} is {self._frames} frames long")
        self._rooms = np.array(rooms)

    def drawn(self, number: int, streams: int) -> Batch:
        """Streams in drawn styles, of long shards more often."""
        draw = np.random.default_rng([number, 2])
        chosen = draw.choice(len(self._rooms), streams, p=self._rooms / self._rooms.sum())
        feature, state = [], []
        for shard in chosen:
            first = draw.integers(self._rooms[shard])
            part = slice(first, first + self._frames)
            feature.append(self._features[shard][draw.integers(len(self._features[shard])), part])
            state.append(self._states[shard][part])
        styles = [drawn_knobs(draw) for _ in chosen]
        usual = draw.uniform(size=streams) < USUAL_LOOKAHEAD_SHARE
        others = draw.integers(MOST_LOOKAHEAD + 1, size=streams)
        asked = Asked(
            feature=np.stack(feature),
            state=np.stack(state),
            style=np.stack([knobs for knobs, _ in styles]),
            lookahead=np.where(usual, USUAL_LOOKAHEAD, others),
        )
        presets = np.array([index for _, index in styles], np.int8)
        return Batch(number, asked, presets, [self._names[shard] for shard in chosen])


def drawn_knobs(draw: np.random.Generator) -> tuple[np.ndarray, int]:
    """(14,) float32 knobs and the index of the preset they are, or NO_PRESET: as in training, or
    one of the presets, half of these exactly and the others up to as nearly as in training."""
    if draw.uniform() >= PRESET_SHARE:
        return drawn_style(draw), NO_PRESET
    index = int(draw.integers(len(PRESETS)))
    deviation = max(0.0, draw.uniform(-PRESET_JITTER, PRESET_JITTER))
    knobs = preset(PRESETS[index]) + deviation * draw.standard_normal(len(KNOBS))
    return np.clip(knobs, 0.0, 1.0).astype(np.float32), index


def observed_batches(
    batches: Iterator[Batch], networks: Networks, pool: Executor
) -> Iterator[tuple[Batch, list[np.ndarray]]]:
    """What the style encoder sees of each stream; the next batch is generated meanwhile."""
    waiting = deque()
    for batch in batches:
        made = networks.made(batch.asked, batch.number)
        waiting.append((batch, [pool.submit(observe_generated, *one) for one in made]))
        if len(waiting) > _MOST_WAITING:
            first, found = waiting.popleft()
            yield first, [one.result() for one in found]
    for first, found in waiting:
        yield first, [one.result() for one in found]


def write(path: Path, batch: Batch, observed: list[np.ndarray]) -> None:
    """One batch; the file appears whole or not at all."""
    part = path.with_suffix(f".{os.getpid()}.part")
    columns = {"style": batch.asked.style, "preset": batch.preset, "shard": np.array(batch.shard)}
    with part.open("wb") as file:
        np.savez(file, allow_pickle=False, observed=np.stack(observed), **columns)
    part.rename(path)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, default=Path("cache/features"))
    parser.add_argument("--performances", type=Path, default=Path("cache/performances"))
    parser.add_argument("--face", type=Path, default=Path("cache/face_2/average.safetensors"))
    parser.add_argument("--body", type=Path, default=Path("cache/body_2/average.safetensors"))
    parser.add_argument("--encoder", type=Path, default=MODELS / "speech", help="of the features")
    parser.add_argument("--out", type=Path, default=Path("cache/rollouts"))
    parser.add_argument("--batches", type=int, default=8)
    parser.add_argument("--streams", type=int, default=512, help="motions of a batch")
    parser.add_argument("--seconds", type=int, default=24, help="length of each motion")
    parser.add_argument("--workers", type=int, default=16, help="that decode, of each process")
    parser.add_argument("--device", help="cpu or cuda; what the machine has by default")
    return parser.parse_args()


def main() -> None:
    options = read_options()
    start_s = time.monotonic()
    here = world(options.device)
    options.out.mkdir(parents=True, exist_ok=True)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.workers, mp_context=spawned) as pool:
        for _ in range(options.workers):  # they begin while the networks are read
            pool.submit(abs, 0)
        frames = options.seconds * FPS + SETTLING_FRAMES
        speech = Speech(options.features, options.performances, frames)
        networks = Networks(options.face, options.body, options.encoder, here.device)
        numbers = range(here.rank, options.batches, here.size)
        paths = {number: options.out / f"{number:04d}.npz" for number in numbers}
        missing = (number for number, path in paths.items() if not path.exists())
        batches = (speech.drawn(number, options.streams) for number in missing)
        for batch, observed in observed_batches(batches, networks, pool):
            write(paths[batch.number], batch, observed)
            print(f"batch {batch.number} after {time.monotonic() - start_s:.1f} s", flush=True)
    barrier(here)
    leave(here)


if __name__ == "__main__":
    main()
