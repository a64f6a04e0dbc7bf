"""An endless stream of what the renderer's networks learn from: composites beside true frames.

Workers build people and, once the GPU has drawn their portraits, composite all frames of a take;
then the take goes on stage, where its true frames are drawn batch by batch. Takes come in the order
of their numbers, whatever is ready first.
"""

import multiprocessing
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.people.episode import EpisodeKind, share_processors
from training.people.pair_batch import PairBatch
from training.people.pair_renderer import Actor, Block, PairRenderer
from training.renderer.take import Composites, Shown, Take, make_take, write_composites

Make = Callable[[EpisodeKind, int, int, frozenset[str]], Take]


@dataclass(frozen=True, slots=True)
class TakeOptions:
    """pack: of assets, body and people

    frames: of a take; showings: how often each is shown; on_stage: takes that are shown in turn
    ahead: takes that workers prepare
    batch_takes * per_take frames are one batch; first: number of the first take of all ranks
    workers: processes, 0: this one does their work; near: folder for what they write
    """

    pack: Path
    seed: int = 0
    rank: int = 0
    ranks: int = 1
    first: int = 0
    held_out: bool = False
    frames: int = 48
    showings: int = 1
    on_stage: int = 8
    ahead: int = 24
    batch_takes: int = 4
    per_take: int = 4
    workers: int = 14
    supersample: int = 2
    near: Path | None = None

    def __post_init__(self) -> None:
        if self.frames % self.per_take:
            raise ValueError("a take is as long as a whole number of its shares of a batch")
        if self.per_take % 2:
            raise ValueError("frames come in pairs of neighbours")
        if self.batch_takes > self.on_stage:
            raise ValueError("a batch shows different takes: there are too few on stage")

    @property
    def kind(self) -> EpisodeKind:
        return EpisodeKind(self.pack, self.seed, self.held_out)


@dataclass(frozen=True, slots=True)
class TakeBatch:
    """B frames; colours are sRGB bytes (B, 3, H, W), maps as in PairBatch and pipeline.gates.

    composite, truth, behind; gates (B, 6, H/2, W/2), hands (B, 4, H/2, W/2) uint8; flow (B, 2,
    H/4, W/4) float16 px; source (B, 3, H, W) uint8, source_matte (B, H, W) uint8 and skin (B, 3)
    of the avatar; face (B, 2) int16; motion (B, M) float32; person (B,) int64, a number of theirs.
    Frames 2 k and 2 k + 1 are neighbours
    """

    composite: Tensor
    truth: Tensor
    behind: Tensor
    gates: Tensor
    hands: Tensor
    flow: Tensor
    source: Tensor
    source_matte: Tensor
    skin: Tensor
    face: Tensor
    motion: Tensor
    person: Tensor


@dataclass(slots=True)
class _Coming:
    """A take on its way: built by a worker, drawn, composited."""

    take: "Future[Take]"
    actor: Actor | None = None
    folder: "Future[Path] | None" = None


@dataclass(slots=True)
class _Staged:
    actor: Actor
    composites: Composites
    folder: Path
    shown: int = 0


