"""One process a GPU, started by torchrun or alone.

Source: PyTorch, torchrun (RANK, LOCAL_RANK and WORLD_SIZE name a process's place).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True, slots=True)
class World:
    """This process among those that train together.

    rank: number of the process, 0 the one that reports and writes; size: how many there are
    device: "cuda:<number>" or "cpu"
    """

    rank: int
    size: int
    device: str

    @property
    def first(self) -> bool:
        """Does this process report and write files?"""
        return self.rank == 0


def world(device: str | None = None) -> World:
    """Joins the processes that torchrun started; alone without torchrun.

    device: "cpu" or "cuda"; what the machine has by default. Where there are more processes than
    GPUs they share them, which pays where one process cannot keep a GPU busy.
    """
    kind = device or ("cuda" if torch.cuda.is_available() else "cpu")
    backend = "gloo"
    rank, size = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    if kind.startswith("cuda"):
        local = int(os.environ.get("LOCAL_RANK", "0"))
        there = torch.cuda.device_count()
        torch.cuda.set_device(local % there)
        kind = f"cuda:{local % there}"
        # NCCL wants a GPU for each process
        backend = "nccl" if int(os.environ.get("LOCAL_WORLD_SIZE", "1")) <= there else "gloo"
    if size > 1 and not dist.is_initialized():
        dist.init_process_group(backend)
    return World(rank, size, kind)


def leave(here: World) -> None:
    """Ends what `world` began."""
    if here.size > 1 and dist.is_initialized():
        dist.destroy_process_group()


def parallel(module: nn.Module, here: World) -> nn.Module:
    """The module as it is called in training: its gradients become means over all processes.

    Source: PyTorch, DistributedDataParallel. All weights must take part in every step.
    """
    if here.size == 1:
        return module
    devices = [torch.device(here.device)] if here.device != "cpu" else None
    return DistributedDataParallel(module, device_ids=devices)


def average_gradients(module: nn.Module, here: World) -> None:
    """The same as `parallel` in one sum after backward, for steps that call a module in parts."""
    if here.size == 1:
        return
    gradients = [p.grad for p in module.parameters() if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    dist.all_reduce(flat)
    flat /= here.size
    at = 0
    for gradient in gradients:
        gradient.copy_(flat[at : at + gradient.numel()].view_as(gradient))
        at += gradient.numel()


def mean_over_processes(values: Mapping[str, Tensor], here: World) -> dict[str, Tensor]:
    """Means of scalars over all processes."""
    if here.size == 1:
        return dict(values)
    stacked = torch.stack([value.detach().float() for value in values.values()])
    dist.all_reduce(stacked)
    return dict(zip(values, (stacked / here.size).unbind(), strict=True))


def any_process(flag: bool, here: World) -> bool:
    """Is it so for one of the processes? All get the same answer, so that they stop together."""
    if here.size == 1:
        return flag
    told = torch.tensor(float(flag), device=here.device)
    dist.all_reduce(told, dist.ReduceOp.MAX)
    return bool(told.item())


def barrier(here: World) -> None:
    """Waits for all processes."""
    if here.size > 1:
        dist.barrier()
