"""The weights of a motion transformer in the form in which a frame of one stream takes few kernels.

All that is linear between two kernels is one matrix, made once: statistics, positions, biases and
masks are part of it. What the manner asks for (style, state, look-ahead) scales rows and columns of
these matrices; `motion_step` does so whenever it changes.

Two tokens are computed side by side, each with matrices of its own: the history token stands at
position 0, the noisy one at position 1, the past before them. Each head has spare channels:
    VALID: of keys 1, of rows that are no keys yet 0; the queries lift what is valid above the rest
    NOISY: of the noisy token's key 1, of others 0; the history token does not look there
The values' channel VALID is 1 as well: the weights of attention add up to 1, so it ends as 1 and
carries the bias of the layer behind it.

Shapes: B batch, T tokens (2), L layers, D width, H heads, C channels of a head, P with the spare
ones, R = 3 H P, G hidden width with spare units, K numbers given, N those the tokens end in.
"""

from copy import deepcopy
from typing import cast

import torch
from torch import Tensor, nn

from pipeline.networks.motion_block import Block, rotated
from pipeline.networks.motion_transformer import MASKED, MotionTransformer
from pipeline.networks.packing import Packing
from pipeline.networks.sizes import MotionTransformerSizes

# so that GPUs read four numbers at once
SPARE = 4
VALID, NOISY = 0, 1
HISTORY_TOKEN, NOISY_TOKEN = 0, 1
# exp(-64) is nothing beside 1, and 64 more takes no digits from a logit that matter
LIFT = 64.0
# where silu is 1
SILU_ONE = 1.2784645427610738


class MotionStepWeights(nn.Module):
    """MotionStepWeights(network, given): buffers on the network's device, in float32.

    given: places of what a frame is given, in one vector
    places: of what the tokens end in: of the history token `heard`, `closed`, `onset` and
        `thought`, of the noisy one `innovation` and `gate`
    start (2 D + 2 N, K), start_bias: both tokens, and what their ends are added to
    rows (T, L, R, D), rows_bias (T, L, R): queries, keys and values of the tokens
    out (L, D, H P), grow (L, G, D), grow_bias (L, G), shrink (L, D, G): the rest of the layers
    tables (L, 6, D): the layers' own part of the modulation
    ends (T, N, D), ends_bias (T, N)
    onset_thought (D, kinds), goal (M, D), goal_bias (M,): from onsets and thought to goals
    """

    start: Tensor
    start_bias: Tensor
    rows: Tensor
    rows_bias: Tensor
    out: Tensor
    grow: Tensor
    grow_bias: Tensor
    shrink: Tensor
    tables: Tensor
    ends: Tensor
    ends_bias: Tensor
    onset_thought: Tensor
    goal: Tensor
    goal_bias: Tensor

    def __init__(self, network: MotionTransformer, given: Packing):
        super().__init__()
        self.places = _places(network.sizes)
        self.ends_width = _rounded(max(place.stop for place in self.places.values()))
        exact = deepcopy(network).double()
        with torch.no_grad():
            made = self._start(exact, given) | _layers(exact) | self._ends(exact)
        for name, value in made.items():
            self.register_buffer(name, value.float().contiguous())

    def _start(self, exact: MotionTransformer, given: Packing) -> dict[str, Tensor]:
        """All of it is affine in what is given: the matrix is what becomes of unit vectors."""
        sizes, places = exact.sizes, self.places

        def start(given_BK: Tensor) -> Tensor:
            parts = {name: part.flatten(1, 2) for name, part in given.parts(given_BK).items()}
            previous, velocity = parts.pop("previous"), parts.pop("velocity")
            noise = parts.pop("noise")
            token = exact.context(previous, velocity, parts).token
            noisy_token = token + exact.noise_token(noise[..., : sizes.motion_size])
            nothing = torch.zeros_like(previous)
            going_on = exact.compose(nothing, nothing, previous, velocity)
            ends = token.new_zeros(len(token), 1, 2 * self.ends_width)
            ends[..., places["heard"]] = torch.where(exact.heard > 0, nothing, going_on)
            if sizes.onsets:
                drawn, goal_noise = noise[..., sizes.motion_size :].tensor_split([sizes.onsets], 2)
                ends[..., places["onset"]] = -drawn
                unknown = token.new_zeros(len(token), 1, sizes.width + sizes.onsets)
                given_thought = torch.cat([unknown, goal_noise], dim=2)
                ends[..., places["thought"]] = exact.goal_thought(given_thought)
            return torch.cat([token, noisy_token, ends], dim=2)[:, 0]

        units = torch.eye(given.size).to(exact.mean)
        bias = start(torch.zeros_like(units[:1]))
        return {"start": (start(units) - bias).T, "start_bias": bias[0]}

    def _ends(self, exact: MotionTransformer) -> dict[str, Tensor]:
        sizes, places = exact.sizes, self.places
        ends = exact.mean.new_zeros(2, self.ends_width, sizes.width + 1)
        history, noisy = ends
        is_heard = (exact.heard > 0).to(ends)
        history[places["heard"]] = (exact.deviation * is_heard)[:, None] * _matrix(exact.to_heard)
        history[places["heard"], -1] += exact.mean * is_heard
        scale = exact.innovation * (1 - is_heard)
        noisy[places["innovation"]] = scale[:, None] * _matrix(exact.to_innovation)
        noisy[places["gate"]] = _matrix(exact.to_gate)
        made = {}
        if sizes.closed:
            history[places["closed"]] = _matrix(exact.to_closed)
        if sizes.onsets:
            history[places["onset"]] = _matrix(exact.to_onset)
            from_thought, from_onset, _ = exact.goal_thought.weight.split(
                [sizes.width, sizes.onsets, sizes.motion_size], dim=1
            )
            history[places["thought"], :-1] = from_thought
            goal = exact.deviation[:, None] * _matrix(exact.to_goal)
            made = {"onset_thought": from_onset, "goal": goal[:, :-1], "goal_bias": goal[:, -1]}
        return made | {"ends": ends[..., :-1], "ends_bias": ends[..., -1]}


