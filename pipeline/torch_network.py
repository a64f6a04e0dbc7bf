"""Networks on torch; imported only where a GPU is used, and in tests and training."""

from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.networks.face_regressor import FaceRegressor
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.networks.style_encoder import StyleEncoder

_MODULES: dict[str, type[nn.Module]] = {
    "speech_encoder": SpeechEncoder,
    "style_encoder": StyleEncoder,
    "face_regressor": FaceRegressor,
    "motion_transformer": MotionTransformer,
}


class TorchNetwork:
    """A model's module on a torch device."""

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
        tensors = {name: torch.from_numpy(a).to(self._device) for name, a in inputs.items()}
        return {name: value.cpu().numpy() for name, value in self._module(**tensors).items()}
