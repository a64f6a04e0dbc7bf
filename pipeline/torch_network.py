"""Networks on torch; imported only where a GPU is used, and in tests and training."""

from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.networks.style_encoder import StyleEncoder

_MODULES: dict[str, type[nn.Module]] = {
    "speech_encoder": SpeechEncoder,
    "style_encoder": StyleEncoder,
    "motion_transformer": MotionTransformer,
}


class TorchNetwork:
    """A model's module on a torch device.

    captured: on CUDA, record the work of each set of input shapes and replay it; for few shapes
    """

    def __init__(self, model: ModelFolder, device: str, captured: bool = False):
        if device == "cuda" and not torch.cuda.is_available():
            raise ModelError("torch finds no CUDA device; choose the CPU or mend the driver.")
        self._sizes, self._device = model.sizes, device
        self._module = _MODULES[model.kind](model.sizes)
        weights = {name: value.float() for name, value in load_file(model.weights).items()}
        try:
            self._module.load_state_dict(weights)
        except RuntimeError as fault:
            raise ModelError(
                f"The weights of the model {model.path.name} do not fit it."
            ) from fault
        self._module.eval().to(device)
        self._captured = captured and device == "cuda"
        self._graphs: dict[tuple, CudaGraph] = {}

    @property
    def provider(self) -> str:
        """ "torch cuda" or "torch cpu"."""
        return f"torch {self._device}"

    @property
    def sizes(self) -> Any:
        """The model's entry of networks.sizes."""
        return self._sizes

    @torch.inference_mode()
    def run(self, inputs: dict[str, np.ndarray], /) -> dict[str, np.ndarray]:
        """float32 arrays by name in, float32 arrays by name out."""
        if not self._captured:
            tensors = {name: torch.from_numpy(a).to(self._device) for name, a in inputs.items()}
            made = self._module(**tensors)
        else:
            made = self._replayed({name: torch.from_numpy(a) for name, a in inputs.items()})
        return {name: value.cpu().numpy() for name, value in made.items()}

    def _replayed(self, inputs: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        shapes = tuple(sorted((name, value.shape) for name, value in inputs.items()))
        if shapes not in self._graphs:
            there = {name: value.to(self._device) for name, value in inputs.items()}
            self._graphs[shapes] = CudaGraph(self._module, there)
        return self._graphs[shapes](inputs)
