"""A network's step on CUDA at the least cost: recorded, one copy there and one back a frame."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from pipeline.network import STATE_PREFIX
from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.packing import Packing


class Step(Protocol):
    """A network's work on one frame, between buffers that stay where they are.

    given, told: flat arrays in the places of `given_places` and `told_places`; manner: names of
    what is given that seldom changes
    """

    given: Tensor
    told: Tensor
    given_places: Packing
    told_places: Packing
    manner: tuple[str, ...]

    def adapt(self) -> None:
        """Takes over what is given of the manner."""
        ...

    def recall(self, state: Mapping[str, Any], /) -> None:
        """Takes over what of the state is not given."""
        ...

    def work(self) -> None:
        """From `given` to `told`."""
        ...

    def kept(self, state: Mapping[str, Any], /) -> dict[str, Any]:
        """What of the next state is not told."""
        ...


class RecordedStep:
    """RecordedStep(step): on CUDA its work is recorded once and replayed; elsewhere it is done."""

    def __init__(self, step: Step):
        self._step = step
        on_cuda = step.given.is_cuda
        self._given_here = torch.zeros(step.given_places.size, pin_memory=on_cuda)
        self._told_here = torch.zeros(step.told_places.size, pin_memory=on_cuda)
        self._places = step.given_places.parts(self._given_here.numpy())
        self._manner: list[bytes] | None = None
        self._adapt = CudaGraph(step.adapt) if on_cuda and step.manner else step.adapt
        self._work = CudaGraph(step.work) if on_cuda else step.work
        self._told_event = torch.cuda.Event() if on_cuda else None

    def takes(self, inputs: Mapping[str, Any]) -> bool:
        """Are these inputs of the shapes of one frame of one stream?"""
        shapes = self._step.given_places.shapes
        return all(inputs[name].shape == shape for name, shape in shapes.items())

    def __call__(self, inputs: Mapping[str, Any]) -> dict[str, np.ndarray | Tensor]:
        """What the network says: arrays, and the next state."""
        step = self._step
        for name, place in self._places.items():
            place[...] = inputs[name]
        step.given.copy_(self._given_here, non_blocking=True)
        manner = [self._places[name].tobytes() for name in step.manner]
        if manner != self._manner:
            self._adapt()
            self._manner = manner
        step.recall(inputs)
        self._work()
        self._told_here.copy_(step.told, non_blocking=True)
        if self._told_event is not None:
            self._told_event.record()
        kept = {STATE_PREFIX + name: value for name, value in step.kept(inputs).items()}
        if self._told_event is not None:
            self._told_event.synchronize()
        return {**step.told_places.parts(self._told_here.numpy().copy()), **kept}