def paired(x_C: Tensor) -> Tensor:
    """Channels of a head (..., C) in another order: what a position turns lies side by side, as the
    parts of a complex number do."""
    return x_C.unflatten(-1, (2, -1)).transpose(-2, -1).flatten(-2)


def _places(sizes: MotionTransformerSizes) -> dict[str, slice]:
    size, thought = sizes.motion_size, sizes.width if sizes.onsets else 0
    widths = {"heard": size, "closed": sizes.closed, "onset": sizes.onsets, "thought": thought}
    places, end = {}, 0
    for name, width in widths.items():
        places[name] = slice(end, end + width)
        end += width
    return places | {"innovation": slice(0, size), "gate": slice(size, 2 * size)}


def _layers(exact: MotionTransformer) -> dict[str, Tensor]:
    sizes, blocks = exact.sizes, cast(list[Block], list(exact.blocks))
    rows = torch.stack([
        torch.stack([_rows(exact, block, token) for block in blocks])
        for token in (HISTORY_TOKEN, NOISY_TOKEN)
    ])  # fmt: skip
    out = torch.stack([block.out.weight for block in blocks]).unflatten(2, (sizes.heads, -1))
    out = nn.functional.pad(out, (0, SPARE))
    out[:, :, 0, VALID - SPARE] = torch.stack([block.out.bias for block in blocks])
    hidden = _rounded(sizes.hidden + 1)
    grow = exact.mean.new_zeros(len(blocks), hidden, sizes.width + 1)
    grow[:, : sizes.hidden] = torch.stack([_matrix(block.grow) for block in blocks])
    grow[:, sizes.hidden, -1] = SILU_ONE
    shrink = torch.stack([_matrix(block.shrink) for block in blocks])
    return {
        "rows": rows[..., :-1],
        "rows_bias": rows[..., -1],
        "out": out.flatten(2),
        "grow": grow[..., :-1],
        "grow_bias": grow[..., -1],
        "shrink": nn.functional.pad(shrink, (0, hidden - shrink.shape[2])),
        "tables": torch.stack([block.table for block in blocks]) + exact.usual,
    }


def _rows(exact: MotionTransformer, block: Block, token: int) -> Tensor:
    """(R, D + 1) to the token's query, key and value, with the bias as last column."""
    heads, channels = exact.sizes.heads, exact.sizes.width // exact.sizes.heads
    matrix = _matrix(block.qkv).unflatten(0, (3, heads, channels)).transpose(2, 3)
    rotation = exact.rotations(token, 1)
    query, key = (paired(rotated(part, rotation)) for part in matrix[:2])
    rows = torch.stack([query * channels**-0.5, key, matrix[2]])
    rows = nn.functional.pad(rows, (0, SPARE))
    query, key, value = rows[:, :, -1, channels:]
    query[:, VALID], key[:, VALID], value[:, VALID] = LIFT, 1.0, 1.0
    if token == HISTORY_TOKEN:
        query[:, NOISY] = MASKED
    else:
        key[:, NOISY] = 1.0
    return rows.transpose(2, 3).flatten(0, 2)


def _matrix(layer: nn.Linear) -> Tensor:
    """Weights with the bias as last column."""
    return torch.cat([layer.weight, layer.bias[:, None]], dim=1)


def _rounded(width: int) -> int:
    return -(-width // SPARE) * SPARE
