"""Which tier there will be on this machine: whether painters are loaded, and onto what.

| tier | device cuda | device auto | device cpu |
| --- | --- | --- | --- |
| auto | full | full where a GPU can be used, otherwise lite | lite |
| full | full | full; without a GPU in a file only | full, in a file only |
| lite | lite | lite | lite |

On a CPU the full tier takes about a second a picture: a file may wait for that, a call cannot.
While the painters do not ship, auto is lite.
"""

import importlib.util
import logging
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.network import cuda_driver_present, why_no_gpu
from pipeline.painters_engine import PAINTERS, PaintersEngine, load_painters, painters_ship
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

NOT_SHIPPED = Sentence("The full renderer is not part of this version; use the lite one.")
NEEDS_GPU = Sentence(
    "The full renderer needs an NVIDIA graphics card to keep up with a voice; use the lite one."
)
SLOW = Sentence("Without an NVIDIA graphics card the full renderer takes about a second a picture.")


def choose_painters(
    tier: str,
    device: str,
    in_real_time: bool,
    on_fallback: Callable[[str], None],
    folder: Path = PAINTERS,
) -> PaintersEngine | None:
    """The painters of the full tier, or None for the lite one.

    tier, device, in_real_time: as in StageOptions; on_fallback: told a sentence where the choice
        costs something that the user did not ask for
    Raises ModelError where what was asked for cannot be had.
    """
    if tier == "lite" or (tier == "auto" and device == "cpu"):
        return None
    if not painters_ship(folder):
        if tier == "full":
            raise ModelError(NOT_SHIPPED)
        return None
    if device == "cuda":
        return load_painters("cuda", folder)
    if device == "auto" and gpu_may_serve():
        try:
            return load_painters("cuda", folder)
        except Exception as fault:  # also of torch itself: no memory, an old driver, a lost device
            log.info("the painters cannot use the GPU", exc_info=True)
            on_fallback(why_no_gpu(fault))
    if tier == "auto":
        return None
    if in_real_time:
        raise ModelError(NEEDS_GPU)
    on_fallback(SLOW)
    return load_painters("cpu", folder)


def gpu_may_serve() -> bool:
    """Are an NVIDIA driver and PyTorch installed? The built application comes without the latter,
    and nothing is amiss with it."""
    return cuda_driver_present() and importlib.util.find_spec("torch") is not None
