"""Strokes only where they are clear, and every kind of move as often as before.

`python -m training.motion.sharpen --weights cache/body_3/average.safetensors --times 6 --out FILE`

The network says how much speaks for a move that begins, and a drawn number decides: strokes for
which little speaks happen now and then, and as such moments are many, many strokes fall beside the
accents. Here what speaks for a stroke is multiplied, which leaves the clear ones (many times: a
threshold); then what speaks for each kind of move is raised or lowered until the network, on its
own past, begins as many as the performances of the held-out speech do.
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.rates import FPS
from training.distributed import world
from training.motion.fused import FrameStep
from training.motion.load_data import add_data_options, load_data
from training.motion.motion_data import MotionData
from training.motion.parts import PARTS
from training.motion.rollout import frame_by_frame
from training.performance.gestures import MOVES, Phase

STREAMS, SECONDS, ROUNDS = 128, 40, 8
STROKE = MOVES.index(Phase.STROKE)
# of what a round finds missing, as log rate; less than all, since one kind waits for another
SHARE_A_ROUND = 0.4


@torch.no_grad()
def onset_rates(
    network: MotionTransformer, data: MotionData, streams: int, frames: int
) -> tuple[Tensor, Tensor]:
    """(kinds,) onsets a frame: those of the network on its own past, and the performances'."""
    sampler = torch.Generator().manual_seed(0)
    generator = torch.Generator(data.device).manual_seed(0)
    crop = data.draw(streams, frames, sampler)
    assert crop.onset is not None
    start = network.init_state(streams)
    begun = torch.zeros_like(start["onset"][0, 0])
    last, step = crop.motion[:, 1:2], FrameStep(network)
    for _, state in frame_by_frame(step, last, crop.undecided, start, generator):
        begun += state["onset"].mean((0, 1))
    return begun / frames, crop.onset.mean((0, 1))


def factors(weights: dict[str, Tensor], times: float) -> Tensor:
    """(kinds,) by what the support of each kind of move is multiplied."""
    factor = torch.ones_like(weights["to_onset.bias"])
    factor[STROKE] = times
    return factor


def sharpened(weights: dict[str, Tensor], times: float) -> dict[str, Tensor]:
    """The weights with what speaks for a stroke multiplied."""
    factor = factors(weights, times)
    weight, bias = factor[:, None] * weights["to_onset.weight"], factor * weights["to_onset.bias"]
    return weights | {"to_onset.weight": weight, "to_onset.bias": bias}


def as_often(
    weights: dict[str, Tensor], data: MotionData, streams: int, frames: int, times: float
) -> tuple[dict[str, Tensor], str]:
    """The weights, sharpened so many times, with biases such that every kind of move begins as
    often as in the data, and a line about it."""
    # what was multiplied answers to its bias so much less
    pace = SHARE_A_ROUND * factors(weights, times)
    network = MotionTransformer(data.part.sizes).to(data.device).eval()
    line = ""
    for _ in range(ROUNDS):
        network.load_state_dict(weights)
        made, wanted = onset_rates(network, data, streams, frames)
        least = 1.0 / (streams * frames)
        missing = (wanted.clamp_min(least) / made.clamp_min(least)).log()
        line = "onsets a minute " + ", ".join(
            f"{phase.name.lower()} {60 * FPS * float(one):.1f} / {60 * FPS * float(two):.1f}"
            for phase, one, two in zip(MOVES, made, wanted, strict=True)
        )
        weights = weights | {"to_onset.bias": weights["to_onset.bias"] + pace * missing}
    return weights, line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--times", type=float, default=6.0)
    parser.add_argument("--out", type=Path, required=True, help="a .safetensors file")
    parser.add_argument("--tiny", action="store_true", help="the network of the preset test")
    add_data_options(parser)
    options = parser.parse_args()
    here = world(options.device)
    part = PARTS["body"].tiny() if options.tiny else PARTS["body"]
    data = load_data(part, options, here, held_out=True)
    streams, frames = (4, 60) if options.tiny else (STREAMS, SECONDS * FPS)
    weights = sharpened(load_file(options.weights, device=here.device), options.times)
    made, line = as_often(weights, data, streams, frames, options.times)
    save_file({name: value.cpu().contiguous() for name, value in made.items()}, options.out)
    print(line)


if __name__ == "__main__":
    main()
