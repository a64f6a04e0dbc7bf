"""The speech encoder and everything that changes while it learns.

Shapes: B batch, N samples, H hops, M mel channels, F video frames, E feature size.
"""

import json
import math
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from pipeline.names import VISEMES
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.rates import FPS, HOPS_PER_FRAME
from training import checkpoint
from training.augment import Augment
from training.averaging import Average
from training.distributed import World, parallel
from training.phone_classes import PHONE_CLASSES
from training.speech_dataset import Corpus
from training.speech_loss import SpeechLoss, Targets, targets
from training.speech_run import SpeechRun
from training.torch_log_mel import NEUTRAL_WARP, WARPS, TorchLogMel

_HIDDEN_BANDS, _HIDDEN_HOPS = 9.0, 7.0
_ENCODER = "encoder."


class SpeechLearner(nn.Module):
    """The encoder with what only training asks of its feature."""

    def __init__(self, run: SpeechRun):
        super().__init__()
        self.encoder = SpeechEncoder(run.sizes)
        self.encoder.dropout.p = run.dropout
        self.later_viseme = nn.Linear(run.sizes.feature_size, len(VISEMES))
        self.phone = nn.Linear(run.sizes.feature_size, len(PHONE_CLASSES))

    def forward(self, mel_BHM: Tensor) -> dict[str, Tensor]:
        """Heads of sounds that begin after silence; later_viseme is that of two frames before."""
        state = self.encoder.init_state(len(mel_BHM))
        made = self.encoder(mel_BHM, **{k: v.to(mel_BHM.device) for k, v in state.items()})
        feature_BFE = self.encoder.dropout(made["feature"])
        return {
            **{head: made[head] for head in self.encoder.sizes.heads},
            "later_viseme": self.later_viseme(feature_BFE),
            "phone": self.phone(feature_BFE),
        }


