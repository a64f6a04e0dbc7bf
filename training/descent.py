"""One step down a gradient, in whatever precision the device is fast in, and what it leads to."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from training.distributed import World, average_gradients


def descend(
    network: nn.Module, optimizer: torch.optim.Optimizer, total: Tensor, rate: float, here: World
) -> None:
    """One step down the gradient, averaged over all processes and clipped; a batch whose gradient
    is not finite changes nothing but the momentum."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.zero_grad(set_to_none=True)
    total.backward()
    average_gradients(network, here)
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    for parameter in network.parameters():
        if parameter.grad is not None:
            # clipping by a norm that is not finite has made all of them NaN, or 0
            parameter.grad.nan_to_num_(0.0, 0.0, 0.0)
    optimizer.step()


def half_precision(here: World) -> torch.autocast:
    """bfloat16 on a GPU, float32 elsewhere."""
    kind = "cuda" if here.device.startswith("cuda") else "cpu"
    return torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda")


def save_weights(network_state: dict[str, Tensor], out: Path) -> None:
    """average.safetensors: what the next stage and the export take."""
    out.mkdir(parents=True, exist_ok=True)
    save_file({k: v.cpu().contiguous() for k, v in network_state.items()},
              out / "average.safetensors")  # fmt: skip
