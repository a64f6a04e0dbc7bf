"""What a distilled network does on its own, beside what the teacher performed to the same speech.

`python -m training.motion.evaluate --part face --weights cache/face_2/average.safetensors`
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from pipeline.motion_space import FACE_ACTIONS
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.rates import FPS
from training.distributed import world
from training.motion.fused import FrameStep
from training.motion.load_data import add_data_options, load_data
from training.motion.motion_data import MotionData
from training.motion.parts import PARTS
from training.motion.rollout import generate

STREAMS, SECONDS = 64, 60
BLINK_LEVEL = 0.5
_QUANTILES = 200
_LIDS = (FACE_ACTIONS.index("eyeBlinkLeft"), FACE_ACTIONS.index("eyeBlinkRight"))


@torch.no_grad()
def rolled_out(
    network: MotionTransformer, data: MotionData, streams: int, frames: int, seed: int = 0
) -> tuple[Tensor, Tensor, Tensor]:
    """Motion (B, F, M) from rest without a past, the teacher's to the same speech, and closed."""
    sampler = torch.Generator().manual_seed(seed)
    generator = torch.Generator(data.device).manual_seed(seed)
    places = data.places(streams, frames, sampler)
    crop = data.crop(places, frames)
    state = network.init_state(streams)
    made, _ = generate(FrameStep(network), crop.motion[:, 1:2], crop.undecided, state, generator)
    return made, crop.motion[:, 2:], places.performance


def blinks_per_minute(motion_BFM: Tensor) -> float:
    """How often both lids fall below half."""
    shut = motion_BFM[..., list(_LIDS)].mean(2) > BLINK_LEVEL
    falls = (shut[:, 1:] & ~shut[:, :-1]).sum()
    return float(falls) / (motion_BFM.shape[0] * motion_BFM.shape[1] / FPS / 60)


def wasserstein(one: Tensor, two: Tensor) -> float:
    """Distance of two distributions of numbers over the mean of the second, by quantiles."""
    at = torch.linspace(0.0025, 0.9975, _QUANTILES, device=one.device)
    first, second = _quantiles(one, at), _quantiles(two, at)
    return float((first - second).abs().mean() / second.abs().mean().clamp_min(1e-9))


def _quantiles(x: Tensor, at: Tensor) -> Tensor:
    x = x.flatten().float().sort().values
    return x[(at * (len(x) - 1)).long()]


def repetition(x_BF: Tensor) -> float:
    """Largest autocorrelation beyond 2 s (up to 12 s), median over streams."""
    x = x_BF - x_BF.mean(1, keepdim=True)
    frames = x.shape[1]
    power = torch.fft.rfft(x, 2 * frames).abs().square()
    lags = torch.fft.irfft(power)[:, :frames]
    normed = lags / lags[:, :1].clamp_min(1e-12)
    first = min(2 * FPS, frames // 2)
    return float(normed[:, first : 12 * FPS].amax(1).median())


def compared(network: MotionTransformer, data: MotionData, tiny: bool = False) -> str:
    """Lines of figures: made / performed."""
    longest = int(data.frames.max()) - 8
    streams, frames = (3, 60) if tiny else (STREAMS, min(SECONDS * FPS, longest))
    made, truth, _ = rolled_out(network, data, streams, frames)
    lines = [f"{streams} streams of {frames / FPS:.0f} s: generated / performed"]
    for name, index in data.part.groups.items():
        lines.append(f"  {name:17s} {_figures(made[..., index], truth[..., index])}")
    chosen = network.heard == 0
    over = (made <= network.low) | (made >= network.high)
    past = (truth <= network.low) | (truth >= network.high)
    lines.append(
        f"  values at a limit {100 * over[..., chosen].float().mean():.2f} / "
        f"{100 * past[..., chosen].float().mean():.2f} %"
    )
    halves = made[:, -frames // 6 :].mean((0, 1)) - made[:, : frames // 6].mean((0, 1))
    lines.append(
        f"  drift of the mean {float((halves / network.deviation)[chosen].abs().max()):.2f} sd"
    )
    if data.part.name == "face":
        lines.append(
            f"  blinks a minute {blinks_per_minute(made):.1f} / {blinks_per_minute(truth):.1f}"
        )
        mouth = (made - truth).abs()[..., list(data.part.heard)].mean((0, 1))
        spread = truth[..., list(data.part.heard)].std((0, 1)).clamp_min(0.01)
        lines.append(f"  mouth error {float((mouth / spread).mean()):.3f} sd")
    return "\n".join(lines)


def _figures(made: Tensor, truth: Tensor) -> str:
    """Of one group: deviation in a stream, speed, jerk, and how the distributions differ."""
    parts = [f"sd {_spread(made):.4f} / {_spread(truth):.4f}"]
    between = (made.mean(1).std(0).norm(), truth.mean(1).std(0).norm())
    parts.append(f"between streams {float(between[0]):.4f} / {float(between[1]):.4f}")
    for name, order in (("speed", 1), ("jerk", 3)):
        one, two = (x.diff(n=order, dim=1).norm(dim=2) * FPS**order for x in (made, truth))
        at = torch.tensor([0.5, 0.95], device=one.device)
        (low, high), (low_too, high_too) = _quantiles(one, at), _quantiles(two, at)
        parts.append(
            f"{name} {low:.3g} {high:.3g} / {low_too:.3g} {high_too:.3g}"
            f" (W {100 * wasserstein(one, two):.0f} %)"
        )
    parts.append(f"repeats {repetition(made[..., -1]):.2f} / {repetition(truth[..., -1]):.2f}")
    return ", ".join(parts)


def _spread(x_BFM: Tensor) -> float:
    return float(x_BFM.std(1).norm(dim=1).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--tiny", action="store_true", help="the network of the preset test")
    add_data_options(parser)
    options = parser.parse_args()
    here = world(options.device)
    part = PARTS[options.part].tiny() if options.tiny else PARTS[options.part]
    network = MotionTransformer(part.sizes).to(here.device).eval()
    network.load_state_dict(load_file(options.weights))
    print(compared(network, load_data(part, options, here, held_out=True), options.tiny))


if __name__ == "__main__":
    main()
