"""What makes training faster on a GPU; elsewhere everything is left as it is.

A network of this size is bound there by memory traffic between small kernels and by their launches.
"""

import torch
from torch import Tensor

from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.motion_transformer import MotionTransformer
from training.distributed import World


def fuse(network: MotionTransformer, here: World) -> None:
    """Compiles the two passes over whole sequences, for the shapes that they meet."""
    if not here.device.startswith("cuda"):
        return
    for name in ("history", "denoise"):
        setattr(network, name, torch.compile(getattr(network, name), dynamic=False))


class FrameStep:
    """FrameStep(network): the network's work on one frame of many streams, without gradients; on a
    GPU recorded for the first shapes that it meets and replayed.

    Weights that are changed in place count at once. Results are overwritten by the next call.
    """

    def __init__(self, network: MotionTransformer):
        self._network = network
        self._graph: CudaGraph | None = None

    @torch.no_grad()
    def __call__(self, **inputs: Tensor) -> dict[str, Tensor]:
        if not inputs["previous"].is_cuda:
            return self._network(**inputs)
        if self._graph is None:
            # a recording must not hold casts of weights that were made outside it
            with torch.autocast("cuda", enabled=False):
                self._graph = CudaGraph(self._network, inputs)
        return self._graph(inputs)
