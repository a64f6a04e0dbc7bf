"""The port behind which a network runs, and the choice of its engine."""

import ctypes
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder, open_model
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

DEVICES = ("auto", "cpu", "cuda")
STATE_PREFIX = "next_"


class Network(Protocol):
    """A network with its weights; all state goes through `run`."""

    @property
    def provider(self) -> str:
        """What really computes: "CPUExecutionProvider", "CUDAExecutionProvider" or "torch cuda"."""
        ...

    @property
    def sizes(self) -> Any:
        """The model's entry of networks.sizes."""
        ...

    def run(self, inputs: dict[str, Any], /) -> dict[str, Any]:
        """float32 arrays by name in, float32 arrays by name out; but what is named next_… is state,
        to be handed back without that prefix and nothing else: it may lie on the device."""
        ...


def load_network(
    folder: Path, device: str = "auto", on_fallback: Callable[[str], None] | None = None
) -> Network:
    """Opens a model folder on a device.

    device: "cpu" is ONNX Runtime on one thread; "cuda" is torch on an NVIDIA GPU; "auto" takes the
        GPU where there is one, unless the model is so small that starting it there costs more
    on_fallback: told why "auto" had to take the CPU although there is a GPU

    Raises:
        ModelError: the folder is unusable, or cuda was asked for and cannot be had
    """
    if device not in DEVICES:
        raise ModelError(f"There is no device {device!r}; choose one of: {', '.join(DEVICES)}.")
    model = open_model(folder)
    if device == "cuda":
        return _on_cuda(model)
    if device == "auto" and not model.small and cuda_driver_present():
        try:
            return _on_cuda(model)
        except Exception as fault:  # also of torch itself: no memory, an old driver, a lost device
            log.info("the GPU cannot be used", exc_info=True)
            if on_fallback is not None:
                on_fallback(why_no_gpu(fault))
    from pipeline.onnx_network import OnnxNetwork

    return OnnxNetwork(model)


def init_arrays(network: Network) -> dict[str, np.ndarray]:
    """The arrays of a network's state before the first frame, by name."""
    arrays = network.sizes.init_state()
    return {name: np.full(shape, value, np.float32) for name, (shape, value) in arrays.items()}


def cuda_driver_present() -> bool:
    """Is an NVIDIA driver installed? Asks the loader only, without starting torch."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def why_no_gpu(fault: Exception) -> Sentence:
    """The sentence for a GPU that is there and cannot be used."""
    reason = str(fault).strip().partition("\n")[0].rstrip(".")[:120]
    return Sentence(
        "The graphics card cannot be used ({reason}); the CPU computes instead.",
        reason=reason or type(fault).__name__,
    )


def _on_cuda(model: ModelFolder) -> Network:
    try:
        from pipeline.torch_network import TorchNetwork
    except ImportError as fault:
        raise ModelError("The CUDA engine needs torch; install it or choose the CPU.") from fault
    return TorchNetwork(model, "cuda")
