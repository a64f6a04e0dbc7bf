"""Held-out people against their true pictures: all rows, all figures."""

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

from bench.reenactment.clip import Clip, Material, Subset, clip_of
from bench.reenactment.figures import Figures, mean
from bench.reenactment.judge import Judge
from bench.reenactment.rows import Row, chosen_names, rows
from bench.reenactment.strips import Strips
from bench.reenactment.table import markdown, table
from bench.reenactment.visible_difference import VisibleDifference
from bench.reenactment.weights import Weights
from bench.reenactment.witnesses import Witnesses, identity_witness, likeness_of_strangers
from pipeline.errors import UserError
from pipeline.portrait.trackers import Trackers

# Rows of what no renderer made: the best that can be had, and what identity says of two people.
TRUTH, STRANGERS = "the truth itself", "another person"


@dataclass(frozen=True, slots=True)
class Panel:
    """Who judges. jod_device: "cpu" or "cuda", None without ColorVideoVDP."""

    witnesses: bool = True
    identity: bool = True
    jod_device: str | None = "cpu"


@dataclass(frozen=True, slots=True)
class Task:
    """Everything about one person, the number-th of the held-out ones; rows: names."""

    number: int
    subset: Subset
    material: Material
    rows: list[str]
    weights: Weights
    panel: Panel
    pictures: Path | None = None


@dataclass(frozen=True, slots=True)
class PersonScore:
    """rows: figures by row; descriptor: (128,) of the portrait's face, None without recogniser."""

    name: str
    rows: dict[str, Figures]
    descriptor: np.ndarray | None


def score_clip(
    clip: Clip, compared: list[Row], judge: Judge, pictures: Path | None = None
) -> PersonScore:
    """pictures: a folder for what was judged."""
    found, descriptor, strips = {}, None, Strips(pictures, clip)
    if judge.witnesses is not None:
        judge.witnesses.meet(clip.avatar.portrait)
        descriptor = judge.witnesses.own
        found[TRUTH] = judge.truth(clip)
    found |= judge.rows(compared, clip, strips.keep)
    strips.write()
    return PersonScore(clip.name, found, descriptor)


def score(tasks: list[Task], workers: int) -> Iterator[PersonScore]:
    """All people in order; workers: processes to share them."""
    if workers == 1:
        yield from map(_score_task, tasks)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _share_processors) as pool:
        yield from pool.map(_score_task, tasks)


def means(scores: list[PersonScore]) -> dict[str, Figures]:
    """Of each row over all people, each counting the same."""
    names = dict.fromkeys(name for score in scores for name in score.rows)
    figures = {name: mean(score.rows[name] for score in scores) for name in names}
    faces = [score.descriptor for score in scores if score.descriptor is not None]
    return figures | ({STRANGERS: strangers} if (strangers := likeness_of_strangers(faces)) else {})


def _score_task(task: Task) -> PersonScore:
    from training.people.held_out import held_out_people

    person = held_out_people()[task.number]
    clip = clip_of(person, task.subset, task.material)
    compared = rows(task.rows, task.weights)
    return score_clip(clip, compared, _judge(task.panel), task.pictures)


@cache
def _judge(panel: Panel) -> Judge:
    """Raises ModelError for a judge that is not installed."""
    witnesses = None
    if panel.witnesses:
        witnesses = Witnesses(Trackers.load(threads=1), identity_witness(panel.identity))
    device = panel.jod_device
    return Judge(witnesses, None if device is None else VisibleDifference(device))


def _share_processors() -> None:
    """In a worker among others: one thread each."""
    import torch

    cv2.setNumThreads(1)
    torch.set_num_threads(1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    whole = Subset()
    parser.add_argument("--assets", type=Path, required=True, help="MakeHuman assets or the pack")
    parser.add_argument("--body", type=Path, default=Path("cache/makehuman_full.npz"))
    parser.add_argument("--folder", type=Path, default=Path("cache/reenactment"),
                        help="where true frames are kept")  # fmt: skip
    parser.add_argument("--people", type=int, default=whole.people, help="the first of them only")
    parser.add_argument("--every", type=int, default=whole.every, help="of so many frames …")
    parser.add_argument("--burst", type=int, default=whole.burst, help="… so many neighbours")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the people")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="write comparisons here")
    parser.add_argument("--markdown", action="store_true", help="the table as README has it")
    parser.add_argument("--no-jod", action="store_true", help="without ColorVideoVDP")
    parser.add_argument("--no-witnesses", action="store_true",
                        help="without landmarks, identity and hands")  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Print the table, or the error's sentence."""
    subset = Subset(options.people, options.every, options.burst)
    material = Material(options.folder, options.assets, options.body)
    jod_device = None if options.no_jod else options.device
    panel = Panel(not options.no_witnesses, not options.no_identity, jod_device)
    scores: list[PersonScore] = []
    try:
        weights = Weights(options.weights, options.device)
        names = chosen_names(options.rows, weights)
        tasks = [Task(number, subset, material, names, weights, panel, options.pictures)
                 for number in range(subset.people)]  # fmt: skip
        for one in score(tasks, options.workers):
            scores.append(one)
            print(one.name, file=sys.stderr, flush=True)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    shown = markdown if options.markdown else table
    print(f"{subset}\n\n{shown(means(scores))}")
    if options.json:
        people = {one.name: one.rows for one in scores}
        print(json.dumps({"subset": asdict(subset), "mean": means(scores), "people": people}))
    return 0
