"""The running average of a network's weights, which is what is shipped."""

import torch
from torch import Tensor, nn


class Average:
    """Exponential moving average of all weights of a module; buffers are taken over as they are.

    The decay rises with the number of updates n as (1 + n) / (10 + n) up to its own value, so that
    the average forgets the first, random weights.
    """

    def __init__(self, module: nn.Module, decay: float):
        assert 0.0 <= decay < 1.0
        self._decay = decay
        self.updates = 0
        self.weights = {k: v.detach().clone() for k, v in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Takes in the module's present weights."""
        self.updates += 1
        keep = min(self._decay, (1 + self.updates) / (10 + self.updates))
        now = module.state_dict()
        moving = [k for k, v in self.weights.items() if v.is_floating_point()]
        torch._foreach_lerp_(
            [self.weights[k] for k in moving], [now[k].detach() for k in moving], 1 - keep
        )
        for name in self.weights.keys() - set(moving):
            self.weights[name].copy_(now[name])

    def copy_to(self, module: nn.Module) -> None:
        """Gives a module of the same shape the averaged weights."""
        module.load_state_dict(self.weights)

    def state_dict(self) -> dict[str, int | dict[str, Tensor]]:
        """For a checkpoint."""
        return {"updates": self.updates, "weights": self.weights}

    def load_state_dict(self, state: dict) -> None:
        """Goes on from a checkpoint, on the device where the average is."""
        self.updates = state["updates"]
        for name, value in self.weights.items():
            value.copy_(state["weights"][name])
