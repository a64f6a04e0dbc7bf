"""Networks on ONNX Runtime."""

from typing import Any

import numpy as np
import onnxruntime

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder

CPU = "CPUExecutionProvider"


class OnnxNetwork:
    """A model's graph in a session; `provider` is what the session really took.

    threads: that compute at a time, 0 for as many as there are cores
    """

    def __init__(self, model: ModelFolder, provider: str = CPU, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(model.graph), options, providers=[provider]
            )
        except Exception as fault:  # the runtime's own errors share no other base class
            raise ModelError(
                f"ONNX Runtime cannot load the model {model.path.name}: {str(fault)[:200]}"
            ) from fault
        if self.provider != provider:
            raise ModelError(
                f"The model {model.path.name} would run on {self.provider}, not on {provider};"
                " choose the CPU or mend the driver."
            )
        self._sizes = model.sizes
        self._outputs = [output.name for output in self._session.get_outputs()]

    @property
    def provider(self) -> str:
        """The first execution provider of the session itself."""
        return self._session.get_providers()[0]

    @property
    def sizes(self) -> Any:
        """The model's entry of networks.sizes."""
        return self._sizes

    def run(self, inputs: dict[str, np.ndarray], /) -> dict[str, np.ndarray]:
        """float32 arrays by name in, float32 arrays by name out."""
        made = self._session.run(self._outputs, inputs)
        return {n: np.asarray(value) for n, value in zip(self._outputs, made, strict=True)}
