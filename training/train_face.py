"""Trains the speech encoder and the face regressor together.

`python -m training.train_face --shards cache/speech/shards --out cache/face_run [--resume DIR]`
Progress counts samples (crops). A checkpoint holds the networks, their running average, the
optimizer and the random states, so that a resumed run equals an uninterrupted one.
"""

import argparse
import json
import math
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.networks.face_regressor import FaceRegressor
from pipeline.networks.sizes import FaceRegressorSizes, SpeechEncoderSizes
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.rates import SAMPLES_PER_FRAME
from training.augment import Augment
from training.face_dataset import POSES, Shard, load_shard
from training.face_loss import Targets, loss, styled
from training.torch_log_mel import NEUTRAL_WARP, WARPS, TorchLogMel

LOOKAHEAD_SHARES = (0.12, 0.45, 0.2, 0.13, 0.10)
_NOISE_HEARD_DB = -35.0


@dataclass(frozen=True, slots=True)
class FaceRun:
    """One training run; saved beside its checkpoints."""

    total_samples: int = 200_000
    batch: int = 128
    crop_frames: int = 200
    learning_rate: float = 1.5e-3
    weight_decay: float = 0.05
    dropout: float = 0.25
    warm_up_samples: int = 10_000
    average: float = 0.996
    no_speech_share: float = 0.07
    seed: int = 1


PRESETS = {
    "full": FaceRun(),
    "quick": FaceRun(total_samples=60_000, warm_up_samples=5_000, average=0.99),
    "test": FaceRun(total_samples=32, batch=4, crop_frames=30, warm_up_samples=8, average=0.9),
}
# how often a shard of each engine is drawn, relative to its length
ENGINE_WEIGHT = {"kokoro": 4.0, "hibari": 1.2, "piper": 1.5, "flite": 0.6, "festival": 0.6}


