"""Networks on torch; imported only where a GPU is used, and in tests and training."""

from collections.abc import Callable
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.networks.implicit import ImplicitOffset
from pipeline.networks.lite_painter import LitePainter
from pipeline.networks.motion_step import MotionStep
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.recorded_step import RecordedStep, Step
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.networks.speech_step import SpeechStep
from pipeline.networks.style_encoder import StyleEncoder

_MODULES: dict[str, type[nn.Module]] = {
    "speech_encoder": SpeechEncoder,
    "style_encoder": StyleEncoder,
    "motion_transformer": MotionTransformer,
    "lite_painter": LitePainter,
    "implicit": ImplicitOffset,
}


_STEPS: dict[str, Callable[[Any], Step]] = {
    "speech_encoder": SpeechStep,
    "motion_transformer": MotionStep,
}


class TorchNetwork:
    """A model's module on a torch device; on CUDA its work on one frame of one stream is recorded
    once and replayed."""

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
        self._kind = model.kind
        self._recorded: RecordedStep | None = None

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
        """As Network.run; on CUDA some of the state stays there, as tensors."""
        if self._device == "cuda" and self._kind in _STEPS:
            if self._recorded is None:
                self._recorded = RecordedStep(_STEPS[self._kind](self._module))
            if self._recorded.takes(inputs):
                return self._recorded(inputs)
        there = {name: torch.as_tensor(value).to(self._device) for name, value in inputs.items()}
        return {name: value.cpu().numpy() for name, value in self._module(**there).items()}
