"""A network's step on CUDA at the least cost: recorded, one copy there and one back a frame."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.network import STATE_PREFIX
from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.packing import Packing


class RecordedStep:
    """A recording of `module` for inputs of these shapes; state: the tensors that stay there."""

    def __init__(
        self, module: nn.Module, inputs: Mapping[str, np.ndarray], state: Mapping[str, Tensor]
    ):
        self._sent = Packing({name: value.shape for name, value in inputs.items()})
        self._sent_here = torch.zeros(self._sent.size, pin_memory=True)
        self._places = self._sent.parts(self._sent_here.numpy())
        self._sent_there = self._sent_here.cuda()
        self._told, self._kept = Packing({}), Packing({})

        def work(**values: Tensor) -> dict[str, Tensor]:
            made = module(**self._sent.parts(self._sent_there), **values)
            shapes = {name: tuple(value.shape) for name, value in made.items()}
            kept = {name for name in made if name.startswith(STATE_PREFIX)}
            self._told = Packing({name: shapes[name] for name in made if name not in kept})
            self._kept = Packing({name: shapes[name] for name in made if name in kept})
            return {"told": self._told.packed(made), "kept": self._kept.packed(made)}

        self._graph = CudaGraph(work, state)
        self._told_here = torch.zeros(self._told.size, pin_memory=True)

    def __call__(
        self, inputs: Mapping[str, np.ndarray], state: Mapping[str, Tensor]
    ) -> dict[str, np.ndarray | Tensor]:
        """What the module says: arrays, and the next state as tensors that stay there."""
        for name, place in self._places.items():
            place[...] = inputs[name]
        self._sent_there.copy_(self._sent_here, non_blocking=True)
        made = self._graph(state)
        self._told_here.copy_(made["told"], non_blocking=True)
        # the next replay overwrites it, but a state may be gone on from more than once
        kept = self._kept.parts(made["kept"].clone())
        torch.cuda.current_stream().synchronize()
        return {**self._told.parts(self._told_here.numpy().copy()), **kept}
