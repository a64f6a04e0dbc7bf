"""Features of speech and performances to it, all on the device, and random crops of them."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.motion.parts import Part

LOOKAHEAD_SHARES = (0.12, 0.45, 0.2, 0.13, 0.10)
MOST_LOOKAHEAD = len(LOOKAHEAD_SHARES) - 1
STATES = 3
# frames before a crop, from which its first pose and change come
BEFORE = 2


@dataclass(frozen=True, slots=True)
class Performed:
    """One performance of T frames.

    face (T, 52), body (T, 52) or None, closed (T,), state (T,), style (14,), gesture
    onset: (T, kinds) bool, frames in which a move of the hands begins
    rest: (M,) the pose its hands rest in; goals: (N, M) where the moves lead, from there; goal:
        (T,) which of them each frame is on the way to
    feature_row: the row of its first frame among the features
    """

    face: Tensor
    body: Tensor | None
    closed: Tensor
    onset: Tensor
    rest: Tensor
    goals: Tensor
    goal: Tensor
    state: Tensor
    style: Tensor
    gesture: float
    feature_row: int


@dataclass(frozen=True, slots=True)
class Crop:
    """A batch of stretches of F frames.

    motion: (B, F + 2, M) physical units, from two frames before; closed: (B, F) or None
    onset: (B, F, kinds) or None; goal: (B, F, M) where each frame is on the way to, from
        the pose of rest, or None
    asked: the inputs of MotionTransformer.context
    """

    motion: Tensor
    closed: Tensor | None
    onset: Tensor | None
    goal: Tensor | None
    asked: dict[str, Tensor]

    @property
    def undecided(self) -> dict[str, Tensor]:
        """What is asked where the network decides itself when moves begin and where they lead."""
        return {n: value for n, value in self.asked.items() if n not in ("onset", "goal")}

    @property
    def previous(self) -> Tensor:
        """(B, F, M) the frame before each frame."""
        return self.motion[:, 1:-1]

    @property
    def velocity(self) -> Tensor:
        """(B, F, M) the last change before each frame."""
        return self.motion[:, 1:-1] - self.motion[:, :-2]


@dataclass(frozen=True, slots=True)
class Places:
    """Where streams are in the data: rows of performances, look-ahead, version of the features."""

    performance: Tensor
    row: Tensor
    lookahead: Tensor
    version: Tensor


class MotionData:
    """All performances in one table.

    features: (K, R, S) K versions of the same sound, differently disturbed
    """

    def __init__(self, part: Part, features: Tensor, performed: list[Performed], device: str):
        assert performed
        self.part, self.device = part, device
        self.features = features.to(device)
        bodies = [p.body for p in performed if p.body is not None]
        self.face = torch.cat([p.face for p in performed]).to(device)
        self.body = torch.cat(bodies).to(device) if len(bodies) == len(performed) else None
        self.closed = torch.cat([p.closed for p in performed]).to(device)
        self.onset = torch.cat([p.onset for p in performed]).to(device)
        counts = torch.tensor([0, *(len(p.goals) for p in performed)]).cumsum(0)
        self.goals = torch.cat([p.goals for p in performed]).float().to(device)
        self.goal = torch.cat(
            [p.goal.int() + int(k) for p, k in zip(performed, counts[:-1], strict=True)]
        ).to(device)
        self.rest = torch.stack([p.rest for p in performed]).float().to(device)
        self.state = torch.cat([p.state for p in performed]).to(device)
        styles = torch.stack([p.style.float() for p in performed])
        if part.name == "body":
            gestures = torch.tensor([[p.gesture] for p in performed])
            styles = torch.cat([styles, gestures], dim=1)
        self.style = styles.to(device)
        self.frames = torch.tensor([len(p.face) for p in performed])
        self.first = torch.cat([torch.zeros(1, dtype=torch.long), self.frames.cumsum(0)[:-1]])
        self.feature_row = torch.tensor([p.feature_row for p in performed])
        # a shard of sound ends where the next begins; features are never read beyond
        self._to_feature = (self.feature_row - self.first).to(device)

    @property
    def motion(self) -> Tensor:
        """(N, M) what the part is to learn."""
        if self.part.name == "face":
            return self.face
        assert self.body is not None
        return self.body

    def first_frames(self) -> Tensor:
        """(N,) bool, the first frame of each performance."""
        mark = torch.zeros(len(self.face), dtype=torch.bool)
        mark[self.first] = True
        return mark.to(self.device)

    def places(self, batch: int, frames: int, generator: torch.Generator) -> Places:
        """Random stretches of `frames` frames; long performances are drawn more often."""
        room = self.frames - frames - BEFORE - MOST_LOOKAHEAD
        assert room.max() > 0, f"no performance has {frames} frames"
        chosen = torch.multinomial(
            room.clamp_min(0).double(), batch, replacement=True, generator=generator
        )
        start = (torch.rand(batch, generator=generator) * room[chosen]).long() + BEFORE
        shares = torch.tensor(LOOKAHEAD_SHARES)
        lookahead = torch.multinomial(shares, batch, replacement=True, generator=generator)
        version = torch.randint(len(self.features), (batch,), generator=generator)
        place = (chosen, self.first[chosen] + start, lookahead, version)
        return Places(*(value.to(self.device) for value in place))

    def crop(self, places: Places, frames: int) -> Crop:
        """The stretches of `frames` frames from the places' rows on."""
        rows = places.row[:, None] + torch.arange(-BEFORE, frames, device=self.device)
        now = rows[:, BEFORE:]
        heard_rows = now + (self._to_feature[places.performance] + places.lookahead)[:, None]
        state = self.state[now].long()
        asked = {
            "feature": self.features[places.version[:, None], heard_rows].float(),
            "style": self.style[places.performance][:, None],
            "state": functional.one_hot(state, STATES).float(),
        }
        if self.part.sizes.lookaheads:
            one_hot = functional.one_hot(places.lookahead, self.part.sizes.lookaheads)
            asked["lookahead"] = one_hot[:, None].float()
        if self.part.sizes.face_size:
            asked["face"] = self.face[now].float()
        if self.part.sizes.rests:
            asked["rest"] = self.rest[places.performance][:, None]
        closed = self.closed[now].float() if self.part.sizes.closed else None
        onset = goal = None
        if self.part.sizes.onsets:
            onset = self.onset[now].float()
            goal = self.goals[self.goal[now].long()]
            asked["goal"] = self.goals[self.goal[now - 1].long()]
            asked["onset"] = self.onset[now - 1].float()
        return Crop(self.motion[rows].float(), closed, onset, goal, asked)

    def draw(self, batch: int, frames: int, generator: torch.Generator) -> Crop:
        """A random crop."""
        return self.crop(self.places(batch, frames, generator), frames)
