"""A motion transformer's work on one frame of one stream, in as few kernels as torch can do it in.

On a GPU such a frame costs the number of its kernels, not their work. Everything lies in buffers
that are written in place, so that the work can be recorded.

Shapes: as in motion_step_weights; W window frames.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pipeline.networks.motion_block import normalised, rotated
from pipeline.networks.motion_step_weights import (
    HISTORY_TOKEN,
    NOISY_TOKEN,
    SPARE,
    VALID,
    MotionStepWeights,
    paired,
)
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.packing import Packing
from pipeline.networks.sizes import MotionTransformerSizes

_MANNER = ("style", "state", "lookahead")


class MotionStep:
    """MotionStep(network): `recall`, `adapt` where the manner has changed, `work`, `kept`.

    given, told: flat arrays of what a frame is given and of what is said of it, in the places of
        `given_places` and `told_places`
    manner: what is given that seldom changes

    The memory of the frames before is one tensor (W - 1, L, 2 H P), keys turned to their distance
    and values; it goes by the names of both keys and values.
    """

    def __init__(self, network: MotionTransformer):
        self._network, self._sizes = network, network.sizes
        sizes, device = network.sizes, network.mean.device
        self.given_places, self.told_places = _given(sizes), _told(sizes)
        self.given = torch.zeros(self.given_places.size, device=device)
        self.told = torch.zeros(self.told_places.size, device=device)
        self.manner = tuple(name for name in _MANNER if name in self.given_places.shapes)
        self._asked = self.given_places.parts(self.given)
        self._said = self.told_places.parts(self.told)
        self._weights = weights = MotionStepWeights(network, self.given_places)
        # rows (W + 1, L, R) of the past and of both tokens, behind them the hidden units of both,
        # so that one copy of all biases makes the tokens' part of it ready to be added to
        layers_R = weights.rows_bias[0]
        rows = (sizes.window_frames + 1) * layers_R.numel()
        flat = torch.zeros(rows + 2 * weights.grow_bias.numel(), device=device)
        self._rows = flat[:rows].view(sizes.window_frames + 1, *layers_R.shape)
        self._hidden = flat[rows:].view(2, *weights.grow_bias.shape)
        self._new = flat[rows - 2 * layers_R.numel() :]
        self._new_bias = torch.zeros_like(self._new)
        self._make_room()

    def _make_room(self) -> None:
        """For what `adapt` makes of the weights; and the turn by which keys age in a frame."""
        weights, sizes = self._weights, self._sizes
        self._row_weights = torch.zeros_like(weights.rows)
        self._out, self._grow, self._shrink = (
            torch.stack([value, value]) for value in (weights.out, weights.grow, weights.shrink)
        )
        self._ends = torch.zeros_like(weights.ends)
        self._start_bias = weights.start_bias.clone()
        cosine, sine = self._network.rotations(-1, 1)[:, 0]
        key = functional.pad(torch.complex(cosine, sine), (0, SPARE // 2), value=1.0)
        keys = key.repeat(sizes.heads)
        self._older = torch.cat([keys, torch.ones_like(keys)])
        memory = self._rows[: sizes.window_frames - 1, :, self._rows.shape[2] // 3 :]
        self._past = torch.view_as_complex(memory.unflatten(2, (-1, 2)))

    def adapt(self) -> None:
        """Takes the manner that is given into the weights."""
        network, weights, asked = self._network, self._weights, dict(self._asked)
        manner = network.context(asked["previous"], asked["velocity"], asked).manner
        level = torch.arange(2.0, device=manner.device)[None]
        modulation, last = network.modulations(level, manner.expand(-1, 2, -1))
        parts = modulation[0].unflatten(1, (6, -1))[:, None] + weights.tables
        shift, factor, gate, later_shift, later_factor, later_gate = parts.unbind(2)
        torch.mul(weights.rows, factor[:, :, None], out=self._row_weights)
        torch.mul(weights.out, gate[..., None], out=self._out)
        torch.mul(weights.grow, later_factor[:, :, None], out=self._grow)
        torch.mul(weights.shrink, later_gate[..., None], out=self._shrink)
        rows_bias = weights.rows_bias + (weights.rows @ shift[..., None])[..., 0]
        grow_bias = weights.grow_bias + (weights.grow @ later_shift[..., None])[..., 0]
        torch.cat([rows_bias.flatten(), grow_bias.flatten()], out=self._new_bias)
        last_shift, last_scale = last[0].chunk(2, dim=1)
        torch.mul(weights.ends, 1 + last_scale[:, None], out=self._ends)
        ends_bias = weights.ends_bias + (weights.ends @ last_shift[..., None])[..., 0]
        first = len(weights.start_bias) - ends_bias.numel()
        torch.add(weights.start_bias[first:], ends_bias.flatten(), out=self._start_bias[first:])

    def recall(self, state: Mapping[str, Any]) -> None:
        """Takes the memory of a state: as `kept` has given it, or as the network's own."""
        memory = state["keys"]
        if memory is not state["values"]:
            memory = self._memory(state)
        aged = torch.view_as_complex(memory.unflatten(2, (-1, 2)))
        torch.mul(aged, self._older, out=self._past)

    def kept(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """What of the next state is not told, by its names in `sizes.init_state`."""
        memory = self._rows[1:-1, :, self._rows.shape[2] // 3 :].clone()
        valid = np.ones_like(state["valid"])
        valid[:, :-1] = state["valid"][:, 1:]
        return {"keys": memory, "values": memory, "valid": valid}

    def work(self) -> None:
        """From `given` and the memory to `told`."""
        self._new.copy_(self._new_bias)
        started = functional.linear(self.given[None], self._weights.start, self._start_bias)
        width = self._sizes.width
        x_T1D = started[0, : 2 * width].view(2, 1, width)
        ends_T1N = started[0, 2 * width :].view(2, 1, -1)
        for layer in range(self._sizes.layers):
            self._layer(layer, x_T1D)
        ends_T1N.baddbmm_(normalised(x_T1D), self._ends.mT)
        self._tell(ends_T1N[HISTORY_TOKEN], ends_T1N[NOISY_TOKEN])

    def _layer(self, layer: int, x_T1D: Tensor) -> None:
        """Adds to both tokens what a layer makes of them."""
        rows = self._rows[:, layer]
        new = rows[-2:, None]
        new.baddbmm_(normalised(x_T1D), self._row_weights[:, layer].mT)
        heads = rows.unflatten(1, (3, self._sizes.heads, -1)).permute(1, 2, 0, 3)[:, None]
        query, key, value = heads[0, :, :, -2:], heads[1], heads[2]
        # three short kernels; the one for attention is made for more than two queries, 14 us
        weight = torch.softmax(torch.bmm(query[0], key[0].mT), dim=-1)
        seen = torch.bmm(weight, value[0]).transpose(0, 1)
        x_T1D.baddbmm_(seen.reshape(2, 1, -1), self._out[:, layer].mT)
        hidden = self._hidden[:, layer, None]
        hidden.baddbmm_(normalised(x_T1D), self._grow[:, layer].mT)
        functional.silu(hidden, inplace=True)
        x_T1D.baddbmm_(hidden, self._shrink[:, layer].mT)

    def _tell(self, history_1N: Tensor, noisy_1N: Tensor) -> None:
        network, weights, said = self._network, self._weights, self._said
        places = weights.places
        moved = torch.addcmul(
            history_1N[:, places["heard"]],
            noisy_1N[:, places["innovation"]],
            torch.sigmoid(noisy_1N[:, places["gate"]]),
        )
        torch.clamp(moved[None], network.low, network.high, out=said["motion"])
        torch.sub(said["motion"], self._asked["previous"], out=said["next_velocity"])
        if self._sizes.closed:
            said["closed"].copy_(history_1N[None, :, places["closed"]])
        if self._sizes.onsets:
            onset, goal = said["next_onset"], self._asked["goal"]
            torch.gt(history_1N[None, :, places["onset"]], 0.0, out=onset)
            thought = history_1N[:, places["thought"]]
            thought.addmm_(onset[0], weights.onset_thought.T)
            new = functional.linear(functional.silu(thought), weights.goal, weights.goal_bias)
            torch.lerp(goal, new[None], onset.amax(2, keepdim=True), out=said["next_goal"])

    def _memory(self, state: Mapping[str, Any]) -> Tensor:
        """From keys and values (L, 1, H, W - 1, C), keys not turned, and valid (1, W - 1)."""
        device, past = self.given.device, self._sizes.window_frames - 1
        keys, values, valid = (
            torch.as_tensor(state[name]).to(device) for name in ("keys", "values", "valid")
        )
        # as seen from the frame before
        turned = rotated(keys, self._network.rotations(1 - past, past))
        both = torch.stack([paired(turned), values])[:, :, 0]
        both = functional.pad(both, (0, SPARE))
        both[..., VALID - SPARE] = valid
        return both.permute(3, 1, 0, 2, 4).flatten(2)


def _given(sizes: MotionTransformerSizes) -> Packing:
    size = sizes.motion_size
    widths = {"feature": sizes.feature_size, "noise": sizes.noise_size}
    widths |= {"previous": size, "velocity": size, "face": sizes.face_size}
    if sizes.onsets:
        widths |= {"onset": sizes.onsets, "goal": size}
    if sizes.rests:
        widths["rest"] = size
    widths |= {"style": sizes.style_size, "state": sizes.states, "lookahead": sizes.lookaheads}
    return Packing({name: (1, 1, width) for name, width in widths.items() if width})


def _told(sizes: MotionTransformerSizes) -> Packing:
    widths = {"motion": sizes.motion_size, "next_velocity": sizes.motion_size}
    if sizes.onsets:
        widths |= {"next_onset": sizes.onsets, "next_goal": sizes.motion_size}
    if sizes.closed:
        widths["closed"] = 1
    return Packing({name: (1, 1, width) for name, width in widths.items()})
