"""Trains the speech encoder, on one GPU or several.

`python -m training.train_speech --shards cache/speech/shards --out cache/speech_run` or
`torchrun --nproc-per-node=2 -m training.train_speech ...`; the same command goes on from the
checkpoint in --out. Progress counts samples (crops, those of all processes). A resumed run equals
an uninterrupted one, unless shards were added meanwhile.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from pipeline.rates import FPS
from training import checkpoint
from training.distributed import World, any_process, leave, mean_over_processes, world
from training.shard_feed import ShardFeed
from training.speech_dataset import Corpus
from training.speech_judge import SpeechJudge
from training.speech_run import PRESETS
from training.speech_trainer import Trainer

_ENDING_S = 15.0


class Clock:
    """Seconds since the start, and the budget."""

    def __init__(self, seconds: float):
        self._start_s, self._seconds = time.monotonic(), seconds

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self._start_s

    @property
    def left_s(self) -> float:
        """Until training should stop, so that there is time to save."""
        return self._seconds - min(_ENDING_S, 0.1 * self._seconds) - self.elapsed_s


@dataclass(slots=True)
class Pace:
    """When the last report was made and after how many samples."""

    at_s: float
    samples: int


def train(
    trainer: Trainer, feed: ShardFeed, clock: Clock, tell: Callable[[dict, Pace], None], fits: bool
) -> None:
    """Until all samples are seen or the time is up; reports 24 times, at least each 20 s."""
    run, here = trainer.run, trainer.here
    held_names = set(trainer.corpus.names)
    every = max(run.batch * here.size, run.total_samples // 24)
    pace, taken_s = Pace(clock.elapsed_s, trainer.samples_seen), clock.elapsed_s
    reports = 0
    while trainer.samples_seen < trainer.run.total_samples:
        parts = trainer.step()
        steps = trainer.samples_seen // (run.batch * here.size)
        if steps % 10 and trainer.samples_seen < trainer.run.total_samples:
            continue
        if any_process(clock.left_s < 0, here):
            break
        if clock.elapsed_s - taken_s > 10.0:
            trainer.corpus.append(s for s in feed.take() if s.name not in held_names)
            taken_s = clock.elapsed_s
        due = trainer.samples_seen - pace.samples >= every or clock.elapsed_s - pace.at_s > 20.0
        if any_process(due, here):
            tell(mean_over_processes(parts, here), pace)
            reports += 1
            if fits and reports == 2:
                fit(trainer, pace, clock)
            pace = Pace(clock.elapsed_s, trainer.samples_seen)


def fit(trainer: Trainer, pace: Pace, clock: Clock) -> None:
    """Sets the number of samples to what the remaining time allows at the measured pace."""
    rate = (trainer.samples_seen - pace.samples) / (clock.elapsed_s - pace.at_s)
    total = torch.tensor(trainer.samples_seen + 0.96 * rate * max(0.0, clock.left_s))
    told = mean_over_processes({"total": total.to(trainer.here.device)}, trainer.here)["total"]
    trainer.run = replace(trainer.run, total_samples=int(told))
    if trainer.here.first:
        print(f"{int(told)} samples fit into the time left", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    parser.add_argument("--out", type=Path, default=Path("cache/speech_run"))
    parser.add_argument("--preset", choices=PRESETS, default="full")
    parser.add_argument("--samples", type=int, help="total, over which the learning rate falls")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop and save before this")
    parser.add_argument("--fit", action="store_true", help="choose --samples to fit --seconds")
    parser.add_argument("--watch", type=float, help="look for new shards every so many seconds")
    parser.add_argument("--start", type=int, default=48, help="with --watch: shards to begin with")
    parser.add_argument("--holdout", default="019", help="shards not trained on, by commas")
    parser.add_argument("--judge", type=Path, help="aligned recordings; only those to tune on")
    parser.add_argument("--workers", type=int, default=14)
    parser.add_argument("--device", choices=("cpu", "cuda"))
    options = parser.parse_args()
    clock, here = Clock(options.seconds), world(options.device)
    feed = ShardFeed(options.shards, options.workers, options.watch)
    try:
        _run(options, clock, here, feed)
    finally:
        feed.close()
        leave(here)


def _run(options: argparse.Namespace, clock: Clock, here: World, feed: ShardFeed) -> None:
    run = PRESETS[options.preset]
    run = replace(run, total_samples=options.samples or run.total_samples)
    held_names = set(options.holdout.split(","))
    shards = feed.wait(options.start if options.watch else None)
    corpus, held = Corpus(here.device), Corpus(here.device)
    corpus.append(s for s in shards if s.name not in held_names)
    held.append(s for s in shards if s.name in held_names)
    trainer = Trainer(run, corpus, here)
    if (options.out / "checkpoint" / checkpoint.INDEX).exists():
        trainer.load(options.out)
    judge = SpeechJudge(options.judge, "tune", here.device) if options.judge else None
    if here.first:
        options.out.mkdir(parents=True, exist_ok=True)
        print(
            f"{len(corpus.names)} shards, {corpus.hours:.2f} h, {clock.elapsed_s:.0f} s; "
            f"{here.size} x {here.device}, from {trainer.samples_seen} samples",
            flush=True,
        )

    def tell(parts: dict[str, Tensor], pace: Pace) -> None:
        if here.first:
            _report(trainer, parts, (clock, pace), held, judge)

    train(trainer, feed, clock, tell, options.fit)
    trainer.save(options.out)
    if here.first:
        print(f"saved at {trainer.samples_seen} samples, {clock.elapsed_s:.0f} s", flush=True)


def _report(trainer: Trainer, parts, times: tuple[Clock, Pace], held: Corpus, judge) -> None:
    """One line of figures: pace, the last batch, and the average network on what it never sees."""
    clock, pace = times
    rate = (trainer.samples_seen - pace.samples) / max(1e-9, clock.elapsed_s - pace.at_s)
    heard = rate * trainer.run.crop_frames / FPS
    text = (
        f"{clock.elapsed_s:5.0f} s {trainer.samples_seen:8d} samples {rate:6.0f}/s {heard:7.0f} "
        f"audio-s/s {trainer.corpus.hours:.1f} h {_figures(parts)}"
    )
    if held.names:
        text += f" held out {_figures(trainer.held_out(held))}"
    if judge:
        text += f" real {judge(trainer.averaged_encoder(), trainer.run.sizes)}"
    print(text, flush=True)


def _figures(parts: dict[str, Tensor]) -> str:
    return " ".join(f"{name} {float(value):.3f}" for name, value in parts.items())


if __name__ == "__main__":
    main()
