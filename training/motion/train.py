"""Stage one: a diffusion model of the face or the body, given the sound and its own past.

`torchrun --nproc-per-node N -m training.motion.train --part face --seconds 300 --out cache/face_1`
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from pipeline.networks.motion_transformer import MotionTransformer
from training.averaging import Average
from training.descent import descend, half_precision, save_weights
from training.distributed import World, leave, world
from training.motion import loop
from training.motion.diffusion import noised, normal, uniform
from training.motion.fused import fuse
from training.motion.load_data import add_data_options, load_data
from training.motion.losses import certain_loss, denoising_loss
from training.motion.motion_data import Crop, MotionData
from training.motion.parts import PARTS, Part
from training.motion.statistics import measure, measure_face
from training.motion.straying import strayed

# noise of a history token at level 1, in innovations
HISTORY_NOISE = 2.0
# noise of the face that the body is given, in its deviations
FACE_NOISE = 0.03


@dataclass(frozen=True, slots=True)
class MotionRun:
    """One run of stage one; `batch` is that of each process."""

    total_samples: int = 2_000_000
    batch: int = 256
    frames: int = 160
    learning_rate: float = 1.2e-3
    weight_decay: float = 0.01
    average: float = 0.999
    no_sound_share: float = 0.10
    no_style_share: float = 0.10
    neither_share: float = 0.05
    pure_noise_share: float = 0.15
    tiny: bool = False
    seed: int = 1


PRESETS = {
    "full": MotionRun(),
    "test": MotionRun(total_samples=64, batch=4, frames=20, average=0.9, tiny=True),
}


class MotionLearner:
    """A network and everything that changes while it learns."""

    def __init__(self, part: Part, settings: MotionRun, data: MotionData, here: World):
        torch.manual_seed(settings.seed)
        self.part, self.run, self.data, self.here = part, settings, data, here
        self.batch, self.total_samples = settings.batch, settings.total_samples
        self.network = MotionTransformer(part.sizes).to(here.device)
        measure(self.network, part, data.motion, data.first_frames())
        if part.sizes.face_size:
            measure_face(self.network, data.face)
        fuse(self.network, here)
        self.average = Average(self.network, settings.average)
        self.optimizer = made_optimizer(self.network, settings.learning_rate, settings.weight_decay)
        seed = settings.seed * 1000 + here.rank
        self.sampler = torch.Generator().manual_seed(seed)
        self.generator = torch.Generator(here.device).manual_seed(seed)
        self.goal_groups = part.goal_groups(here.device)

    @property
    def generators(self) -> dict[str, torch.Generator]:
        return {"sampler": self.sampler, "generator": self.generator}

    def step(self, rate: float) -> dict[str, Tensor]:
        """One batch at a share of the learning rate; returns the parts of its loss."""
        crop = self.data.draw(self.batch, self.run.frames, self.sampler)
        with half_precision(self.here):
            total, parts = self.loss(crop)
        descend(self.network, self.optimizer, total, self.run.learning_rate * rate, self.here)
        self.average.update(self.network)
        return {name: value.detach() for name, value in parts.items()}

    def loss(self, crop: Crop) -> tuple[Tensor, dict[str, Tensor]]:
        """Total and parts of a batch."""
        network, batch, frames = self.network, len(crop.motion), self.run.frames
        history_level = self._history_levels(batch, frames)
        past, goal_motion = strayed(network, crop.motion, self.generator, self.part.wandering)
        previous, velocity = past[:, 1:-1], past[:, 1:-1] - past[:, :-2]
        goal = network.decompose(goal_motion[:, 2:], previous, velocity)
        noise = normal(crop.motion.shape, self.generator, self.here.device)
        seen = history_level[..., None] * HISTORY_NOISE * network.innovation
        seen_previous = previous + seen * noise[:, 1:-1]
        seen_velocity = velocity + seen * (noise[:, 1:-1] - noise[:, :-2])
        no_sound, no_style = self._withheld(batch)
        asked = crop.asked
        if self.part.sizes.face_size:
            face = asked["face"]
            face = face + FACE_NOISE * network.face_deviation * normal(
                face.shape, self.generator, self.here.device
            )
            asked = asked | {"face": face}
        context = network.context(seen_previous, seen_velocity, asked, no_sound, no_style)
        memory, certain = network.history(context, history_level)
        level = self._levels(batch, frames)
        fresh = normal(goal.shape, self.generator, self.here.device)
        made = network.denoise(noised(goal, fresh, level), level, context, memory)
        parts = {"denoising": denoising_loss(made, goal, network.heard)}
        total = parts["denoising"] + untouched(network, self.here)
        told, certain_parts = certain_loss(
            network, certain, crop.motion, crop,
            goal_groups=self.goal_groups, generator=self.generator,
        )  # fmt: skip
        parts |= certain_parts
        return total + told, parts

    def _history_levels(self, batch: int, frames: int) -> Tensor:
        """Nearly clean in half of the sequences (half of these: clean), anything in the others."""
        device = self.here.device
        level = uniform((batch, frames), self.generator, device)
        kind = uniform((batch, 1), self.generator, device)
        return level * torch.where(kind < 0.5, 0.25 * (kind < 0.25), 1.0)

    def _levels(self, batch: int, frames: int) -> Tensor:
        level, pure = uniform((2, batch, frames), self.generator, self.here.device)
        return torch.where(pure < self.run.pure_noise_share, torch.ones_like(level), level)

    def _withheld(self, batch: int) -> tuple[Tensor, Tensor]:
        run, draw = self.run, uniform((batch,), self.generator, self.here.device)
        only_sound = run.no_sound_share
        only_style = only_sound + run.no_style_share
        both = (draw >= only_style) & (draw < only_style + run.neither_share)
        no_style = ((draw >= only_sound) & (draw < only_style)) | both
        return (draw < only_sound) | both, no_style

    def state_dict(self) -> dict:
        return {
            "run": asdict(self.run) | {"part": self.part.name},
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict) -> None:
        """Goes on from a checkpoint of the same run. Raises ValueError if it is another's."""
        if state["run"] != asdict(self.run) | {"part": self.part.name}:
            raise ValueError(f"the checkpoint belongs to another run: {state['run']}")
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])


