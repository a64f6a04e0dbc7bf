"""Stage two: one step instead of many, on the data's past and on what the network itself did.

`torchrun --nproc-per-node N -m training.motion.distil --part face --seconds 180
--teacher cache/face_1/average.safetensors --out cache/face_2`

The student maps noise to a sample of the innovation in one pass and is trained by the energy score
of two samples. Where its past is the data's, the target is what the data did next (a sample of
exactly what is to be matched); where its past is its own, a sample of the teacher given that past.
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from pipeline.networks.motion_transformer import MotionTransformer
from training.averaging import Average
from training.descent import descend, half_precision, save_weights
from training.distributed import World, leave, world
from training.motion import loop
from training.motion.diffusion import Memory, normal, sampled, uniform
from training.motion.evaluate import compared
from training.motion.fused import FrameStep, fuse
from training.motion.load_data import add_data_options, load_data
from training.motion.losses import SAMPLES, certain_loss, energy_score
from training.motion.motion_data import Crop, MotionData
from training.motion.parts import PARTS, Part
from training.motion.rollout import Streams
from training.motion.straying import strayed
from training.motion.train import FACE_NOISE, made_optimizer, untouched

# weight of the score of all channels together, beside those of the groups
WHOLE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class DistilRun:
    """One run of stage two; batches are those of each process.

    batch: sequences with the data's past; own_batch: with the student's; streams: that it keeps
        going; advance: frames by which they do before each step
    teacher_share: of the sequences with the data's past whose targets are the teacher's too
    own_weight: of the loss on the student's past; the teacher there is itself not exact
    restart: share of streams that begin anew with the data's past before each step
    """

    total_samples: int = 400_000
    batch: int = 128
    own_batch: int = 128
    streams: int = 256
    advance: int = 8
    frames: int = 160
    teacher_steps: int = 8
    own_weight: float = 0.5
    guidance: float = 1.0
    teacher_share: float = 0.0
    restart: float = 0.004
    learning_rate: float = 5e-4
    weight_decay: float = 0.01
    average: float = 0.998
    tiny: bool = False
    seed: int = 2


PRESETS = {
    "full": DistilRun(),
    "test": DistilRun(
        total_samples=32, batch=4, own_batch=3, streams=6, advance=3, frames=20, teacher_steps=2,
        guidance=1.5, teacher_share=0.5, restart=0.2, average=0.9, tiny=True,
    ),
}  # fmt: skip


class DistilLearner:
    """A student, its teacher, and the streams that the student generates."""

    def __init__(
        self, part: Part, settings: DistilRun, data: MotionData, teacher: dict[str, Tensor],
        here: World,
    ):  # fmt: skip
        torch.manual_seed(settings.seed)
        self.part, self.run, self.data, self.here = part, settings, data, here
        self.batch, self.total_samples = settings.batch, settings.total_samples
        self.teacher = MotionTransformer(part.sizes).to(here.device).eval().requires_grad_(False)
        self.teacher.load_state_dict(teacher)
        self.network = MotionTransformer(part.sizes).to(here.device)
        self.network.load_state_dict(teacher)
        for network in (self.teacher, self.network):
            fuse(network, here)
        self._frame_step = FrameStep(self.network)
        self.average = Average(self.network, settings.average)
        self.optimizer = made_optimizer(self.network, settings.learning_rate, settings.weight_decay)
        seed = settings.seed * 1000 + here.rank
        self.sampler = torch.Generator().manual_seed(seed)
        self.generator = torch.Generator(here.device).manual_seed(seed)
        groups = dict(part.groups)
        self.goal_groups = part.goal_groups(here.device)
        self.groups = {n: torch.tensor(i, device=here.device) for n, i in groups.items()}
        chosen = [i for i in range(part.sizes.motion_size) if i not in part.heard]
        self.whole = {"whole": torch.tensor(chosen, device=here.device)}
        self.streams = Streams.begun(data, settings.streams, settings.frames, self.sampler)
        self.held_out: MotionData | None = None

    @property
    def generators(self) -> dict[str, torch.Generator]:
        return {"sampler": self.sampler, "generator": self.generator}

    def begin_with(self, weights: dict[str, Tensor]) -> None:
        """Takes another student than the teacher's weights."""
        self.network.load_state_dict(weights)
        self.average = Average(self.network, self.run.average)

    def step(self, rate: float) -> dict[str, Tensor]:
        """One batch at a share of the learning rate; returns the parts of its loss."""
        run = self.run
        crop = self.data.draw(run.batch, run.frames, self.sampler)
        past, goal = strayed(self.network, crop.motion, self.generator, self.part.wandering)
        if run.own_weight > 0:
            self.streams.move_on(run.advance, run.restart, self.sampler)
            self.streams.advance(self.network, self._frame_step, run.advance, self.generator)
        with half_precision(self.here):
            total, parts = self._loss(crop, past, goal, run.teacher_share)
            if run.own_weight > 0:
                own_total, own_parts = self._own_loss()
                total = total + run.own_weight * own_total
                parts |= own_parts
        descend(self.network, self.optimizer, total, self.run.learning_rate * rate, self.here)
        self.average.update(self.network)
        return {name: value.detach() for name, value in parts.items()}

    def _own_loss(self) -> tuple[Tensor, dict[str, Tensor]]:
        """The same where the past is the student's own."""
        run = self.run
        own = torch.randperm(run.streams, generator=self.sampler)[: run.own_batch]
        own = own.to(self.here.device)
        crop = self.streams.crop(own)
        total, parts = self._loss(crop, crop.motion, self.streams.truth(own), 1.0)
        return total, {f"own {name}": parts[name] for name in ("whole", "mouth") if name in parts}

    def _loss(
        self, crop: Crop, past: Tensor, truth: Tensor, teacher_share: float
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Total and parts; targets are the teacher's in a share of the sequences, else `truth`."""
        network, device = self.network, self.here.device
        previous, velocity = past[:, 1:-1], past[:, 1:-1] - past[:, :-2]
        asked = crop.asked
        if self.part.sizes.face_size:
            shape = asked["face"].shape
            off = FACE_NOISE * network.face_deviation * normal(shape, self.generator, device)
            asked = asked | {"face": asked["face"] + off}
        goal = network.decompose(truth[:, 2:], previous, velocity)
        if teacher_share > 0:
            taught = self._taught(previous, velocity, asked)
            theirs = uniform((len(goal), 1, 1), self.generator, device) < teacher_share
            goal = torch.where(theirs, taught, goal)
        context = network.context(previous, velocity, asked)
        batch, frames = goal.shape[:2]
        memory, certain = network.history(context, torch.zeros(batch, frames, device=device))
        samples = self._samples(context, memory, goal.shape)
        parts = energy_score(samples, goal, self.groups)
        whole = energy_score(samples, goal, self.whole)
        total = sum(parts.values()) + WHOLE_WEIGHT * len(parts) * whole["whole"]
        parts |= whole
        told, certain_parts = certain_loss(
            network, certain, truth, crop,
            goal_groups=self.goal_groups, generator=self.generator,
        )  # fmt: skip
        parts |= certain_parts
        total = total + told
        return total + untouched(network, self.here), parts

    def _samples(self, context, memory: Memory, shape: torch.Size) -> Tensor:
        """(N, B, F, M) samples of the student, each from noise of its own."""
        batch, frames, size = shape
        many = [tuple(x.repeat_interleave(SAMPLES, 0) for x in layer) for layer in memory]
        noise = normal((batch * SAMPLES, frames, size), self.generator, self.here.device)
        level = torch.ones(batch * SAMPLES, frames, device=noise.device)
        made = self.network.denoise(noise, level, context.repeated(SAMPLES), many)
        return made.unflatten(0, (batch, SAMPLES)).transpose(0, 1)

    @torch.no_grad()
    def _taught(self, previous: Tensor, velocity: Tensor, asked: dict[str, Tensor]) -> Tensor:
        """Innovations that the teacher draws given the same past."""
        teacher, device = self.teacher, self.here.device
        level = torch.zeros(previous.shape[:2], device=device)
        context = teacher.context(previous, velocity, asked)
        memory, _ = teacher.history(context, level)
        withheld = None
        if self.run.guidance != 1.0:
            none = torch.ones(len(previous), dtype=torch.bool, device=device)
            bare = teacher.context(previous, velocity, asked, none, none)
            withheld = bare, teacher.history(bare, level)[0]
        noise = normal(previous.shape, self.generator, device)
        return sampled(
            teacher,
            noise,
            context,
            memory,
            self.run.teacher_steps,
            withheld=withheld,
            guidance=self.run.guidance,
        )

    def state_dict(self) -> dict:
        places = self.streams.places
        return {
            "run": asdict(self.run) | {"part": self.part.name},
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "streams": [places.performance, places.row, places.lookahead, places.version],
            "stream_motion": self.streams.motion,
        }

    def load_state_dict(self, state: dict) -> None:
        """Goes on from a checkpoint of the same run, with the same teacher.

        Raises:
            ValueError: it is another run's
        """
        if state["run"] != asdict(self.run) | {"part": self.part.name}:
            raise ValueError(f"the checkpoint belongs to another run: {state['run']}")
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        device = self.here.device
        self.streams.places = type(self.streams.places)(*(x.to(device) for x in state["streams"]))
        self.streams.motion = state["stream_motion"].to(device)

    def checked(self) -> str:
        """The averaged student beside the data, on held-out speech."""
        if self.held_out is None:
            return ""
        network = MotionTransformer(self.part.sizes).to(self.here.device).eval()
        self.average.copy_to(network)
        return compared(network, self.held_out, tiny=self.run.tiny)


def main() -> None:
    start_s = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, required=True)
    parser.add_argument("--preset", choices=PRESETS, default="full")
    parser.add_argument("--teacher", type=Path, required=True, help="weights of stage one")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--batch", type=int, help="of each kind of past, instead of the preset's")
    parser.add_argument("--learning-rate", type=float, help="instead of the preset's")
    parser.add_argument("--student", type=Path, help="weights to begin with, not the teacher's")
    parser.add_argument("--guidance", type=float, help="of the teacher, instead of the preset's")
    parser.add_argument("--teacher-share", type=float, help="instead of the preset's")
    parser.add_argument("--own-weight", type=float, help="instead of the preset's")
    add_data_options(parser)
    loop.add_piece_options(parser)
    options = parser.parse_args()
    torch.set_float32_matmul_precision("high")
    here = world(options.device)
    chosen = {"batch": options.batch, "own_batch": options.batch, "guidance": options.guidance,
              "teacher_share": options.teacher_share, "own_weight": options.own_weight,
              "learning_rate": options.learning_rate}  # fmt: skip
    chosen = {name: value for name, value in chosen.items() if value is not None}
    settings = DistilRun(**asdict(PRESETS[options.preset]) | chosen)
    part = PARTS[options.part].tiny() if settings.tiny else PARTS[options.part]
    data = load_data(part, options, here, held_out=False)
    learner = DistilLearner(part, settings, data, load_file(options.teacher), here)
    if options.student:
        learner.begin_with(load_file(options.student))
    if here.first:
        learner.held_out = load_data(part, options, here, held_out=True)
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "run.json").write_text(json.dumps(asdict(settings), indent=1) + "\n")
        print(f"data ready after {time.monotonic() - start_s:.1f} s", flush=True)
    piece = loop.Piece(options.out, options.seconds, options.until, options.resume, options.again)
    loop.run(learner, piece, here, start_s)
    if here.first:
        save_weights(learner.average.weights, options.out)
        print(learner.checked(), flush=True)
    leave(here)


if __name__ == "__main__":
    main()
