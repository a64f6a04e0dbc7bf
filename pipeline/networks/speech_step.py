"""The speech encoder's work on one frame of one stream, in few kernels (see motion_step).

Shapes: H hops seen, M mel channels, C channels, K hops of a window, E feature size.
"""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.networks.packing import Packing
from pipeline.networks.speech_encoder import FRAME_KERNEL, KERNEL, SpeechEncoder
from pipeline.rates import HOPS_PER_FRAME


class SpeechStep:
    """SpeechStep(network): as MotionStep, with nothing to adapt to."""

    manner: tuple[str, ...] = ()

    def __init__(self, network: SpeechEncoder):
        sizes, device = network.sizes, network.norm.weight.device
        self._sizes, self._network = sizes, network
        hops, channels, size = sizes.past_hops, sizes.mel_channels, sizes.feature_size
        # what is seen lies in one piece, oldest first
        self.given_places = Packing({
            "mel_past": (1, hops, channels),
            "mel": (1, HOPS_PER_FRAME, channels),
            "hidden": (sizes.recurrent_layers, 1, size),
        })  # fmt: skip
        heads = {head: (1, 1, sizes.head_width(head)) for head in sizes.heads}
        hidden = {"next_hidden": (sizes.recurrent_layers, 1, size)}
        self.told_places = Packing({"feature": (1, 1, size), **heads, **hidden})
        self.given = torch.zeros(self.given_places.size, device=device)
        self.told = torch.zeros(self.told_places.size, device=device)
        self._seen = self.given[: (hops + HOPS_PER_FRAME) * channels].view(-1, channels)
        self._hidden = self.given_places.parts(self.given)["hidden"]
        modules = [network.conv1, network.conv2, *network.deeper, network.conv3]
        self._convolutions = [_as_matrix(cast(nn.Conv1d, module)) for module in modules]
        layers = [cast(nn.Linear, network.get_submodule(head)) for head in sizes.heads]
        self._heads = (
            torch.cat([layer.weight for layer in layers]).detach(),
            torch.cat([layer.bias for layer in layers]).detach(),
        )

    def adapt(self) -> None:
        """There is no manner."""

    def recall(self, state: Mapping[str, Any]) -> None:
        """All of the state is given."""

    def kept(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """The hops just heard, for the next frame."""
        seen = np.concatenate([state["mel_past"], state["mel"]], axis=1)
        return {"mel_past": seen[:, -self._sizes.past_hops :]}

    def work(self) -> None:
        """From `given` to `told`."""
        feature_1E, hidden = self._remember(self._frame())
        heads = functional.linear(feature_1E, *self._heads)
        said = [feature_1E.flatten(), heads.flatten(), *(layer.flatten() for layer in hidden)]
        used = sum(part.numel() for part in said)
        torch.cat(said, out=self.told[:used])

    def _frame(self) -> Tensor:
        """(1, C) of the frame, from all hops seen."""
        first, *others = self._convolutions
        found_HC = _found(_windows(self._seen, KERNEL), *first)
        x_HKC = _windows(found_HC, KERNEL)
        for number, convolution in enumerate(others[:-1], 2):
            found_HC = _found(x_HKC, *convolution)
            last = number == self._sizes.convolutions
            hops = FRAME_KERNEL if last else KERNEL
            x_HKC = _windows(x_HKC[:, -1], hops) + _windows(found_HC, hops)
        return _found(x_HKC, *others[-1])

    def _remember(self, x_1C: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Feature (1, E) and the hidden states (1, E) of all layers."""
        total, hidden = None, []
        for number, past_1E in enumerate(self._hidden, 1):
            gru = cast(nn.GRU, self._network.get_submodule(f"gru{number}"))
            given = x_1C if total is None else total
            hidden.append(torch.gru_cell(given, past_1E, *gru.all_weights[0]))
            total = hidden[-1] if total is None else total + hidden[-1]
        return self._network.norm(total), hidden


def _windows(x_HC: Tensor, hops: int) -> Tensor:
    """(H - K + 1, K, C): each stretch of K hops."""
    return x_HC.unfold(0, hops, 1).mT


def _found(x_HKC: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """What a convolution finds in windows, (H, made)."""
    return functional.silu(functional.linear(x_HKC.flatten(1).contiguous(), weight, bias))


def _as_matrix(convolution: nn.Conv1d) -> tuple[Tensor, Tensor]:
    """Weights (made, K C) and bias of a convolution as a linear layer over windows."""
    assert convolution.bias is not None
    weight = convolution.weight.detach().transpose(1, 2).flatten(1).contiguous()
    return weight, convolution.bias.detach()
