"""What the frozen speech encoder hears in every shard, in several disturbed versions.

`python -m training.motion.features --shards cache/speech/shards --out cache/features` writes
NNN.npy (K, F, 256) float16 for every shard NNN; shards that have one are skipped. With torchrun
the processes share the shards.
"""

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Generator, Tensor

from pipeline.model_folder import MODELS
from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.rates import FPS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.augment import Augment
from training.distributed import World, barrier, leave, world
from training.torch_log_mel import NEUTRAL_WARP, WARPS, TorchLogMel

VERSIONS = 4
# rooms and noises change this often within a disturbed version
SCENE_FRAMES = 20 * FPS


class Listener:
    """A frozen speech encoder behind rooms, noises and microphones."""

    def __init__(self, encoder: SpeechEncoder, device: str, seed: int):
        self._encoder = encoder.to(device).eval()
        self._device = device
        self._generator = Generator(device).manual_seed(seed)
        self._augment = Augment(device, self._generator)
        self._log_mel = TorchLogMel(device)

    @torch.inference_mode()
    def heard(self, samples: np.ndarray, versions: int) -> Tensor:
        """(K, F, E) float16 of (N,) samples: the first version as recorded, the others disturbed
        and half of these with another length of the vocal tract."""
        frames = len(samples) // SAMPLES_PER_FRAME
        sound_N = torch.from_numpy(np.ascontiguousarray(samples[: frames * SAMPLES_PER_FRAME]))
        sound_N = sound_N.to(self._device)
        sounds = [sound_N] + [self._disturbed(sound_N) for _ in range(versions - 1)]
        sound_KN = torch.stack(sounds)
        warp_K = torch.full((versions,), NEUTRAL_WARP, device=self._device)
        for version in range(1, versions, 2):
            warp_K[version] = torch.randint(
                len(WARPS), (), generator=self._generator, device=self._device
            )
        state = {n: v.to(self._device) for n, v in self._encoder.init_state(versions).items()}
        return self._encoder(self._log_mel(sound_KN, warp_K), **state)["feature"].half()

    def _disturbed(self, sound_N: Tensor) -> Tensor:
        count = SCENE_FRAMES * SAMPLES_PER_FRAME
        short = -len(sound_N) % count
        scenes = torch.nn.functional.pad(sound_N, (0, short)).view(-1, count)
        # codecs take the first sounds of a batch
        order = torch.randperm(len(scenes), generator=self._generator, device=self._device)
        disturbed, _ = self._augment(scenes[order])
        again = torch.empty_like(scenes)
        again[order] = disturbed
        return again.view(-1)[: len(sound_N)]


def load_encoder(folder: Path) -> SpeechEncoder:
    """The shipped encoder, or one from a folder of the same form; strict in nothing but shapes."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    sizes: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in config["sizes"].items()
    }
    encoder = SpeechEncoder(SpeechEncoderSizes(**sizes))
    weights = {k: v.float() for k, v in load_file(folder / config["weights"]).items()}
    encoder.load_state_dict(weights)
    return encoder


def read_sound(path: Path) -> np.ndarray:
    """(N,) float32 of one shard. Raises ValueError where the sample rate is another."""
    import soundfile  # only here: training needs no codec

    samples, rate_hz = soundfile.read(path, dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"{path.stem}: {rate_hz} Hz, not {SAMPLE_RATE_HZ}")
    return samples


def write_features(
    listener: Listener, paths: list[Path], out: Path, versions: int, workers: int
) -> float:
    """Hours of sound heard; each file appears whole or not at all."""
    hours = 0.0
    with ThreadPoolExecutor(workers) as pool:
        # a few shards ahead: an hour of sound takes 350 MB
        for start in range(0, len(paths), 4 * workers):
            some = paths[start : start + 4 * workers]
            for path, samples in zip(some, pool.map(read_sound, some), strict=True):
                feature = listener.heard(samples, versions).cpu().numpy()
                fresh = out / f"{path.stem}.new"
                with fresh.open("wb") as file:
                    np.save(file, feature)
                fresh.rename(out / f"{path.stem}.npy")
                hours += len(samples) / SAMPLE_RATE_HZ / 3600
    return hours


def mine(paths: list[Path], here: World) -> list[Path]:
    """This process's share of the shards."""
    return paths[here.rank :: here.size]


def main() -> None:
    start_s = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    parser.add_argument("--encoder", type=Path, default=MODELS / "speech", help="a model folder")
    parser.add_argument("--out", type=Path, default=Path("cache/features"))
    parser.add_argument("--versions", type=int, default=VERSIONS)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--device", help="cpu or cuda; what the machine has by default")
    options = parser.parse_args()
    here = world(options.device)
    options.out.mkdir(parents=True, exist_ok=True)
    listener = Listener(load_encoder(options.encoder), here.device, seed=here.rank)
    paths = sorted(options.shards.glob("*.opus"))
    paths = [p for p in mine(paths, here) if not (options.out / f"{p.stem}.npy").exists()]
    hours = write_features(listener, paths, options.out, options.versions, options.workers)
    print(f"{len(paths)} shards, {hours:.2f} h x {options.versions} in "
          f"{time.monotonic() - start_s:.0f} s", flush=True)  # fmt: skip
    barrier(here)
    leave(here)


if __name__ == "__main__":
    main()
