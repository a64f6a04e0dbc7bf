"""Pairs of rendered people a second, with all maps, at 512x768.

python -m bench.people_throughput --pack assets.zip --device cuda --out T.json

Each setting draws people who are already there for `--seconds`; then once more with waits, for the
time of each stage. The last figures are of whole streams, in which workers build people meanwhile.
"""

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.people.episode import Episode, EpisodeKind, make_episode, share_processors

if TYPE_CHECKING:
    from training.people.pair_renderer import PairRenderer
    from training.people.pair_stream import StreamOptions

WARM_UP_BATCHES = 2
WATCHED_BATCHES = 3
SOURCES = 8


@dataclass(frozen=True, slots=True)
class Setting:
    """batch_sources * per_source pairs are one batch; the rest as for PairRenderer."""

    batch_sources: int = 4
    per_source: int = 4
    supersample: int = 2
    passes: int = 1
    host: bool = False


SETTINGS = (
    Setting(),
    Setting(supersample=1),
    Setting(supersample=1, passes=2),
    Setting(batch_sources=2, per_source=8),
    Setting(batch_sources=8, per_source=1),
    Setting(host=True),
)
TINY = (Setting(2, 1, 1), Setting(1, 2, 1, host=True))


def people(pack: Path, count: int, per_source: int, workers: int) -> list[Episode]:
    """Episodes to draw with every setting."""
    kind = EpisodeKind(pack, sources=SOURCES, per_source=per_source)
    if workers == 0:
        return [make_episode(kind, number) for number in range(count)]
    with ProcessPoolExecutor(workers, get_context("spawn"), share_processors) as pool:
        return list(pool.map(make_episode, [kind] * count, range(count)))


def measure_setting(
    episodes: list[Episode], setting: Setting, device: str, seconds: float
) -> dict[str, Any]:
    """Pairs a second of one setting, and milliseconds a pair by stage."""
    import torch

    from training.people.pair_renderer import PairRenderer

    arguments = torch.device(device), setting.supersample, setting.passes, setting.host
    renderer = PairRenderer(*arguments)
    pairs_s, batches = _pace(renderer, episodes, setting, seconds)
    figures = {
        **asdict(setting),
        "batch": setting.batch_sources * setting.per_source,
        "path": renderer.path,
        "gl": renderer.gl_name,
        "pairs_per_s": round(pairs_s, 2),
        "batches": batches,
    }
    renderer.close()
    watched = PairRenderer(*arguments, watched=True)
    figures["stage_ms"] = _stages(watched, episodes, setting)
    watched.close()
    return figures


def _pace(
    renderer: "PairRenderer", episodes: list[Episode], setting: Setting, seconds: float
) -> tuple[float, int]:
    blocks = _Blocks(renderer, episodes, setting)
    for _ in range(WARM_UP_BATCHES):
        renderer.draw(blocks.next())
    renderer.wait()
    started_s, batches = time.perf_counter(), 0
    while time.perf_counter() - started_s < seconds:
        renderer.draw(blocks.next())
        renderer.wait()
        batches += 1
    passed_s = time.perf_counter() - started_s
    return batches * setting.batch_sources * setting.per_source / passed_s, batches


def _stages(
    renderer: "PairRenderer", episodes: list[Episode], setting: Setting
) -> dict[str, float]:
    blocks = _Blocks(renderer, episodes, setting)
    renderer.draw(blocks.next())
    renderer.watch.seconds.clear()
    for _ in range(WATCHED_BATCHES):
        renderer.draw(blocks.next())
    pairs = WATCHED_BATCHES * setting.batch_sources * setting.per_source
    return {k: round(1000 * v / pairs, 3) for k, v in renderer.watch.seconds.items()}


class _Blocks:
    """Next blocks of everybody in turn."""

    def __init__(self, renderer: "PairRenderer", episodes: list[Episode], setting: Setting):
        self._actors = [renderer.actor(episode) for episode in episodes]
        self._setting, self._count = setting, 0

    def next(self) -> list:
        from training.people.pair_renderer import Block

        blocks = []
        for _ in range(self._setting.batch_sources):
            turn, who = divmod(self._count, len(self._actors))
            poses = self._actors[who].episode.poses
            size = 1 + self._setting.per_source
            first = turn * size % (len(poses) - size + 1)
            mine = poses[first : first + size]
            blocks.append(Block(self._actors[who], mine[0], mine[1:]))
            self._count += 1
        return blocks


