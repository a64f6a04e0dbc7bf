"""Causal diffusion transformer over motion, one token per video frame, for the face or the body.

Two streams share the weights. The *history* token of frame t holds the motion of frame t - 1 and
what is heard and asked for at frame t; it says what is certain: the mouth and whether the lips
touch. The *noisy* token of frame t holds a noisy innovation besides, attends to the history tokens
of the last `window_frames` frames up to its own and to itself, and says the innovation without
noise. (Diffusion forcing, Chen et al. 2024, in the form in which it streams: a step computes one
history token at level 0 and one noisy token at level 1.)

What is denoised is not the pose but the *innovation*: the pose's departure from a damped
extrapolation of the last two frames, over its usual size. At 30 frames a second a pose is almost
certain given its past; what is left to chance is a hundredth of its range and would drown in noise
of that range's size.

That a hand begins to rise or to strike is rare and sudden, and drowns among thousands of frames in
which nothing begins. So it is decided by itself: the history token says how much speaks for each
kind of move, it begins where that exceeds a number drawn from the normal distribution, and then
draws its goal. The next frames' tokens know of both.

Positions enter by rotation (Su et al. 2021) with the distance in the window, and keys are kept
unrotated, so a stream can run for ever.

Shapes: B batch, F frames, M motion size, D width, H heads, C width of a head, L layers,
W window frames, S sizes of conditions.
"""

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.networks.motion_block import Block, normalised, rotated, turned, turns_of
from pipeline.networks.sizes import MotionTransformerSizes

ROTATION_BASE = 200.0
LEVEL_WAVES = 16
MASKED = -1e4
GATE_BIAS = 1.0
# of the normal distribution, one in a hundred lies below
RARE = -2.33


@dataclass(frozen=True, slots=True)
class Context:
    """What frames are asked for and where they come from: token and manner, both (B, F, D)."""

    token: Tensor
    manner: Tensor

    def repeated(self, times: int) -> "Context":
        """Each sequence `times` times in a row."""
        return Context(
            self.token.repeat_interleave(times, 0), self.manner.repeat_interleave(times, 0)
        )


