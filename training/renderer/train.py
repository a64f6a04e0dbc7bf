"""Trains the painters of both tiers and the implicit offset on pairs rendered on the fly.

`torchrun --nproc-per-node N -m training.renderer.train --pack cache/assets.zip --seconds 1200
--out cache/renderer_1`; a later piece goes on with `--resume cache/renderer_1/checkpoint`.
"""

import argparse
import json
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch

from training.descent import save_weights
from training.distributed import leave, world
from training.motion import loop
from training.renderer.held_out import held_out_batches, measured, report, write_strips
from training.renderer.learner import RendererLearner, RendererRun
from training.renderer.take_stream import TakeOptions, TakeStream
from training.renderer.tiers import Tiers

# A run that begins with the weights of another has only its critics to teach anew; it sees others.
LATER = RendererRun(learning_rate=3e-4, critic_from=0.08, distil_from=0.0, seed=2)


def main() -> None:
    start_s = time.monotonic()
    options = _parser().parse_args()
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.benchmark = True
    here = world(options.device)
    device = torch.device(here.device)
    run = RendererRun() if options.begin is None else LATER
    chosen = {"batch": options.batch, "total_samples": options.samples}
    run = replace(run, **{name: value for name, value in chosen.items() if value})
    takes = TakeOptions(
        options.pack, seed=run.seed, rank=here.rank, ranks=here.size, workers=options.workers,
        frames=options.frames, batch_takes=max(run.batch // 4, 1), per_take=min(run.batch, 4),
        showings=options.showings, near=options.near,
    )  # fmt: skip
    stream = TakeStream(takes, device)
    stream.begin()
    kept = held_out_batches(takes, device, options.people) if here.first else []
    learner = RendererLearner(run, stream, here, options.compile, options.begin)
    if here.first:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "run.json").write_text(json.dumps(asdict(run), indent=1) + "\n")
        count = sum(p.numel() for p in learner.tiers.parameters())
        print(f"{count} weights; ready after {time.monotonic() - start_s:.1f} s", flush=True)
    piece = loop.Piece(options.out, options.seconds, options.until, options.resume, options.again)
    loop.run(learner, piece, here, start_s)
    stream.close()
    if here.first:
        finish(learner, kept, options.out)
    leave(here)


def finish(learner: RendererLearner, kept, out: Path) -> None:
    """Write the averaged weights, and what they make of held-out people."""
    save_weights(learner.average.weights, out)
    tiers = Tiers().to(learner.here.device)
    learner.average.copy_to(tiers)
    tiers.eval()
    print(report(measured(tiers, kept, learner.here), out / "held_out.json"), flush=True)
    write_strips(tiers, kept, learner.here, out / "strips")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True, help="of assets, with people")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", choices=("cuda", "cpu"))
    parser.add_argument("--batch", type=int, help="of each process, a multiple of 4")
    parser.add_argument("--samples", type=int, help="of the whole run")
    parser.add_argument("--frames", type=int, default=48, help="of each take")
    parser.add_argument("--showings", type=int, default=1, help="of each take")
    parser.add_argument("--workers", type=int, default=14, help="of each process")
    parser.add_argument("--near", type=Path, help="where workers may write much")
    parser.add_argument("--people", type=int, default=16, help="held-out ones to be judged on")
    parser.add_argument(
        "--begin",
        type=Path,
        help="average.safetensors of another run, or the folder of the models that ship",
    )
    parser.add_argument("--compile", action="store_true")
    loop.add_piece_options(parser)
    return parser


if __name__ == "__main__":
    main()
