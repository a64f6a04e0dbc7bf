"""Networks on torch; imported only where a GPU is used, and in tests and training."""

from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.network import STATE_PREFIX
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.recorded_step import RecordedStep
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.networks.style_encoder import StyleEncoder

_MODULES: dict[str, type[nn.Module]] = {
    "speech_encoder": SpeechEncoder,
    "style_encoder": StyleEncoder,
    "motion_transformer": MotionTransformer,
}


# shapes of inputs whose work is recorded, for networks with a state; others are computed kernel by
# kernel
_MOST_STEPS = 4


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
        self._state_names = tuple(model.sizes.init_state())
        self._steps: dict[tuple, RecordedStep] = {}

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
        """As Network.run; on CUDA the state stays there, as tensors."""
        kept = {name: inputs[name] for name in self._state_names}
        sent = {name: value for name, value in inputs.items() if name not in kept}
        shapes = tuple(sorted((name, value.shape) for name, value in sent.items()))
        full = shapes not in self._steps and len(self._steps) == _MOST_STEPS
        if self._device != "cuda" or full or not kept:
            made = self._module(**{name: self._there(value) for name, value in inputs.items()})
            return {
                name: value if name.startswith(STATE_PREFIX) else value.cpu().numpy()
                for name, value in made.items()
            }
        state = {name: self._there(value) for name, value in kept.items()}
        if shapes not in self._steps:
            self._steps[shapes] = RecordedStep(self._module, sent, state)
        return self._steps[shapes](sent, state)

    def _there(self, value: np.ndarray | Tensor) -> Tensor:
        tensor = value if isinstance(value, Tensor) else torch.from_numpy(value)
        return tensor.to(self._device)
