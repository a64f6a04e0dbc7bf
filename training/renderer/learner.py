"""The two painters of the full tier, and everything that changes while they learn."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from pipeline.networks.painters import Frame, Painters
from training.averaging import Average
from training.descent import descend, half_precision
from training.distributed import World
from training.renderer.appearance import recoloured
from training.renderer.critic import Critic, critic_loss, feature_loss, fooling_loss
from training.renderer.losses import keep_loss, open_weight, psnr, reconstruction_loss
from training.renderer.take_stream import TakeBatch, TakeStream


@dataclass(frozen=True, slots=True)
class RendererRun:
    """One run; `batch` is that of each process. critic_from: progress from which critics count;
    no_hands_share: frames whose hands are not told, so that what they are worth can be measured"""

    total_samples: int = 150_000
    batch: int = 16
    learning_rate: float = 6e-4
    critic_rate: float = 2e-4
    average: float = 0.999
    keep_weight: float = 1.0
    feature_weight: float = 0.5
    fooling_weight: float = 0.02
    critic_from: float = 0.35
    no_hands_share: float = 0.1
    seed: int = 1


class RendererLearner:
    """Painters, critics, their optimisers and the stream that they learn from."""

    def __init__(self, run: RendererRun, stream: TakeStream, here: World, compiled: bool = False):
        torch.manual_seed(run.seed)
        self.run, self.here, self._stream = run, here, stream
        self.batch, self.total_samples = run.batch, run.total_samples
        self.painters = Painters().to(here.device)
        self.critics = nn.ModuleList([Critic(), Critic()]).to(here.device)
        for module in (self.painters, self.critics):
            # weights in the order of memory that tensor cores want
            module.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.average = Average(self.painters, run.average)
        on_gpu = here.device.startswith("cuda")
        self._optimizer = torch.optim.AdamW(
            self.painters.parameters(), run.learning_rate, (0.9, 0.98), weight_decay=0.01,
            fused=on_gpu,
        )  # fmt: skip
        self._critic_optimizer = torch.optim.AdamW(
            self.critics.parameters(), run.critic_rate, (0.5, 0.9), weight_decay=0.0, fused=on_gpu
        )
        self._generator = torch.Generator(here.device).manual_seed(run.seed * 1000 + here.rank)
        self._batches: Iterator[TakeBatch] | None = None
        self._samples = 0
        if compiled:
            self.painters.generator.compile(dynamic=False)
            self.painters.face.compile(dynamic=False)

    @property
    def generators(self) -> dict[str, torch.Generator]:
        return {"generator": self._generator}

    @property
    def progress(self) -> float:
        return self._samples / self.total_samples

    def step(self, rate: float) -> dict[str, Tensor]:
        """One batch at a share of the learning rates; returns the parts of the loss."""
        self._batches = self._batches or iter(self._stream)
        batch = recoloured(next(self._batches), self._generator)
        frame = self._without_some_hands(frame_of(batch))
        with half_precision(self.here):
            whole, face = self.painters(frame)
            views: list[View] = [
                (whole, batch.composite, batch.truth, open_weight(frame.gates)),
                (
                    face,
                    frame.on_face(batch.composite),
                    frame.on_face(batch.truth),
                    open_weight(frame.on_face(frame.gates)),
                ),
            ]
        parts: dict[str, Tensor] = {}
        total: Tensor = whole.new_zeros((), dtype=torch.float32)
        critical = self.progress >= self.run.critic_from
        for name, critic, view in zip(("whole", "face"), self.critics, views, strict=True):
            loss, kept = _losses(*view)
            parts[name], parts[f"{name}_kept"] = loss, kept
            total = total + loss + self.run.keep_weight * kept
            if critical:
                total = total + self._persuasion(critic, view)
        descend(self.painters, self._optimizer, total, self.run.learning_rate * rate, self.here)
        if critical:
            self._criticise(views, rate)
        self.average.update(self.painters)
        self._samples += len(batch.truth) * self.here.size
        with torch.no_grad():
            truth = batch.truth
            parts["db"] = psnr(whole.float(), truth).mean() - psnr(batch.composite, truth).mean()
        return {name: value.detach().float() for name, value in parts.items()}

    def _persuasion(self, critic: nn.Module, view: "View") -> Tensor:
        made, composite, truth, weight = view
        gates = weight.clamp(0, 1)
        critic.requires_grad_(False)
        with half_precision(self.here):
            told = critic(made, composite)
            with torch.no_grad():
                true = critic(truth, composite)
        critic.requires_grad_(True)
        features = feature_loss([x.float() for x in true], [x.float() for x in told], gates)
        fooling = fooling_loss(told[-1].float(), gates)
        return self.run.feature_weight * features + self.run.fooling_weight * fooling

    def _criticise(self, views: "list[View]", rate: float) -> None:
        total = views[0][0].new_zeros((), dtype=torch.float32)
        for critic, (made, composite, truth, weight) in zip(self.critics, views, strict=True):
            with half_precision(self.here):
                true, told = (critic(x.detach(), composite)[-1].float() for x in (truth, made))
            total = total + critic_loss(true, told, weight.clamp(0, 1))
        descend(self.critics, self._critic_optimizer, total, self.run.critic_rate * rate, self.here)

    def _without_some_hands(self, frame: Frame) -> Frame:
        size, device = len(frame.hands), frame.hands.device
        drawn = torch.rand((size,), generator=self._generator, device=device)
        told = (drawn >= self.run.no_hands_share).float()[:, None, None, None]
        frame.hands.mul_(told)
        return frame

    def state_dict(self) -> dict:
        return {
            "run": asdict(self.run),
            "painters": self.painters.state_dict(),
            "critics": self.critics.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "critic_optimizer": self._critic_optimizer.state_dict(),
            "samples": self._samples,
            "next_take": self._stream.next_take,
        }

    def load_state_dict(self, state: dict) -> None:
        """Goes on from a checkpoint of the same run. Raises ValueError if it is another's."""
        if state["run"] != asdict(self.run):
            raise ValueError(f"the checkpoint belongs to another run: {state['run']}")
        self.painters.load_state_dict(state["painters"])
        self.critics.load_state_dict(state["critics"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._critic_optimizer.load_state_dict(state["critic_optimizer"])
        self._samples = state["samples"]
        # What was on its way or on stage is not shown again.
        self._stream.next_take = state["next_take"]


def frame_of(batch: TakeBatch) -> Frame:
    """What painters see of a batch whose pictures are floats already."""
    return Frame(
        batch.composite, batch.behind, batch.source, batch.source_matte[:, None].float() / 255,
        batch.gates.float() / 255, batch.hands.float() / 255, batch.flow.float(), batch.skin,
        batch.face.long(),
    )  # fmt: skip


# What was made, the composite, the truth and how much each pixel counts.
View = tuple[Tensor, Tensor, Tensor, Tensor]


def _losses(made: Tensor, composite: Tensor, truth: Tensor, weight: Tensor):
    made = made.float()
    return reconstruction_loss(made, truth, weight), keep_loss(made, composite, truth, weight)
