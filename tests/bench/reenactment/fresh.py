"""Networks that have learnt nothing but do something."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

from pipeline.networks.implicit import ImplicitOffset
from pipeline.networks.lite_painter import LitePainter
from pipeline.networks.painters import Painters
from pipeline.networks.sizes import ImplicitSizes, LitePainterSizes

SIGMA = 0.05


def fresh_modules() -> dict[str, nn.Module]:
    """As a training run has them, by prefix; what begins at zero is drawn at random."""
    with torch.random.fork_rng():
        torch.manual_seed(5)
        modules = {
            "painters": Painters(),
            "implicit": ImplicitOffset(ImplicitSizes()),
            "lite": LitePainter(LitePainterSizes()),
        }
        for module in modules.values():
            for weights in module.parameters():
                if not weights.any():
                    nn.init.normal_(weights, std=SIGMA)
    return modules


def write_fresh(file: Path) -> Path:
    """Their weights in one file, with some of an observer, as a run writes them."""
    weights = {
        f"{part}.{name}": value
        for part, module in fresh_modules().items()
        for name, value in module.state_dict().items()
    }
    save_file(weights | {"observer.last.bias": torch.zeros(16)}, file)
    return file
