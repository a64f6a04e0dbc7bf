"""ColorVideoVDP: how visible the differences of a video from the true one are, in JOD.

10 is no visible difference; one JOD less means that 75 % of observers prefer the truth. (Mantiuk et
al., SIGGRAPH 2024; MIT.) Needs `pip install cvvdp`.
"""

import logging
from importlib.util import find_spec

import numpy as np

from pipeline.errors import ModelError
from pipeline.rates import FPS

# What a video call is seen on; the metric's own description of a 24 inch monitor at a desk.
DISPLAY = "standard_fhd"
# Of a GPU, which other workers share; the metric would take what is free.
GPU_MEMORY_GB = 5


class VisibleDifference:
    """VisibleDifference(device): the metric, loaded once."""

    def __init__(self, device: str = "cpu") -> None:
        """Raises ModelError when its package is not installed."""
        if find_spec("pycvvdp") is None:
            raise ModelError(
                "ColorVideoVDP is not installed: pip install cvvdp, or leave it out with --no-jod."
            )
        import pycvvdp
        import torch

        self._metric = pycvvdp.cvvdp(
            display_name=DISPLAY, quiet=True, device=torch.device(device), gpu_mem=GPU_MEMORY_GB
        )
        logging.getLogger("pycvvdp").setLevel(logging.ERROR)

    def jod(self, pictures: np.ndarray, truths: np.ndarray) -> float:
        """Of neighbouring frames (T, H, W, 3) uint8; of one frame alone as a still picture."""
        if len(pictures) == 1:
            score, _ = self._metric.predict(pictures[0], truths[0], dim_order="HWC")
        else:
            score, _ = self._metric.predict(
                pictures, truths, dim_order="FHWC", frames_per_second=FPS
            )
        return float(score)
