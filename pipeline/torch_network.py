"""Networks on torch; imported only where a GPU is used, and in tests and training."""

from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.network import STATE_PREFIX
from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.networks.style_encoder import StyleEncoder

_MODULES: dict[str, type[nn.Module]] = {
    "speech_encoder": SpeechEncoder,
    "style_encoder": StyleEncoder,
    "motion_transformer": MotionTransformer,
}


# shapes of inputs whose work is recorded; others are computed kernel by kernel
_MOST_GRAPHS = 4


class TorchNetwork:
    """A model's module on a torch device; on CUDA its work is recorded once and replayed."""

    def __init__(self, model: ModelFolder, device: str):
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
    def run(self, inputs: dict[str, Any], /) -> dict[str, Any]:
        """As Network.run; state stays on the device, as tensors."""
        tensors = {
            name: value if isinstance(value, Tensor) else torch.from_numpy(value)
            for name, value in inputs.items()
        }
        made = self._computed(tensors)
        return {
            name: value if name.startswith(STATE_PREFIX) else value.cpu().numpy()
            for name, value in made.items()
        }

    def _computed(self, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
        shapes = tuple(sorted((name, value.shape) for name, value in inputs.items()))
        if self._device != "cuda" or (
            shapes not in self._graphs and len(self._graphs) == _MOST_GRAPHS
        ):
            return self._module(**{name: value.to(self._device) for name, value in inputs.items()})
        if shapes not in self._graphs:
            there = {name: value.to(self._device) for name, value in inputs.items()}
            self._graphs[shapes] = CudaGraph(self._module, there)
        made = self._graphs[shapes](inputs)
        # the next replay overwrites them, but a state may be gone on from more than once
        return {
            name: value.clone() if name.startswith(STATE_PREFIX) else value
            for name, value in made.items()
        }
