"""The networks of both tiers on torch, from a training run or from the models that ship."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from bench.reenactment.weights import Weights, shipped
from pipeline.errors import ModelError
from pipeline.model_folder import open_model
from pipeline.networks.implicit import ImplicitOffset
from pipeline.networks.lite_painter import LitePainter
from pipeline.networks.painters import Painters
from pipeline.networks.sizes import ImplicitSizes, LitePainterSizes, PaintersSizes

Module = TypeVar("Module", bound=nn.Module)


class CpuNetwork:
    """A module behind pipeline.network.Network, on the processor, where the product has it, too."""

    provider = "torch cpu"

    def __init__(self, module: nn.Module, sizes: Any) -> None:
        self._module, self.sizes = module, sizes

    @torch.inference_mode()
    def run(self, inputs: dict[str, Any], /) -> dict[str, Any]:
        """As Network.run."""
        given = {name: torch.as_tensor(value) for name, value in inputs.items()}
        return {name: value.numpy() for name, value in self._module(**given).items()}


@dataclass(frozen=True, slots=True)
class Networks:
    """painters: on `device`, in `precision`, which on a GPU is half as in the product; implicit,
    lite: for the stages of those names."""

    painters: Painters
    device: torch.device
    precision: torch.dtype
    implicit: CpuNetwork
    lite: CpuNetwork


@cache
def load(weights: Weights) -> Networks:
    """All of them, once in a process. Raises ModelError where weights or device cannot be had."""
    on_gpu = weights.device == "cuda"
    if on_gpu and not torch.cuda.is_available():
        raise ModelError("torch finds no CUDA device; choose --device cpu or mend the driver.")
    device, precision = torch.device(weights.device), torch.float16 if on_gpu else torch.float32
    painters = _loaded(weights, "painters", Painters, PaintersSizes())[0]
    painters.to(device, precision)
    implicit = CpuNetwork(*_loaded(weights, "implicit", ImplicitOffset, ImplicitSizes()))
    lite = CpuNetwork(*_loaded(weights, "lite", LitePainter, LitePainterSizes()))
    return Networks(painters, device, precision, implicit, lite)


def _loaded(weights: Weights, part: str, make: type[Module], trained: Any) -> tuple[Module, Any]:
    """A part and its sizes; trained: those of a run."""
    if weights.file is None:
        model = open_model(shipped(part))
        sizes, source, own = model.sizes, model.weights, _read(model.weights)
    else:
        sizes, source, mark = trained, weights.file, f"{part}."
        run = _read(weights.file).items()
        own = {name.removeprefix(mark): value for name, value in run if name.startswith(mark)}
    module = make(sizes)
    try:
        module.load_state_dict({name: value.float() for name, value in own.items()})
    except RuntimeError as fault:
        raise ModelError(f"The weights in {source} are not those of the {part}.") from fault
    return module.eval().requires_grad_(False), sizes


def _read(file: Path) -> dict[str, Tensor]:
    if not file.is_file():
        raise ModelError(f"There are no weights in {file}; give a run's with --weights.")
    try:
        return load_file(file)
    except SafetensorError as fault:
        raise ModelError(f"{file} holds no weights; give a run's average.safetensors.") from fault