class TakeStream:
    """Iterate for batches; leave a `with` or `close()` to end workers and delete their files.

    make: what makes a take; workers find it by its name
    """

    def __init__(self, options: TakeOptions, device: torch.device, make: Make = make_take) -> None:
        self.options, self._device, self._make = options, device, make
        self._renderer = PairRenderer(device, options.supersample)
        self._near = Path(tempfile.mkdtemp(dir=options.near, prefix="takes_"))
        self._workers: ProcessPoolExecutor | None = None
        if options.workers:
            # Forks of a process with CUDA and OpenGL contexts break.
            spawn = multiprocessing.get_context("spawn")
            self._workers = ProcessPoolExecutor(options.workers, spawn, share_processors)
        self.next_take = options.first
        self._coming: deque[_Coming] = deque()
        self._stage: deque[_Staged] = deque()

    def __enter__(self) -> "TakeStream":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End workers, delete files."""
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)
        self._renderer.close()
        shutil.rmtree(self._near, ignore_errors=True)

    def __iter__(self) -> Iterator[TakeBatch]:
        while True:
            yield self.batch()

    def begin(self) -> None:
        """Put workers to work before the first batch is asked for."""
        self._prepare()

    def batch(self) -> TakeBatch:
        """The next batch; waits for workers where none is ready."""
        options = self.options
        self._prepare()
        while len(self._stage) < options.on_stage:
            self._stage.append(self._enter())
            self._prepare()
        shown = [self._stage.popleft() for _ in range(options.batch_takes)]
        blocks, parts = [], []
        for each in shown:
            first = each.shown % options.frames
            frames = slice(first, first + options.per_take)
            poses = each.actor.episode.poses
            blocks.append(Block(each.actor, poses[0], poses[1:][frames]))
            parts.append((each.composites, frames))
            each.shown += options.per_take
        batch = self._joined(self._renderer.draw(blocks), parts)
        for each in shown:
            if each.shown < options.frames * options.showings:
                self._stage.append(each)
            else:
                self._leave(each)
        return batch

    def _prepare(self) -> None:
        """Order takes, and draw the portraits of those that have been built."""
        options = self.options
        while len(self._coming) < options.ahead:
            number = options.rank + options.ranks * self.next_take
            self.next_take += 1
            known = self._renderer.known_textures
            job = options.kind, options.frames, number, known
            self._coming.append(_Coming(self._done(self._make, *job)))
        for coming in self._coming:
            if coming.folder is None and coming.take.done():
                self._film(coming)

    def _film(self, coming: _Coming) -> None:
        take = coming.take.result()
        coming.actor = actor = self._renderer.actor(take.episode)
        source = take.episode.poses[0]
        drawn = self._renderer.draw([Block(actor, source, [source])])
        coming.folder = self._done(
            write_composites, take, shown_of(drawn), self.options.seed, self._near
        )

    def _enter(self) -> _Staged:
        """The first of those on their way goes on stage, as soon as it is ready."""
        coming = self._coming.popleft()
        if coming.folder is None:
            coming.take.result()
            self._film(coming)
        assert coming.actor is not None
        assert coming.folder is not None
        folder = coming.folder.result()
        return _Staged(coming.actor, Composites.load(folder), folder)

    def _leave(self, staged: _Staged) -> None:
        self._renderer.release(staged.actor)
        shutil.rmtree(staged.folder, ignore_errors=True)

    def _done(self, work, *given) -> Future:
        if self._workers is not None:
            return self._workers.submit(work, *given)
        made: Future = Future()
        made.set_result(work(*given))
        return made

    def _joined(self, pairs: PairBatch, parts: list[tuple[Composites, slice]]) -> TakeBatch:
        def sent(name: str) -> Tensor:
            rows = np.concatenate([getattr(part, name)[frames] for part, frames in parts])
            return self._sent(rows)

        def of_all(name: str) -> Tensor:
            one = self._sent(np.stack([getattr(part, name) for part, _ in parts]))
            return one.repeat_interleave(self.options.per_take, 0)

        first = lambda x: x.movedim(-1, 1)  # noqa: E731
        pictures = first(sent("pixels")), pairs.driving, first(of_all("background"))
        guides = first(sent("gates")), first(sent("hands")), first(sent("flow"))
        known = first(of_all("portrait")), of_all("matte"), of_all("skin")
        return TakeBatch(*pictures, *guides, *known, sent("face"), sent("motion"), pairs.person)

    def _sent(self, array: np.ndarray) -> Tensor:
        here = torch.from_numpy(np.ascontiguousarray(array))
        if self._device.type == "cuda":
            here = here.pin_memory()
        return here.to(self._device, non_blocking=True)


def shown_of(drawn: PairBatch) -> Shown:
    """The portrait of a batch whose first pair drives it to itself."""
    matte = (drawn.source_matte[0] * 255 + 0.5).to(torch.uint8)
    maps = (drawn.source[0].movedim(0, -1), drawn.background[0].movedim(0, -1), matte)
    portrait, background, matte, label = (
        x.contiguous().cpu().numpy() for x in (*maps, drawn.label[0])
    )
    return Shown(portrait, background, matte, label)
