"""An endless stream of training pairs: people are built by workers while others are drawn.

    stream = PairStream(StreamOptions(pack, seed=1, rank=rank, ranks=ranks), torch.device("cuda"))
    for batch in stream: ...

A few people are on stage at a time, each for one episode; every batch shows several of them. What
an episode shows follows from the stream's seed and its number alone; rank r of n plays the episodes
r, r + n, r + 2 n and so on, in the same order however many workers there are.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch

from training.people.episode import Episode, EpisodeKind, make_episode, share_processors
from training.people.pair_batch import PairBatch
from training.people.pair_renderer import Actor, Block, PairRenderer

Make = Callable[[EpisodeKind, int, frozenset[str]], Episode]


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """pack: of assets, body and people (`pack_assets --people`).

    batch_sources * per_source pairs are one batch; on_stage: people who take turns;
    sources: how many source frames a person shows before another comes; workers: processes that
    build people, 0: this one does
    supersample, passes: as for Renderer; host, watched: as for PairRenderer
    """

    pack: Path
    seed: int = 0
    rank: int = 0
    ranks: int = 1
    held_out: bool = False
    batch_sources: int = 4
    per_source: int = 4
    on_stage: int = 12
    sources: int = 32
    workers: int = 8
    supersample: int = 2
    passes: int = 1
    host: bool = False
    watched: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.rank < self.ranks:
            raise ValueError(f"rank {self.rank} is none of {self.ranks}")
        if min(self.batch_sources, self.per_source, self.on_stage, self.sources) < 1:
            raise ValueError("a batch needs a source, a pair, somebody on stage")

    @property
    def kind(self) -> EpisodeKind:
        return EpisodeKind(self.pack, self.seed, self.held_out, self.sources, self.per_source)


@dataclass(slots=True)
class _Place:
    """One person on stage and who comes next. turn: episodes of this place; source: of this one;
    left: sources that this episode still shows."""

    turn: int
    coming: "Future[Episode] | None" = None
    actor: Actor | None = None
    source: int = 0
    left: int = 0


class PairStream:
    """Iterate for batches; `close()` (or leave a `with`) ends the workers.

    make: what makes an episode of a kind and a number; workers find it by its name
    """

    def __init__(
        self, options: StreamOptions, device: torch.device, make: Make = make_episode
    ) -> None:
        self.options, self._make = options, make
        self.renderer = PairRenderer(
            device, options.supersample, options.passes, options.host, options.watched
        )
        self._workers: ProcessPoolExecutor | None = None
        if options.workers:
            # Forks of a process with CUDA and OpenGL contexts break.
            spawn = multiprocessing.get_context("spawn")
            self._workers = ProcessPoolExecutor(options.workers, spawn, share_processors)
        self._stage = [_Place(0) for _ in range(options.on_stage)]
        for number, place in enumerate(self._stage):
            place.coming = self._ordered(number, 0)
        self._next = 0
        # Whose last frames are still to be drawn.
        self._leaving: list[Actor] = []

    def __enter__(self) -> "PairStream":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)
        self.renderer.close()

    def __iter__(self) -> Iterator[PairBatch]:
        while True:
            yield self.batch()

    def batch(self) -> PairBatch:
        """The next batch."""
        blocks = []
        for _ in range(self.options.batch_sources):
            blocks.append(self._block(self._next))
            self._next = (self._next + 1) % self.options.on_stage
        batch = self.renderer.draw(blocks)
        while self._leaving:
            self.renderer.release(self._leaving.pop())
        return batch

    def _block(self, number: int) -> Block:
        """What the person on a place shows next."""
        place, options = self._stage[number], self.options
        if place.actor is None or place.left == 0:
            self._enter(number)
        actor = place.actor
        assert actor is not None
        first = place.source * (1 + options.per_source)
        poses = actor.episode.poses[first : first + 1 + options.per_source]
        place.source += 1
        place.left -= 1
        return Block(actor, poses[0], poses[1:])

    def _enter(self, number: int) -> None:
        """The next person takes a place, and the one after is ordered."""
        place, options = self._stage[number], self.options
        if place.actor is not None:
            self._leaving.append(place.actor)
        with self.renderer.watch.stage("people"):
            episode = place.coming.result() if place.coming else self._made(number, place.turn)
            place.actor = self.renderer.actor(episode)
        place.source = 0
        # The first ones leave one after another, so that not all places wait at once.
        first_left = 1 + number * options.sources // options.on_stage
        place.left = options.sources if place.turn else first_left
        place.turn += 1
        place.coming = self._ordered(number, place.turn)

    def _number(self, place: int, turn: int) -> int:
        """Of the episode that a place shows at its turn."""
        return self.options.rank + self.options.ranks * (place + self.options.on_stage * turn)

    def _ordered(self, place: int, turn: int) -> "Future[Episode] | None":
        if self._workers is None:
            return None
        known = self.renderer.known_textures
        number = self._number(place, turn)
        return self._workers.submit(self._make, self.options.kind, number, known)

    def _made(self, place: int, turn: int) -> Episode:
        number = self._number(place, turn)
        return self._make(self.options.kind, number, self.renderer.known_textures)
