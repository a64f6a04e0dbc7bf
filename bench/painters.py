"""What the painters of the full tier cost on a GPU, against what the chip could do.

`python -m bench.painters [--weights average.safetensors] [--json]`: one frame of 512x768, all of it
in GPU memory, recorded as a CUDA graph; milliseconds are CUDA events'. Operations and bytes are
counted: those of each operation by itself, as if nothing stayed in a cache.
`--whole AVATAR` adds each stage of a frame of that avatar with the painters that ship, from motion
to the camera's picture: what the CPU does, both copies, the painters.
"""

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from bench.full_frame import whole_frame
from bench.memory_traffic import traffic_of
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.painter import GATES, HAND_CHANNELS
from pipeline.networks.painters import Frame, Painters, pasted
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

FRAMES = 300
# NVIDIA's data sheet of the H200 SXM: dense half precision, and HBM3e.
CHIP_TFLOPS, CHIP_TB_S = 989.0, 4.8


def made_frame(device: torch.device) -> Frame:
    """Noise in the place of a picture; what it shows costs nothing."""
    height, width = FRAME_HEIGHT_PX, FRAME_WIDTH_PX
    random = torch.Generator().manual_seed(0)

    def drawn(channels: int, shrink: int) -> Tensor:
        size = (1, channels, height // shrink, width // shrink)
        return torch.rand(size, generator=random).to(device, torch.float16)

    return Frame(
        drawn(3, 1), drawn(3, 1), drawn(3, 1), drawn(1, 1), drawn(GATES, 2),
        drawn(HAND_CHANNELS, 2), drawn(2, 4).float() * 16,
        torch.full((1, 3), 0.5, device=device, dtype=torch.float16),
        torch.tensor([[128, 96]], device=device),
        torch.zeros((1, IMPLICIT_SIZE), device=device, dtype=torch.float16),
    )  # fmt: skip


class Live:
    """One avatar's frames: what is known of the portrait is encoded once."""

    def __init__(self, painters: Painters, frame: Frame) -> None:
        self._painters = painters
        given = frame.source, frame.source_matte, frame.skin
        self._whole, self._face = painters.generator.source(*given), painters.face.source(*given)

    def whole(self, **given: Tensor) -> Tensor:
        """The generator's picture alone."""
        return self._painters.whole(Frame(**given), self._whole)

    def full(self, **given: Tensor) -> Tensor:
        """With its face refined."""
        frame = Frame(**given)
        whole = self._painters.whole(frame, self._whole)
        return pasted(whole, self._painters.refined(frame, whole, self._face), frame.face)


def median_ms(graph: CudaGraph) -> float:
    """Of FRAMES replays, each between two events."""
    events = [[torch.cuda.Event(enable_timing=True) for _ in range(2)] for _ in range(FRAMES)]
    for before, after in events:
        before.record()
        graph()
        after.record()
    torch.cuda.synchronize()
    return float(torch.tensor([a.elapsed_time(b) for a, b in events]).median())


@torch.inference_mode()
def measured(painters: Painters, device: torch.device) -> dict:
    """Milliseconds, operations and bytes of both stages."""
    frame = made_frame(device)
    given = {field.name: getattr(frame, field.name) for field in fields(Frame)}
    live, report = Live(painters, frame), {}
    for name, work in (("generator", live.whole), ("with face", live.full)):
        with FlopCounterMode(display=False) as counter:
            work(**given)
        ms = median_ms(CudaGraph(work, given))
        operations, moved = counter.get_total_flops() / 1e9, traffic_of(work, **given) / 1e9
        report[name] = {
            "ms": round(ms, 3),
            "gflop": round(operations, 1),
            "share_of_arithmetic": round(operations / ms / CHIP_TFLOPS, 3),
            "gb": round(moved, 3),
            "share_of_bandwidth": round(moved / ms / CHIP_TB_S, 3),
        }
    weights = sum(p.numel() * p.element_size() for p in painters.parameters())
    return {"device": torch.cuda.get_device_name(device), "weights_mb": weights / 1e6, **report}


def _painters_of(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Those of the painters out of all of a run."""
    prefix = "painters."
    return {n.removeprefix(prefix): x for n, x in weights.items() if n.startswith(prefix)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, help="of training.renderer.train")
    parser.add_argument("--whole", metavar="AVATAR", help="also time every stage of its frames")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not torch.cuda.is_available():
        print("This measures a GPU, and torch finds none here.", file=sys.stderr)
        return 2
    device = torch.device("cuda")
    painters = Painters()
    if options.weights is not None:
        painters.load_state_dict(_painters_of(load_file(options.weights)))
    painters.eval().half().to(device)
    painters.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    # as pipeline.torch_painters records
    with torch.backends.cudnn.flags(enabled=True, benchmark=True):
        report = measured(painters, device)
    if options.whole:
        report["whole"] = whole_frame(options.whole)
    print(json.dumps(report, indent=None if options.json else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