def measure_stream(options: "StreamOptions", device: str, seconds: float) -> dict[str, Any]:
    """Pairs a second of a whole stream, from its second batch on."""
    import torch

    from training.people.pair_stream import PairStream

    started_s = time.perf_counter()
    with PairStream(options, torch.device(device)) as stream:
        for _ in range(WARM_UP_BATCHES):
            stream.batch()
        stream.renderer.wait()
        first_s, pairs, people_seen = time.perf_counter() - started_s, 0, set()
        started_s = time.perf_counter()
        while time.perf_counter() - started_s < seconds:
            batch = stream.batch()
            people_seen |= set(batch.person.tolist())
            pairs += len(batch)
        stream.renderer.wait()
        passed_s = time.perf_counter() - started_s
        return {
            "workers": options.workers,
            "ranks": options.ranks,
            "path": stream.renderer.path,
            "ready_s": round(first_s, 2),
            "pairs_per_s": round(pairs / passed_s, 2),
            "people": len(people_seen),
            "waited_for_people_s": round(stream.renderer.watch.seconds.get("people", 0.0), 2),
        }


def measure_streams(options: "StreamOptions", device: str, seconds: float, count: int):
    """The sum of `count` streams in processes of their own, on all GPUs in turn where device is
    "cuda"."""
    from dataclasses import replace

    shared = [replace(options, rank=k, ranks=count) for k in range(count)]
    with ProcessPoolExecutor(count, get_context("spawn")) as pool:
        figures = list(pool.map(measure_stream, shared, _devices(device, count), [seconds] * count))
    total = sum(each["pairs_per_s"] for each in figures)
    return {"processes": count, "pairs_per_s": round(total, 2), "each": figures}


def _devices(device: str, count: int) -> list[str]:
    """Of each process: `device`, or all of CUDA's in turn."""
    import torch

    if device != "cuda":
        return [device] * count
    return [f"cuda:{k % torch.cuda.device_count()}" for k in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True, help="of pack_assets --people")
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
    parser.add_argument("--seconds", type=float, default=3.0, help="of every measurement")
    parser.add_argument("--people", type=int, default=8, help="people who take turns")
    parser.add_argument("--workers", type=int, default=8, help="processes that build people")
    parser.add_argument("--processes", type=int, default=0, help="also so many, on all GPUs")
    parser.add_argument("--tiny", action="store_true", help="two small settings, for slow machines")
    parser.add_argument("--out", type=Path, help="JSON file")
    arguments = parser.parse_args()
    settings = TINY if arguments.tiny else SETTINGS
    figures = measure(arguments, settings)
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=1) + "\n")


def measure(arguments: argparse.Namespace, settings: tuple[Setting, ...]) -> dict[str, Any]:
    """Everything, printed as it comes."""
    from training.people.pair_stream import StreamOptions

    figures: dict[str, Any] = {"device": _device_name(arguments.device)}
    print(figures, flush=True)
    most = max(setting.per_source for setting in settings)
    started_s = time.perf_counter()
    episodes = people(arguments.pack, arguments.people, most, arguments.workers)
    figures["people_s"] = round(time.perf_counter() - started_s, 2)
    figures["settings"] = []
    for setting in settings:
        got = measure_setting(episodes, setting, arguments.device, arguments.seconds)
        print(json.dumps(got), flush=True)
        figures["settings"].append(got)
    best = settings[0]
    options = StreamOptions(
        arguments.pack, batch_sources=best.batch_sources, per_source=best.per_source,
        on_stage=arguments.people, supersample=best.supersample,
        passes=best.passes, workers=arguments.workers,
    )  # fmt: skip
    figures["stream"] = measure_stream(options, arguments.device, arguments.seconds)
    print(json.dumps(figures["stream"]), flush=True)
    if arguments.processes:
        several = options, arguments.device, arguments.seconds, arguments.processes
        figures["streams"] = measure_streams(*several)
        print(json.dumps(figures["streams"]), flush=True)
    return figures


def _device_name(device: str) -> str:
    import torch

    return torch.cuda.get_device_name() if device.startswith("cuda") else "cpu"


if __name__ == "__main__":
    main()