class Corpus:
    """All shards as one long sound and one long table on the device."""

    def __init__(self, shards: list[Shard], device: str):
        self.samples = torch.tensor(np.concatenate([s.samples for s in shards]).astype(np.float16))
        self.samples = self.samples.to(device)
        columns = [
            np.concatenate([s.pose, s.closed[:, None], s.stress[:, None], s.viseme], axis=1)
            for s in shards
        ]
        self.table = torch.tensor(np.concatenate(columns), dtype=torch.float32, device=device)
        lengths = np.array([len(s.pose) for s in shards])
        self._first = torch.tensor(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
        self._frames = torch.tensor(lengths)
        engine = [ENGINE_WEIGHT.get(s.voice.split(":")[0], 0.5) for s in shards]
        self._weights = torch.tensor(lengths * np.array(engine), dtype=torch.float64)

    def draw(self, batch: int, frames: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Crops: sound (B, 800 F) and table rows (B, F, columns)."""
        shard = torch.multinomial(self._weights, batch, True, generator=generator)
        room = (self._frames[shard] - frames).clamp_min(1)
        at = self._first[shard] + (torch.rand(batch, generator=generator) * room).long()
        at = at.to(self.table.device)
        rows = at[:, None] + torch.arange(frames, device=at.device)
        count = frames * SAMPLES_PER_FRAME
        samples = (at * SAMPLES_PER_FRAME)[:, None] + torch.arange(count, device=at.device)
        return self.samples[samples].float(), self.table[rows]


class Trainer:
    """The networks and everything that changes while they learn."""

    def __init__(self, run: FaceRun, corpus: Corpus, device: str):
        torch.manual_seed(run.seed)
        self.run, self.corpus, self.device = run, corpus, device
        self.networks = nn.ModuleDict({
            "speech": SpeechEncoder(SpeechEncoderSizes()),
            "face_motion": FaceRegressor(FaceRegressorSizes(POSES)),
        }).to(device)  # fmt: skip
        for module in self.networks.modules():
            if isinstance(module, nn.Dropout):
                module.p = run.dropout
        self.average = {k: v.clone() for k, v in self.networks.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            self.networks.parameters(),
            run.learning_rate,
            (0.9, 0.98),
            weight_decay=run.weight_decay,
        )
        self.sampler = torch.Generator().manual_seed(run.seed)
        self.generator = torch.Generator(device).manual_seed(run.seed)
        self.augment = Augment(device, self.generator)
        self.log_mel = TorchLogMel(device)
        self.samples_seen = 0

    def step(self) -> dict[str, Tensor]:
        """One batch; returns the parts of its loss."""
        run = self.run
        for group in self.optimizer.param_groups:
            group["lr"] = run.learning_rate * self._schedule()
        total, parts = self.batch_loss(*self._batch())
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.networks.parameters(), 1.0)
        self.optimizer.step()
        self.samples_seen += run.batch
        with torch.no_grad():
            for name, value in self.networks.state_dict().items():
                self.average[name].lerp_(value, 1 - run.average)
        return {name: value.detach() for name, value in parts.items()}

    def _schedule(self) -> float:
        warm = min(1.0, (self.samples_seen + self.run.batch) / self.run.warm_up_samples)
        done = min(1.0, self.samples_seen / self.run.total_samples)
        return warm * 0.5 * (1 + math.cos(math.pi * done))

    def _batch(self) -> tuple[Tensor, Targets, Tensor, Tensor]:
        run = self.run
        sound_BN, table_BFT = self.corpus.draw(run.batch, run.crop_frames, self.sampler)
        chance = torch.rand(run.batch, generator=self.generator, device=self.device)
        silent = chance < run.no_speech_share
        sound_BN = sound_BN * (~silent)[:, None]
        sound_BN, noise_db = self.augment(sound_BN)
        warp = torch.randint(len(WARPS), (run.batch,), generator=self.generator, device=self.device)
        keep = torch.rand(run.batch, generator=self.generator, device=self.device) < 0.5
        warp = torch.where(keep, torch.full_like(warp, NEUTRAL_WARP), warp)
        mel_BHM = self._masked(self.log_mel(sound_BN, warp))
        style_BS = 2 * torch.rand((run.batch, 8), generator=self.generator, device=self.device) - 1
        style_BS = style_BS * (
            torch.rand((run.batch, 1), generator=self.generator, device=self.device) < 0.5
        )
        goal = self.targets(table_BFT, silent, noise_db > _NOISE_HEARD_DB, style_BS)
        shares = torch.tensor(LOOKAHEAD_SHARES, device=self.device)
        lookahead = torch.multinomial(shares, run.batch, True, generator=self.generator)
        return mel_BHM, goal, style_BS, lookahead

    def _masked(self, mel_BHM: Tensor) -> Tensor:
        """Hides up to 8 neighbouring bands of three sounds in ten (SpecAugment)."""
        batch, _, channels = mel_BHM.shape
        draw = torch.rand((3, batch, 1, 1), generator=self.generator, device=self.device)
        first, width = draw[0] * (channels - 9), 8 * draw[1] * (draw[2] < 0.3)
        band = torch.arange(channels, device=self.device)
        hidden = (band >= first) & (band < first + width)
        return torch.where(hidden, mel_BHM.mean(dim=(1, 2), keepdim=True), mel_BHM)

    @staticmethod
    def targets(table_BFT: Tensor, silent_B: Tensor, noisy_B: Tensor, style_BS: Tensor) -> Targets:
        """The table's columns as targets; sounds without speech ask for a closed, still mouth."""
        size = len(POSES)
        spoken = (~silent_B)[:, None].float()
        viseme = table_BFT[..., size + 2 :] * spoken[..., None]
        viseme = torch.cat([viseme[..., :1] + 1 - spoken[..., None], viseme[..., 1:]], dim=2)
        speech = (1 - viseme[..., 0])[..., None]
        noise = (1 - speech) * noisy_B[:, None, None].float()
        closed = torch.where(spoken > 0, table_BFT[..., size], torch.ones_like(spoken))
        return Targets(
            pose=styled(table_BFT[..., :size] * spoken[..., None], style_BS),
            closed=closed,
            stress=table_BFT[..., size + 1] * spoken,
            viseme=viseme,
            activity=torch.cat([speech, 1 - speech - noise, noise], dim=2),
        )

    def batch_loss(self, mel_BHM: Tensor, goal: Targets, style_BS: Tensor, lookahead_B: Tensor):
        """Total and parts for one batch."""
        batch, frames = goal.closed.shape
        speech, face = self.networks["speech"], self.networks["face_motion"]
        state = {k: v.to(self.device) for k, v in speech.init_state(batch).items()}
        encoded = speech(mel_BHM, state["mel_past"], state["hidden"])
        one_hot = nn.functional.one_hot(lookahead_B, len(LOOKAHEAD_SHARES)).float()
        made = face(
            encoded["feature"],
            style_BS[:, None].expand(-1, frames, -1),
            one_hot[:, None].expand(-1, frames, -1),
            face.init_state(batch)["hidden"].to(self.device),
        )
        return loss(encoded, made, goal, lookahead_B)

    def save(self, path: Path) -> None:
        """Everything needed to go on exactly from here."""
        torch.save(
            {
                "run": asdict(self.run),
                "networks": self.networks.state_dict(),
                "average": self.average,
                "optimizer": self.optimizer.state_dict(),
                "samples_seen": self.samples_seen,
                "sampler": self.sampler.get_state(),
                "generator": self.generator.get_state(),
                "torch": torch.get_rng_state(),
                "cuda": torch.cuda.get_rng_state_all(),
            },
            path,
        )

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint of the same run.

        Raises:
            ValueError: the checkpoint belongs to another run
        """
        saved = torch.load(path, map_location="cpu", weights_only=True)
        if saved["run"] != asdict(self.run):
            raise ValueError(f"{path} belongs to another run: {saved['run']}")
        self.networks.load_state_dict(saved["networks"])
        self.average = {k: v.to(self.device) for k, v in saved["average"].items()}
        self.optimizer.load_state_dict(saved["optimizer"])
        self.samples_seen = saved["samples_seen"]
        self.sampler.set_state(saved["sampler"])
        self.generator.set_state(saved["generator"])
        torch.set_rng_state(saved["torch"])
        torch.cuda.set_rng_state_all(saved["cuda"])


def load_corpus(folder: Path, holdout: str, workers: int) -> tuple[list[Shard], list[Shard]]:
    """Shards to train on and the held-out one."""
    paths = sorted(folder.glob("*.json"))
    with ProcessPoolExecutor(workers) as pool:
        shards = list(pool.map(load_shard, paths))
    held = [s for p, s in zip(paths, shards, strict=True) if p.stem == holdout]
    return [s for p, s in zip(paths, shards, strict=True) if p.stem != holdout], held


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    parser.add_argument("--out", type=Path, default=Path("cache/face_run"))
    parser.add_argument("--preset", choices=PRESETS, default="full")
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--holdout", default="019")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop and save after this long")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    start_s = time.monotonic()
    shards, held = load_corpus(options.shards, options.holdout, options.workers)
    hours = sum(len(s.samples) for s in shards) / 24_000 / 3600
    print(f"{len(shards)} shards, {hours:.2f} h, read in {time.monotonic() - start_s:.0f} s")
    run = PRESETS[options.preset]
    trainer = Trainer(run, Corpus(shards, options.device), options.device)
    tester = Trainer(run, Corpus(held, options.device), options.device) if held else None
    if options.resume:
        trainer.load(options.resume)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "run.json").write_text(json.dumps(asdict(run), indent=1))
    every = max(1, run.total_samples // run.batch // 24)
    while trainer.samples_seen < run.total_samples:
        parts = trainer.step()
        if trainer.samples_seen // run.batch % every == 0:
            report(trainer, tester, parts, start_s)
        if time.monotonic() - start_s > options.seconds:
            break
    trainer.save(options.out / "checkpoint.pt")
    torch.save(trainer.average, options.out / "average.pt")


@torch.no_grad()
def report(trainer: Trainer, tester: Trainer | None, parts: dict, start_s: float) -> None:
    """One line of figures: the last batch, and the average network on the held-out voice."""
    line = {k: round(float(v), 4) for k, v in parts.items()}
    text = f"{time.monotonic() - start_s:5.0f} s {trainer.samples_seen:8d} samples {line}"
    if tester:
        tester.networks.load_state_dict(trainer.average)
        tester.networks.eval()
        _, held = tester.batch_loss(*tester._batch())
        text += f" held out { ({k: round(float(v), 4) for k, v in held.items()}) }"
    print(text, flush=True)


if __name__ == "__main__":
    main()