class MotionTransformer(nn.Module):
    """See the file's head. Buffers hold the statistics of the data (`training.motion.statistics`).

    mean, deviation, low, high: of the motion, physical units; speed: deviation of its change per
    frame; damping: share of the last change that goes on; innovation: deviation of what is left
    heard: 1 where the motion is certain given the sound (the mouth), 0 where it is left to chance
    face_mean, face_deviation: of the face that the body is given
    """

    mean: Tensor
    deviation: Tensor
    low: Tensor
    high: Tensor
    speed: Tensor
    damping: Tensor
    innovation: Tensor
    heard: Tensor
    face_mean: Tensor
    face_deviation: Tensor
    usual: Tensor
    step_turns: Tensor

    def __init__(self, sizes: MotionTransformerSizes):
        super().__init__()
        self.sizes = sizes
        size, width = sizes.motion_size, sizes.width
        for name in ("deviation", "speed", "innovation", "high"):
            self.register_buffer(name, torch.ones(size))
        for name in ("mean", "damping", "heard"):
            self.register_buffer(name, torch.zeros(size))
        self.register_buffer("low", -torch.ones(size))
        # constants, no part of the weights
        usual = torch.tensor([0.0, 1.0, 0.0, 0.0, 1.0, 0.0])[:, None]
        self.register_buffer("usual", usual, persistent=False)
        turns = turns_of(self.rotations(0, sizes.window_frames + 1))
        self.register_buffer("step_turns", turns, persistent=False)
        self.from_motion = nn.Linear(2 * size, width)
        self.from_noise = nn.Linear(size, width)
        self.from_feature = nn.Linear(sizes.feature_size, width, bias=False)
        if sizes.face_size:
            self.register_buffer("face_mean", torch.zeros(sizes.face_size))
            self.register_buffer("face_deviation", torch.ones(sizes.face_size))
            self.from_face = nn.Linear(sizes.face_size, width, bias=False)
        manners = sizes.style_size + sizes.states + sizes.lookaheads
        self.from_manner = nn.Linear(manners, width, bias=False)
        self.from_level = nn.Linear(2 * LEVEL_WAVES, width)
        self.condition = nn.Linear(width, width)
        self.modulation = nn.Linear(width, 6 * width)
        self.blocks = nn.ModuleList(Block(sizes) for _ in range(sizes.layers))
        self.last = nn.Linear(width, 2 * width)
        self.to_innovation = nn.Linear(width, size)
        # opens when something happens: in between, innovations are to be exactly nothing
        self.to_gate = nn.Linear(width, size)
        self.to_heard = nn.Linear(width, size)
        if sizes.closed:
            self.to_closed = nn.Linear(width, 1)
        if sizes.rests:
            self.from_rest = nn.Linear(size, width, bias=False)
            nn.init.zeros_(self.from_rest.weight)
        if sizes.onsets:
            self.from_onset = nn.Linear(sizes.onsets, width, bias=False)
            self.to_onset = nn.Linear(width, sizes.onsets)
            self.from_goal = nn.Linear(size, width, bias=False)
            self.goal_thought = nn.Linear(width + sizes.onsets + size, width)
            self.to_goal = nn.Linear(width, size)
            for layer in (self.from_onset, self.from_goal):
                nn.init.zeros_(layer.weight)
            nn.init.constant_(self.to_onset.bias, RARE)
        # what stands for sound and style where they are withheld (classifier-free guidance)
        self.no_sound = nn.Parameter(torch.zeros(width))
        self.no_style = nn.Parameter(torch.zeros(width))
        for layer in (self.modulation, self.last, self.to_innovation):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        with torch.no_grad():
            self.modulation.bias.view(6, width)[[2, 5]] = 0.5
            self.to_gate.bias.fill_(GATE_BIAS)

    def _layers(self) -> list[Block]:
        return cast(list[Block], list(self.blocks))

    def init_state(self, batch: int) -> dict[str, Tensor]:
        """The state at rest: velocity (B, 1, M), keys and values (L, B, H, W - 1, C), valid, and
        where the network has them onset (B, 1, kinds) and goal (B, 1, M)."""
        device = self.mean.device
        state = {}
        for name, (shape, value) in self.sizes.init_state().items():
            place = 1 if name in ("keys", "values") else 0
            sized = (*shape[:place], batch, *shape[place + 1 :])
            state[name] = torch.full(sized, value, device=device)
        return state

    def context(
        self, previous: Tensor, velocity: Tensor, asked: dict[str, Tensor],
        no_sound: Tensor | None = None, no_style: Tensor | None = None,
    ) -> Context:  # fmt: skip
        """What all tokens of the frames are made of.

        previous, velocity: (B, F, M) motion of the frame before and its last change, physical
        asked: feature (B, F, S), style, state and where the network has them lookahead, face,
            onset (1 for what began the frame before), goal (where the frame before was on the way
            to, from the pose of rest) and rest (as a motion), each (B, F, S) or (B, 1, S)
        no_sound, no_style: (B,) bool, where to withhold them
        """
        feature = asked["feature"]
        assert feature.ndim == previous.ndim == 3
        token = self.from_feature(feature)
        if no_sound is not None:
            token = torch.where(no_sound[:, None, None], self.no_sound.to(token.dtype), token)
        if self.sizes.face_size:
            token = token + self.from_face((asked["face"] - self.face_mean) / self.face_deviation)
        if self.sizes.onsets:
            token = token + self.from_onset(asked["onset"])
            token = token + self.from_goal(asked["goal"] / self.deviation)
        if self.sizes.rests:
            token = token + self.from_rest((asked["rest"] - self.mean) / self.deviation)
        manners = [asked["style"], asked["state"]]
        if no_style is not None:
            manners[0] = manners[0] * ~no_style[:, None, None]
        if self.sizes.lookaheads:
            manners.append(asked["lookahead"])
        frames = feature.shape[1]
        manner = self.from_manner(torch.cat([m.expand(-1, frames, -1) for m in manners], dim=2))
        if no_style is not None:
            manner = manner + no_style[:, None, None] * self.no_style
        # what the mouth did is left out: it is to follow the sound, not itself
        chosen = 1 - self.heard
        place = (previous - self.mean) / self.deviation * chosen
        motion = torch.cat([place, velocity / self.speed * chosen], dim=2)
        return Context(token + self.from_motion(motion), manner)

    def history(
        self, context: Context, level_BF: Tensor
    ) -> tuple[list[tuple[Tensor, Tensor]], dict[str, Tensor]]:
        """All history tokens of a sequence at once.

        Returns keys and values (B, H, F, C) of every layer, and what is certain: `heard`
        (B, F, M) normalised by mean and deviation, `closed` (B, F, 1) as a logit, and `onset`
        (B, F, kinds): how much speaks for a move that begins in the frame; `thought` (B, F, D):
            what `goals` needs.
        """
        x_BFD = context.token
        frames = x_BFD.shape[1]
        modulation, last = self.modulations(level_BF, context.manner)
        mask = self.window(frames, x_BFD.device)
        rotation = self.rotations(0, frames)
        memory = []
        for block in self._layers():
            parts = block.parts(modulation, self.usual)
            query, key, value = block.project(x_BFD, *parts[:2])
            seen = functional.scaled_dot_product_attention(
                rotated(query, rotation), rotated(key, rotation), value, attn_mask=mask
            )
            memory.append((key, value))
            x_BFD = block.rest(x_BFD, seen, parts)
        return memory, self.certain(x_BFD, last)

    def denoise(
        self, noisy: Tensor, level_BF: Tensor, context: Context,
        memory: list[tuple[Tensor, Tensor]],
    ) -> Tensor:  # fmt: skip
        """Innovations without noise (B, F, M), all frames at once, each given its own past.

        noisy: (B, F, M) innovations at the levels; memory: of `history`
        """
        frames = noisy.shape[1]
        x_BFD = context.token + self.noise_token(noisy)
        modulation, last = self.modulations(level_BF, context.manner)
        own = torch.eye(frames, dtype=torch.bool, device=noisy.device)
        mask = torch.cat([self.window(frames, noisy.device), own], dim=1)
        rotation, past_rotation = self.rotations(1, frames), self.rotations(0, frames)
        for block, (past_key, past_value) in zip(self._layers(), memory, strict=True):
            parts = block.parts(modulation, self.usual)
            query, key, value = block.project(x_BFD, *parts[:2])
            keys = torch.cat([rotated(past_key, past_rotation), rotated(key, rotation)], dim=2)
            values = torch.cat([past_value, value], dim=2)
            seen = functional.scaled_dot_product_attention(
                rotated(query, rotation), keys, values, attn_mask=mask
            )
            x_BFD = block.rest(x_BFD, seen, parts)
        return self.chance(x_BFD, last)

    def forward(
        self, *, previous: Tensor, noise: Tensor, velocity: Tensor, keys: Tensor, values: Tensor,
        valid: Tensor, **asked: Tensor,
    ) -> dict[str, Tensor]:  # fmt: skip
        """One frame; all inputs (B, 1, ...) and the arrays of `init_state`.

        noise: (B, 1, sizes.noise_size); asked: as in `context`

        Returns motion (B, 1, M) in physical units, closed (B, 1, 1) as a logit where the network
        says it, and the next state as next_<name>.
        """
        context = self.context(previous, velocity, asked)
        noise, drawn = noise.tensor_split([self.sizes.motion_size], dim=2)
        x_BFD = torch.cat([context.token, context.token + self.noise_token(noise)], dim=1)
        level = torch.arange(2.0, device=x_BFD.device).expand(len(x_BFD), 2)
        modulation, last = self.modulations(level, context.manner.expand(-1, 2, -1))
        x_BFD, new_keys, new_values = self._step_layers(x_BFD, modulation, keys, values, valid)
        made = self.certain(x_BFD[:, :1], last[:, :1])
        innovation = self.chance(x_BFD[:, 1:], last[:, 1:])
        motion = self.compose(innovation, made.pop("heard"), previous, velocity)
        motion = motion.clamp(self.low, self.high)
        if self.sizes.onsets:
            drawn, goal_noise = drawn.tensor_split([self.sizes.onsets], dim=2)
            onset = (made.pop("onset") > drawn).to(motion.dtype)
            goal = self.goals(made.pop("thought"), onset, goal_noise)
            begins = onset.amax(2, keepdim=True)
            made["next_onset"] = onset
            made["next_goal"] = asked["goal"] + begins * (goal - asked["goal"])
        return made | {
            "motion": motion,
            "next_velocity": motion - previous,
            "next_keys": torch.cat([keys[..., 1:, :], new_keys], dim=3),
            "next_values": torch.cat([values[..., 1:, :], new_values], dim=3),
            "next_valid": torch.cat([valid[:, 1:], torch.ones_like(valid[:, :1])], dim=1),
        }

    def _step_layers(
        self, x_BFD: Tensor, modulation: Tensor, keys: Tensor, values: Tensor, valid: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """All blocks on the history token and the noisy one, with the memory before them.

        Written for few kernels: on a GPU a frame costs their number, not their work.

        Returns the tokens, and keys and values (L, B, H, 1, C) of the history token.
        """
        past = self.sizes.window_frames - 1
        bias = self.step_bias(valid).expand(-1, self.sizes.heads, -1, -1).flatten(0, 1)
        tables = torch.stack([block.table for block in self._layers()]) + self.usual
        all_parts = modulation.unflatten(-1, (6, -1)) + tables[:, None, None]
        past_keys = turned(keys, self.step_turns[:, :past])
        new_keys, new_values = [], []
        for layer, block in enumerate(self._layers()):
            parts = all_parts[layer].unbind(-2)
            query, key, value = block.project(x_BFD, *parts[:2])
            both = turned(torch.cat([query, key], dim=1), self.step_turns[:, past:])
            query_turned, key_turned = both.chunk(2, dim=1)
            seen_keys = torch.cat([past_keys[layer], key_turned], dim=2).flatten(0, 1)
            seen_values = torch.cat([values[layer], value], dim=2).flatten(0, 1)
            logits = torch.baddbmm(
                bias, query_turned.flatten(0, 1), seen_keys.mT, alpha=query.shape[-1] ** -0.5
            )
            seen = (torch.softmax(logits, dim=-1) @ seen_values).unflatten(0, (len(x_BFD), -1))
            x_BFD = block.rest(x_BFD, seen, parts)
            new_keys.append(key[:, :, :1])
            new_values.append(value[:, :, :1])
        return x_BFD, torch.stack(new_keys), torch.stack(new_values)

    def compose(
        self, innovation: Tensor, heard: Tensor, previous: Tensor, velocity: Tensor
    ) -> Tensor:
        """Motion in physical units of what the two streams say."""
        chosen = previous + self.damping * velocity + self.innovation * innovation
        return torch.where(self.heard > 0, self.mean + self.deviation * heard, chosen)

    def decompose(self, motion: Tensor, previous: Tensor, velocity: Tensor) -> Tensor:
        """The innovation that makes this motion; 0 where it is heard."""
        left = (motion - previous - self.damping * velocity) / self.innovation
        return left * (1 - self.heard)

    def noise_token(self, noisy: Tensor) -> Tensor:
        return self.from_noise(noisy * (1 - self.heard))

    def modulations(self, level_BF: Tensor, manner: Tensor) -> tuple[Tensor, Tensor]:
        """(B, F, 6 D) common to the blocks and (B, F, 2 D) of the end."""
        waves = torch.arange(LEVEL_WAVES, device=level_BF.device) * (torch.pi / 2)
        phase = level_BF[..., None] * waves
        level = self.from_level(torch.cat([phase.sin(), phase.cos()], dim=2))
        condition = functional.silu(self.condition(functional.silu(level + manner)))
        return self.modulation(condition), self.last(condition)

    def finished(self, x_BFD: Tensor, last: Tensor) -> Tensor:
        shift, scale = last.chunk(2, -1)
        return torch.addcmul(shift, normalised(x_BFD), 1 + scale)

    def chance(self, x_BFD: Tensor, last: Tensor) -> Tensor:
        x_BFD = self.finished(x_BFD, last)
        return self.to_innovation(x_BFD) * torch.sigmoid(self.to_gate(x_BFD))

    def certain(self, x_BFD: Tensor, last: Tensor) -> dict[str, Tensor]:
        x_BFD = self.finished(x_BFD, last)
        made = {"heard": self.to_heard(x_BFD)}
        if self.sizes.closed:
            made["closed"] = self.to_closed(x_BFD)
        if self.sizes.onsets:
            made["onset"] = self.to_onset(x_BFD)
            made["thought"] = x_BFD
        return made

    def goals(self, thought: Tensor, onset: Tensor, noise: Tensor) -> Tensor:
        """Where moves that begin lead, from the pose of rest, (B, F, M) in physical units.

        thought: of `history`; onset: (B, F, kinds) what begins; noise: (B, F, M)
        """
        given = torch.cat([thought, onset, noise], dim=2)
        return self.deviation * self.to_goal(functional.silu(self.goal_thought(given)))

    def window(self, frames: int, device: torch.device) -> Tensor:
        """(F, F) bool: the frames each frame may look at."""
        frame = torch.arange(frames, device=device)
        behind = frame[:, None] - frame
        return (behind >= 0) & (behind < self.sizes.window_frames)

    def step_bias(self, valid: Tensor) -> Tensor:
        """(B, 1, 2, W + 1) added to the logits of the history token and the noisy one."""
        batch = len(valid)
        past = ((valid - 1) * -MASKED)[:, None, None].expand(batch, 1, 2, -1)
        new = torch.zeros(batch, 1, 2, 2, device=valid.device)
        new[:, :, 0, 1] = MASKED
        return torch.cat([past, new], dim=3)

    def rotations(self, first: int, frames: int) -> Tensor:
        """(2, F, C/2) cosines and sines of the positions from `first`."""
        half = self.sizes.width // self.sizes.heads // 2
        device = self.mean.device
        wave = ROTATION_BASE ** (-torch.arange(half, device=device) / half)
        angle = (first + torch.arange(frames, device=device))[:, None] * wave
        return torch.stack([angle.cos(), angle.sin()])