class Trainer:
    """The encoder and everything that changes while it learns."""

    def __init__(self, run: SpeechRun, corpus: Corpus, here: World):
        torch.manual_seed(run.seed)
        self.run, self.corpus, self.here = run, corpus, here
        self.learner = SpeechLearner(run).to(here.device)
        self._called = parallel(self.learner, here)
        self.average = Average(self.learner, run.average)
        self.optimizer = torch.optim.AdamW(
            self.learner.parameters(), run.learning_rate, (0.9, 0.98),
            weight_decay=run.weight_decay, fused=here.device != "cpu",
        )  # fmt: skip
        seed = run.seed * 1000 + here.rank
        torch.manual_seed(seed)
        self.generators = {
            "sampler": torch.Generator().manual_seed(seed),
            "device": torch.Generator(here.device).manual_seed(seed),
        }
        self._augment = Augment(here.device, self.generators["device"])
        self._log_mel, self._loss = TorchLogMel(here.device), SpeechLoss(here.device)
        self.samples_seen = 0

    def step(self) -> dict[str, Tensor]:
        """One batch; returns the parts of its loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.run.learning_rate * self.schedule()
        total, parts = self.batch_loss(*self._batch(self.corpus, self.run.batch))
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.learner.parameters(), 1.0)
        self.optimizer.step()
        self.average.update(self.learner)
        self.samples_seen += self.run.batch * self.here.size
        return {name: value.detach() for name, value in parts.items()}

    def schedule(self) -> float:
        """Factor on the learning rate: a linear rise, then half a cosine down to 0."""
        warm = min(1.0, (self.samples_seen + self.run.batch) / self.run.warm_up_samples)
        done = min(1.0, self.samples_seen / self.run.total_samples)
        return warm * 0.5 * (1 + math.cos(math.pi * done))

    def batch_loss(self, mel_BHM: Tensor, goal: Targets) -> tuple[Tensor, dict[str, Tensor]]:
        """Total and parts for one batch."""
        with self._lower_precision():
            made = self._called(mel_BHM)
        return self._loss(made, goal)

    @torch.no_grad()
    def held_out(self, corpus: Corpus) -> dict[str, Tensor]:
        """Parts of the averaged network's loss on another corpus; draws nothing from the run."""
        states = checkpoint.random_states(self.generators)
        judged = SpeechLearner(self.run).to(self.here.device).eval()
        self.average.copy_to(judged)
        mel_BHM, goal = self._batch(corpus, 2 * self.run.batch)
        with self._lower_precision():
            _, parts = self._loss(judged(mel_BHM), goal)
        checkpoint.set_random_states(states, self.generators)
        return parts

    def _lower_precision(self) -> torch.autocast:
        kind = self.here.device.split(":")[0]
        return torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda")

    def _batch(self, corpus: Corpus, batch: int) -> tuple[Tensor, Targets]:
        device, draw = self.here.device, self.generators["device"]
        crops = corpus.draw(batch, self.run.crop_frames, self.generators["sampler"])
        chance = torch.rand((3, batch), generator=draw, device=device)
        muted = chance[0] < self.run.muted_share
        sound_BN, noise_db = self._augment(crops.sound * (~muted)[:, None])
        sound_BN = torch.nan_to_num(sound_BN)
        warp = (chance[1] * len(WARPS)).long()
        warp = torch.where(chance[2] < 0.4, torch.full_like(warp, NEUTRAL_WARP), warp)
        mel_BHM = self._hidden_parts(self._log_mel(sound_BN, warp))
        return mel_BHM, targets(crops, muted, noise_db)

    def _hidden_parts(self, mel_BHM: Tensor) -> Tensor:
        """Hides neighbouring bands of a third of the sounds, and up to 7 hops here and there.

        Source: Park et al. (2019), SpecAugment.
        """
        batch, hops, channels = mel_BHM.shape
        draw = torch.rand(
            (5, batch, 1, 1), generator=self.generators["device"], device=mel_BHM.device
        )
        first, width = draw[0] * (channels - 10), _HIDDEN_BANDS * draw[1] * (draw[2] < 0.33)
        band = torch.arange(channels, device=mel_BHM.device)
        hidden = (band >= first) & (band < first + width)
        # once a second, at another moment in every sound
        hop = torch.arange(hops, device=mel_BHM.device)[:, None]
        within = (hop + (draw[3] * FPS * HOPS_PER_FRAME).long()) % (FPS * HOPS_PER_FRAME)
        hidden = hidden | (within < _HIDDEN_HOPS * draw[4] * (draw[2] > 0.75))
        return torch.where(hidden, mel_BHM.mean(dim=(1, 2), keepdim=True), mel_BHM)

    def averaged_encoder(self) -> dict[str, Tensor]:
        """The weights to ship, without what only training needs."""
        return {
            name.removeprefix(_ENCODER): value
            for name, value in self.average.weights.items()
            if name.startswith(_ENCODER)
        }

    def save(self, folder: Path) -> None:
        """Everything needed to go on exactly from here, and the averaged encoder."""
        state = {
            "run": plain(self.run),
            "learner": self.learner.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "samples_seen": self.samples_seen,
            "shards": self.corpus.names,
        }
        checkpoint.save(folder / "checkpoint", state, self.generators)
        if self.here.first:
            weights = {k: v.cpu().contiguous() for k, v in self.averaged_encoder().items()}
            save_file(weights, folder / "average.safetensors")
            write_json(folder / "sizes.json", asdict(self.run.sizes))
            write_json(folder / "run.json", plain(self.run))

    def load(self, folder: Path) -> None:
        """Goes on from a checkpoint of the same run; its total may have been changed.

        Raises:
            ValueError: the checkpoint belongs to another run
        """
        saved = checkpoint.load(folder / "checkpoint", self.generators)
        same = {**saved["run"], "total_samples": self.run.total_samples}
        if same != plain(self.run):
            raise ValueError(f"{folder} belongs to another run: {saved['run']}")
        self.learner.load_state_dict(saved["learner"])
        self.average.load_state_dict(saved["average"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.samples_seen = saved["samples_seen"]


def plain(run: SpeechRun) -> dict:
    """As JSON would give it back."""
    return json.loads(json.dumps(asdict(run)))


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