def made_optimizer(network: nn.Module, rate: float, decay: float) -> torch.optim.AdamW:
    """AdamW; biases, tables and what stands for the withheld do not decay."""
    wide = [p for p in network.parameters() if p.ndim > 1 and min(p.shape) > 6]
    known = {id(p) for p in wide}
    rest = [p for p in network.parameters() if id(p) not in known]
    groups = [{"params": wide, "weight_decay": decay}, {"params": rest, "weight_decay": 0.0}]
    on_gpu = next(network.parameters()).is_cuda
    return torch.optim.AdamW(groups, rate, (0.9, 0.98), fused=on_gpu)


def untouched(network: MotionTransformer, here: World) -> Tensor | float:
    """0; among several processes with a gradient of 0 for every weight, so that all have them."""
    return 0.0 * sum(p.sum() for p in network.parameters()) if here.size > 1 else 0.0


def main() -> None:
    start_s = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, required=True)
    parser.add_argument("--preset", choices=PRESETS, default="full")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--batch", type=int, help="of each process, instead of the preset's")
    add_data_options(parser)
    loop.add_piece_options(parser)
    options = parser.parse_args()
    torch.set_float32_matmul_precision("high")
    here = world(options.device)
    settings = PRESETS[options.preset]
    if options.batch:
        settings = MotionRun(**asdict(settings) | {"batch": options.batch})
    part = PARTS[options.part].tiny() if settings.tiny else PARTS[options.part]
    data = load_data(part, options, here, held_out=False)
    learner = MotionLearner(part, settings, data, here)
    if here.first:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "run.json").write_text(json.dumps(asdict(settings), indent=1) + "\n")
        count = sum(p.numel() for p in learner.network.parameters())
        print(f"{part.name}: {count} weights, {len(data.face)} frames,", flush=True)
        print(f"data ready after {time.monotonic() - start_s:.1f} s", flush=True)
    piece = loop.Piece(options.out, options.seconds, options.until, options.resume, options.again)
    loop.run(learner, piece, here, start_s)
    if here.first:
        save_weights(learner.average.weights, options.out)
    leave(here)


if __name__ == "__main__":
    main()
