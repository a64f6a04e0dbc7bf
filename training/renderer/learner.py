"""The networks of both tiers, their critics, and everything that changes while they learn."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from pipeline.networks.lite_painter import GATES, relit
from pipeline.networks.painters import Frame, Painted
from training.averaging import Average
from training.descent import descend, half_precision
from training.distributed import World
from training.renderer.appearance import recoloured
from training.renderer.critic import Critic, critic_loss, feature_loss, fooling_loss
from training.renderer.implicit_code import codes
from training.renderer.losses import (
    View,
    keep_loss,
    open_weight,
    reconstruction_loss,
    roughness,
    square_error,
    temporal_loss,
)
from training.renderer.recogniser import Recogniser, unlikeness
from training.renderer.take_stream import TakeBatch, TakeStream
from training.renderer.tiers import Tiers


@dataclass(frozen=True, slots=True)
class RendererRun:
    """One run; `batch` is that of each process. critic_from, distil_from: progress from which
    critics count, and the lite tier learns from the full one as well as from the truth;
    no_hands_share: frames whose hands are not told, so that what they are worth can be measured"""

    total_samples: int = 150_000
    batch: int = 16
    learning_rate: float = 6e-4
    critic_rate: float = 2e-4
    average: float = 0.999
    keep_weight: float = 1.0
    temporal_weight: float = 0.5
    rough_weight: float = 0.02
    feature_weight: float = 0.5
    fooling_weight: float = 0.02
    identity_weight: float = 0.3
    critic_from: float = 0.35
    distil_from: float = 0.3
    no_hands_share: float = 0.1
    seed: int = 1


class RendererLearner:
    """Networks, critics, their optimisers and the stream that they learn from; begin: as of
    Tiers.begin."""

    def __init__(
        self,
        run: RendererRun,
        stream: TakeStream,
        here: World,
        compiled: bool = False,
        begin: Path | None = None,
    ) -> None:
        torch.manual_seed(run.seed)
        self.run, self.here, self._stream = run, here, stream
        self.batch, self.total_samples = run.batch, run.total_samples
        self.tiers = Tiers().to(here.device)
        self.critics = nn.ModuleList([Critic(), Critic()]).to(here.device)
        self.recogniser = Recogniser().to(here.device)
        for module in (self.tiers, self.critics, self.recogniser):
            # weights in the order of memory that tensor cores want
            module.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        if begin is not None:
            self.tiers.begin(begin)
        self.average = Average(self.tiers, run.average)
        on_gpu = here.device.startswith("cuda")
        self._optimizer = torch.optim.AdamW(
            self.tiers.parameters(), run.learning_rate, (0.9, 0.98), weight_decay=0.01,
            fused=on_gpu,
        )  # fmt: skip
        self._critic_optimizer = torch.optim.AdamW(
            self.critics.parameters(), run.critic_rate, (0.5, 0.9), weight_decay=0.0, fused=on_gpu
        )
        self._recogniser_optimizer = torch.optim.AdamW(
            self.recogniser.parameters(), run.critic_rate, (0.9, 0.98), fused=on_gpu
        )
        self._generator = torch.Generator(here.device).manual_seed(run.seed * 1000 + here.rank)
        self._batches: Iterator[TakeBatch] | None = None
        self._samples = 0
        if compiled:
            self.tiers.painters.generator.compile(dynamic=False)
            self.tiers.painters.face.compile(dynamic=False)

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
        with half_precision(self.here):
            observed = self.tiers.observer(batch.truth, batch.composite).float()
            guessed = self.tiers.implicit(batch.motion)["implicit"].float()
        code = codes(observed, guessed, self.progress, self._generator)
        frame = self._without_some_hands(frame_of(batch, code.told))
        with half_precision(self.here):
            made = self.tiers.painters(frame)
        whole = View(made.whole.float(), batch.composite, batch.truth, open_weight(frame.gates))
        face = View(
            made.face.float(), frame.on_face(batch.composite), frame.on_face(batch.truth),
            open_weight(frame.on_face(frame.gates)),
        )  # fmt: skip
        parts: dict[str, Tensor] = {"code": code.loss}
        total = code.loss + self.run.rough_weight * _roughness(made)
        critical = self.progress >= self.run.critic_from
        for name, critic, view in zip(("whole", "face"), self.critics, (whole, face), strict=True):
            parts[name], parts[f"{name}_kept"] = reconstruction_loss(view), keep_loss(view)
            parts[f"{name}_time"] = temporal_loss(view)
            total = total + parts[name] + self.run.keep_weight * parts[f"{name}_kept"]
            total = total + self.run.temporal_weight * parts[f"{name}_time"]
            if critical:
                total = total + self._persuasion(critic, view)
        true_features = self._features(face.truth)
        parts["lite"] = self._lite_loss(frame, face)
        parts["identity"] = self._unlikeness(face, true_features.detach())
        total = total + parts["lite"] + self.run.identity_weight * parts["identity"]
        descend(self.tiers, self._optimizer, total, self.run.learning_rate * rate, self.here)
        parts["people"] = self._tell_apart(true_features, batch.person, rate)
        if critical:
            self._criticise((whole, face), rate)
        self.average.update(self.tiers)
        self._samples += len(batch.truth) * self.here.size
        with torch.no_grad():
            errors = square_error(whole.made, whole.truth), square_error(*whole[1:3])
            parts["error_left"] = errors[0].mean() / errors[1].mean()
        return {name: value.detach().float() for name, value in parts.items()}

    def _lite_loss(self, frame: Frame, face: View) -> Tensor:
        """The lite tier's face against the truth and against what the full tier made of it."""
        gates = frame.on_face(frame.gates)[:, list(GATES)]
        with half_precision(self.here):
            changes = self.tiers.lite(face.composite, gates, frame.skin)["changes"]
        view = face._replace(made=relit(face.composite, changes.float()))
        loss = reconstruction_loss(view) + self.run.keep_weight * keep_loss(view)
        if self.progress < self.run.distil_from:
            return loss
        return (loss + reconstruction_loss(view._replace(truth=face.made.detach()))) / 2

    def _persuasion(self, critic: nn.Module, view: View) -> Tensor:
        gates = view.weight.clamp(0, 1)
        critic.requires_grad_(False)
        with half_precision(self.here):
            told = critic(view.made, view.composite)
            with torch.no_grad():
                true = critic(view.truth, view.composite)
        critic.requires_grad_(True)
        features = feature_loss([x.float() for x in true], [x.float() for x in told], gates)
        fooling = fooling_loss(told[-1].float(), gates)
        return self.run.feature_weight * features + self.run.fooling_weight * fooling

    def _criticise(self, views: tuple[View, ...], rate: float) -> None:
        total = views[0].made.new_zeros(())
        for critic, view in zip(self.critics, views, strict=True):
            with half_precision(self.here):
                true, told = (
                    critic(x.detach(), view.composite)[-1].float() for x in (view.truth, view.made)
                )
            total = total + critic_loss(true, told, view.weight.clamp(0, 1))
        descend(self.critics, self._critic_optimizer, total, self.run.critic_rate * rate, self.here)

    def _features(self, face: Tensor) -> Tensor:
        with half_precision(self.here):
            return self.recogniser(face)

    def _unlikeness(self, face: View, true_features: Tensor) -> Tensor:
        self.recogniser.requires_grad_(False)
        made = self._features(face.made)
        self.recogniser.requires_grad_(True)
        return unlikeness(made, true_features)

    def _tell_apart(self, features: Tensor, person: Tensor, rate: float) -> Tensor:
        loss = self.recogniser.loss(features, person)
        rates = self.run.critic_rate * rate
        descend(self.recogniser, self._recogniser_optimizer, loss, rates, self.here)
        return loss

    def _without_some_hands(self, frame: Frame) -> Frame:
        size, device = len(frame.hands), frame.hands.device
        drawn = torch.rand((size,), generator=self._generator, device=device)
        told = (drawn >= self.run.no_hands_share).float()[:, None, None, None]
        frame.hands.mul_(told)
        return frame

    def state_dict(self) -> dict:
        return {
            "run": asdict(self.run),
            "tiers": self.tiers.state_dict(),
            "critics": self.critics.state_dict(),
            "recogniser": self.recogniser.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "critic_optimizer": self._critic_optimizer.state_dict(),
            "recogniser_optimizer": self._recogniser_optimizer.state_dict(),
            "samples": self._samples,
            "next_take": self._stream.next_take,
        }

    def load_state_dict(self, state: dict) -> None:
        """Goes on from a checkpoint of the same run. Raises ValueError if it is another's."""
        if state["run"] != asdict(self.run):
            raise ValueError(f"the checkpoint belongs to another run: {state['run']}")
        self.tiers.load_state_dict(state["tiers"])
        self.critics.load_state_dict(state["critics"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._critic_optimizer.load_state_dict(state["critic_optimizer"])
        self.recogniser.load_state_dict(state["recogniser"])
        self._recogniser_optimizer.load_state_dict(state["recogniser_optimizer"])
        self._samples = state["samples"]
        # What was on its way or on stage is not shown again.
        self._stream.next_take = max(self._stream.next_take, state["next_take"])


def frame_of(batch: TakeBatch, implicit: Tensor) -> Frame:
    """What painters see of a batch whose pictures are floats already; implicit (B, 16)."""
    return Frame(
        batch.composite, batch.behind, batch.source, batch.source_matte[:, None].float() / 255,
        batch.gates.float() / 255, batch.hands.float() / 255, batch.flow.float(), batch.skin,
        batch.face.long(), implicit,
    )  # fmt: skip


def _roughness(made: Painted) -> Tensor:
    return roughness(made.whole_moves.float()) + roughness(made.face_moves.float())
