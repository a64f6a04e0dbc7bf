"""The buffers of a motion transformer, measured on the motion that it learns."""

import torch
from torch import Tensor

from pipeline.networks.motion_transformer import MotionTransformer
from training.motion.parts import Part

# What hardly moves is not blown up: the least deviations, in radians, metres or shares.
LEAST_DEVIATION = 2e-3
LEAST_SPEED = 1e-4
LEAST_INNOVATION = 5e-5
_MOST_DAMPING = 0.95
_CHUNK_ROWS = 1_000_000


@torch.no_grad()
def measure(network: MotionTransformer, part: Part, motion: Tensor, first: Tensor) -> None:
    """Sets mean, deviation, range, speed, damping and innovation.

    motion: (N, M) all performances in a row; first: (N,) bool, the first frame of each
    """
    sums: dict[str, Tensor] = {}
    rows = len(motion)
    for start in range(0, rows, _CHUNK_ROWS):
        # two frames more, so that no change is left out between chunks
        stop = min(start + _CHUNK_ROWS + 2, rows)
        x = motion[start:stop].double()
        for name, value in _chunk_sums(x, first[start:stop], stop < rows).items():
            sums[name] = sums[name] + value if name in sums else value
    mean = sums["x"] / sums["frames"]
    variance = (sums["xx"] / sums["frames"] - mean.square()).clamp_min(0)
    speed_power = sums["dd"] / sums["changes"]
    lag_power = sums["dl"] / sums["changes"]
    damping = (lag_power / speed_power.clamp_min(1e-18)).clamp(0.0, _MOST_DAMPING)
    power = speed_power - 2 * damping * lag_power + damping.square() * sums["ll"] / sums["changes"]
    network.mean.copy_(mean)
    network.deviation.copy_(variance.sqrt().clamp_min(LEAST_DEVIATION))
    network.speed.copy_(speed_power.sqrt().clamp_min(LEAST_SPEED))
    network.damping.copy_(damping)
    network.innovation.copy_(power.clamp_min(0).sqrt().clamp_min(LEAST_INNOVATION))
    network.low.copy_(motion.amin(0))
    network.high.copy_(motion.amax(0))
    network.heard.zero_()
    network.heard[list(part.heard)] = 1.0


def _chunk_sums(x: Tensor, first: Tensor, more: bool) -> dict[str, Tensor]:
    """Sums over the frames of a chunk; `more`: its last two frames are also the next one's."""
    own = x[:-2] if more else x
    change, last = x[2:] - x[1:-1], x[1:-1] - x[:-2]
    whole = ~(first[2:] | first[1:-1])[:, None]
    change, last = change * whole, last * whole
    return {
        "frames": torch.tensor(len(own)),
        "changes": whole.sum(),
        "x": own.sum(0),
        "xx": own.square().sum(0),
        "dd": change.square().sum(0),
        "dl": (change * last).sum(0),
        "ll": last.square().sum(0),
    }


@torch.no_grad()
def measure_face(network: MotionTransformer, face: Tensor) -> None:
    """Sets the statistics of the face that a body is given."""
    network.face_mean.copy_(face.float().mean(0))
    network.face_deviation.copy_(face.float().std(0).clamp_min(LEAST_DEVIATION))
