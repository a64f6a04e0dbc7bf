"""Beats only where they are clear, as many as before.

`python -m training.motion.sharpen --weights cache/body_3/average.safetensors --times 2 --out FILE`

The head that decides on beats says how clear one is, and a drawn number decides: a faint beat is
struck now and then, and as faint ones are many, many strokes fall beside the accents. Here what the
head says is multiplied, which leaves the clear ones, and raised so that the network strikes, on its
own past, as often as the performances of the held-out speech do.
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
from training.motion.rollout import generate

STREAMS, SECONDS = 128, 40
LOWEST, HIGHEST, HALVINGS = -4.0, 8.0, 7


@torch.no_grad()
def beat_rates(
    network: MotionTransformer, data: MotionData, streams: int, frames: int
) -> tuple[float, float]:
    """Beats a frame: those of the network on its own past, and the performances'."""
    sampler = torch.Generator().manual_seed(0)
    generator = torch.Generator(data.device).manual_seed(0)
    crop = data.draw(streams, frames, sampler)
    assert crop.beat is not None
    asked = {name: value for name, value in crop.asked.items() if name != "beat"}
    step, state, struck = FrameStep(network), network.init_state(streams), 0.0
    last = crop.motion[:, 1:2]
    for frame in range(frames):
        now = {n: v[:, frame : frame + 1] if v.shape[1] > 1 else v for n, v in asked.items()}
        last, state = generate(step, last, now, state, generator)
        state = {name: value.clone() for name, value in state.items()}
        struck += float(state["beat"].sum())
    return struck / (streams * frames), float(crop.beat.mean())


def sharpened(weights: dict[str, Tensor], times: float, raised: float) -> dict[str, Tensor]:
    """The weights with the clearness of beats multiplied, then raised."""
    weight, bias = weights["to_beat.weight"], weights["to_beat.bias"]
    return weights | {"to_beat.weight": times * weight, "to_beat.bias": times * bias + raised}


def as_often(
    weights: dict[str, Tensor], times: float, data: MotionData, streams: int, frames: int
) -> tuple[dict[str, Tensor], str]:
    """The sharpened weights that strike as often as the data, and a line about it."""
    network = MotionTransformer(data.part.sizes).to(data.device).eval()
    low, high, line = LOWEST, HIGHEST, ""
    for _ in range(HALVINGS):
        raised = (low + high) / 2
        network.load_state_dict(sharpened(weights, times, raised))
        made, wanted = beat_rates(network, data, streams, frames)
        low, high = (raised, high) if made < wanted else (low, raised)
        minute = 60 * FPS
        line = (
            f"beats a minute {minute * made:.1f} / {minute * wanted:.1f},"
            f" clearness {times:g} times and {raised:+.2f}"
        )
    return sharpened(weights, times, (low + high) / 2), line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--times", type=float, default=2.0)
    parser.add_argument("--out", type=Path, required=True, help="a .safetensors file")
    parser.add_argument("--tiny", action="store_true", help="the network of the preset test")
    add_data_options(parser)
    options = parser.parse_args()
    here = world(options.device)
    part = PARTS["body"].tiny() if options.tiny else PARTS["body"]
    data = load_data(part, options, here, held_out=True)
    streams, frames = (4, 60) if options.tiny else (STREAMS, SECONDS * FPS)
    weights = load_file(options.weights, device=here.device)
    made, line = as_often(weights, options.times, data, streams, frames)
    save_file({name: value.cpu().contiguous() for name, value in made.items()}, options.out)
    print(line)


if __name__ == "__main__":
    main()
