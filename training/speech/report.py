"""What a corpus holds: hours by engine, language, kind and voice, and how exact its labels are."""

import json
from collections import Counter, defaultdict
from pathlib import Path

from pipeline.rates import SAMPLE_RATE_HZ
from training.speech import timing_check
from training.speech.opus import read_opus

_SAMPLE_OF_AN_ENGINE = 4  # shards whose timing is measured


def report(folder: Path) -> str:
    """Text of several tables; measures the sound of a few shards of each engine.

    Raises:
        FileNotFoundError: the folder holds no shard
    """
    paths = sorted(folder.glob("[0-9]*.json"))
    if not paths:
        raise FileNotFoundError(f"no shards in {folder}")
    by_engine: dict[str, list[Path]] = defaultdict(list)
    seconds: dict[str, Counter] = defaultdict(Counter)
    for path in paths:
        clips = json.loads(path.read_text(encoding="utf-8"))["clips"]
        spoken = [clip for clip in clips if clip["phones"]]
        by_engine[(spoken or clips)[0]["engine"]].append(path)
        for clip in clips:
            length_s = clip["samples"] / SAMPLE_RATE_HZ
            for what, value in _traits(clip).items():
                seconds[what][value] += length_s
    lines = [f"{len(paths)} shards, {_size_mib(paths):.0f} MiB"]
    for what, counted in seconds.items():
        lines += _table(what, counted)
    for engine in sorted(by_engine):
        lines += _timing(engine, by_engine[engine])
    return "\n".join(lines)


def _traits(clip: dict) -> dict[str, str]:
    kind = clip.get("kind", "talk")
    if kind == "nonspeech":
        return {"kind": kind, "engine": "noise"}
    language = clip.get("language", "of the first corpus")
    return {
        "kind": kind, "engine": clip["engine"], "language": language,
        "voice": f"{clip['engine']}:{clip['voice']}",
        "speaker": clip.get("speaker", f"{clip['engine']}:{clip['voice']}"),
    }  # fmt: skip


def _table(what: str, counted: Counter) -> list[str]:
    hours = sum(counted.values()) / 3600
    lines = [f"{what}: {len(counted)}, {hours:.2f} h"]
    if what == "speaker":
        return lines
    shown = [f"{name} {length / 3600:.2f}" for name, length in counted.most_common(24)]
    return [*lines, "  " + ", ".join(shown)]


def _size_mib(paths: list[Path]) -> float:
    return sum(p.stat().st_size + p.with_suffix(".opus").stat().st_size for p in paths) / 2**20


def _timing(engine: str, paths: list[Path]) -> list[str]:
    step = max(1, len(paths) // _SAMPLE_OF_AN_ENGINE)
    total: dict[str, list[float]] = defaultdict(list)
    for path in paths[::-step][:_SAMPLE_OF_AN_ENGINE]:
        clips = json.loads(path.read_text(encoding="utf-8"))["clips"]
        for kind, found in timing_check.shard_errors(
            path, clips, read_opus(path.with_suffix(".opus"))
        ).items():
            total[kind] += found
    lines = [f"timing of {engine} (heard - labelled): count, median, |error| median, p90 in ms"]
    for kind, found in total.items():
        if len(found) >= 5:
            count, median, middle, p90 = timing_check.summary(found)
            lines.append(f"  {kind:14s} {count:5d} {median:+6.1f} {middle:6.1f} {p90:6.1f}")
    return lines if len(lines) > 1 else []
