"""A module's work on inputs of fixed shapes, recorded once and replayed without Python."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

_WARM_UP_RUNS = 3


class CudaGraph:
    """A recording of `work(**inputs)`, say of a module, or of work between buffers of its own; the
    results are overwritten by the next replay.

    Source: PyTorch, torch.cuda.CUDAGraph.
    """

    def __init__(self, work: Callable[..., Any], inputs: Mapping[str, Tensor] | None = None):
        self._inputs = {name: value.clone() for name, value in (inputs or {}).items()}
        beside = torch.cuda.Stream()
        beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(beside):
            for _ in range(_WARM_UP_RUNS):
                work(**self._inputs)
        torch.cuda.current_stream().wait_stream(beside)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph):
            self._results = work(**self._inputs)

    def __call__(self, inputs: Mapping[str, Tensor] | None = None) -> Any:
        """The results for other values of the same shapes, on the same device."""
        if inputs:
            new = [inputs[name] for name in self._inputs]
            torch._foreach_copy_(list(self._inputs.values()), new)  # pyright: ignore[reportPrivateImportUsage]
        self._graph.replay()
        return self._results
