"""Kokoro in two halves, so that a machine with many cores and no network can do the slow one.

    python -m training.speech.kokoro_batch write --kokoro-voices FOLDER   here: texts, voices, model
    python -m training.speech.kokoro_batch speak --seconds 500            there: shards

What travels lies in one folder (cache/kokoro_batch): lines.json.xz, voices.npz, kokoro.NN (the
model, compressed, in pieces). Speaking needs numpy, scipy, onnxruntime and soundfile only. Finished
shards are not made again; at the end of the time every shard in work is closed early and kept.
"""

import argparse
import json
import lzma
import multiprocessing
import os
import random
import time
import zlib
from pathlib import Path

import numpy as np

from training.speech.kokoro import PROSODY, TIMBRE, Kokoro
from training.speech.opus import NATURAL_KBIT
from training.speech.scripts import Line
from training.speech.shard import Said, Timeline
from training.speech.speaker import Speaker
from training.speech.studio import finished

PIECE_BYTES = 15 << 20
LINES = Path("cache/kokoro_batch/lines.json.xz")
_SHORTEST_SHARD_S = 20.0


def split_model(model: Path, folder: Path) -> list[Path]:
    """The compressed model as kokoro.00, kokoro.01, ... of at most PIECE_BYTES."""
    packed = zlib.compress(model.read_bytes(), 9)
    pieces = []
    for index, first in enumerate(range(0, len(packed), PIECE_BYTES)):
        piece = folder / f"kokoro.{index:02d}"
        piece.write_bytes(packed[first : first + PIECE_BYTES])
        pieces.append(piece)
    return pieces


def join_model(folder: Path, model: Path) -> None:
    """The model from its pieces.

    Raises:
        FileNotFoundError: there are none
    """
    pieces = sorted(folder.glob("kokoro.[0-9][0-9]"))
    if not pieces:
        raise FileNotFoundError(f"neither {model} nor pieces kokoro.NN in {folder}")
    model.parent.mkdir(parents=True, exist_ok=True)
    partial = model.with_suffix(".partial")
    partial.write_bytes(zlib.decompress(b"".join(piece.read_bytes() for piece in pieces)))
    os.replace(partial, model)


class Reader:
    """Speaks shards of a batch folder, one utterance after the other."""

    def __init__(self, folder: Path, model: Path):
        content = read_lines(folder)
        self._kokoro = Kokoro(model, content["vocabulary"])
        self._shards = {shard["number"]: shard for shard in content["shards"]}
        with np.load(folder / "voices.npz") as voices:
            self._rows = dict(zip(voices["names"].tolist(), voices["rows"], strict=True))

    def make_shard(self, number: int, shards: Path, end_s: float) -> str:
        """Writes the shard unless it has hardly begun when the monotonic clock reaches end_s."""
        shard = self._shards[number]
        timeline = Timeline(random.Random(9000 + number))
        start_s = time.monotonic()
        for index, turn in enumerate(shard["turns"]):
            speaker = shard["speakers"][turn["speaker"]]
            said = []
            for line in turn["lines"]:
                if time.monotonic() > end_s:
                    break
                spoken = self.say(speaker, line)
                if spoken is not None:
                    said.append(spoken)
            if said:
                timeline.add_turn(said, index)
            if time.monotonic() > end_s:
                break
        if timeline.length_s < _SHORTEST_SHARD_S:
            return f"{number} left for another time"
        timeline.write(shards / f"{number:03d}.json", "kokoro", NATURAL_KBIT)
        return f"{number} {timeline.length_s:.0f} s in {time.monotonic() - start_s:.0f} s"

    def say(self, speaker: dict, line: dict) -> Said | None:
        symbols = line["symbols"]
        row = min(len(symbols), len(self._rows[speaker["timbre"]]) - 1)
        style = np.empty(256, np.float32)
        style[TIMBRE] = self._rows[speaker["timbre"]][row][TIMBRE]
        style[PROSODY] = self._rows[speaker["prosody"]][row][PROSODY]
        spoken = self._kokoro.speak(symbols, style, speaker["tempo"] / speaker["pitch"])
        names = dict.fromkeys((speaker["timbre"], speaker["prosody"]))
        who = Speaker(
            "kokoro", "+".join(names), speaker["language"][:2], speaker["tempo"],
            speaker["pitch"], speaker["formant"], peak=speaker["peak"],
        )  # fmt: skip
        return finished(spoken, who, Line(line["kind"], line["text"]))


def read_lines(folder: Path) -> dict:
    return json.loads(lzma.decompress((folder / LINES.name).read_bytes()))


_reader: Reader | None = None


def _start(folder: Path, model: Path) -> None:
    global _reader  # noqa: PLW0603  (one per worker process)
    _reader = Reader(folder, model)


def _make(task: tuple[int, Path, float]) -> str:
    number, shards, end_s = task
    if (shards / f"{number:03d}.json").exists() or time.monotonic() > end_s:
        return ""
    assert _reader is not None
    return _reader.make_shard(number, shards, end_s)


def speak(
    folder: Path, model: Path, shards: Path, seconds: float, *, workers: int, from_end: bool
) -> None:
    """Makes missing shards for so many seconds; from_end: the least valuable ones first, for a
    second machine at the same work."""
    end_s = time.monotonic() + seconds
    if not model.exists():
        join_model(folder, model)
    shards.mkdir(parents=True, exist_ok=True)
    numbers = [shard["number"] for shard in read_lines(folder)["shards"]]
    tasks = [(number, shards, end_s) for number in numbers]
    tasks = [task for task in tasks if not (shards / f"{task[0]:03d}.json").exists()]
    if from_end:
        tasks.reverse()
    context = multiprocessing.get_context("spawn")  # CLOCK_MONOTONIC is one for all processes
    with context.Pool(workers, _start, (folder, model)) as pool:
        for line in pool.imap_unordered(_make, tasks):
            if line:
                print(line, flush=True)


def write(folder: Path, model: Path, voices: Path, hours: float) -> None:
    """Everything that speaking needs, in pieces that can be carried."""
    from training.speech.kokoro_lines import write_lines, write_model

    write_lines(folder, voices, hours)
    text = folder / "lines.json"
    (folder / LINES.name).write_bytes(lzma.compress(text.read_bytes()))
    text.unlink()
    if not model.exists():
        write_model(model)
    split_model(model, folder)
    for path in sorted(folder.iterdir()):
        print(f"{path} {path.stat().st_size / 2**20:.1f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Kokoro in two halves")
    parser.add_argument("part", choices=("write", "speak"))
    parser.add_argument("--batch", type=Path, default=LINES.parent)
    parser.add_argument("--model", type=Path, default=Path("cache/speech/engines/kokoro.onnx"))
    parser.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    parser.add_argument("--kokoro-voices", type=Path, help="unpacked package/voices of kokoro-js")
    parser.add_argument("--hours", type=float, default=6.0)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--from-end", action="store_true", help="least valuable shards first")
    options = parser.parse_args()
    if options.part == "write":
        if options.kokoro_voices is None:
            parser.error("write needs --kokoro-voices")
        write(options.batch, options.model, options.kokoro_voices, options.hours)
        return
    os.environ["OMP_NUM_THREADS"] = "1"  # for the worker processes, which start from nothing
    speak(
        options.batch, options.model, options.shards, options.seconds,
        workers=options.workers, from_end=options.from_end,
    )  # fmt: skip


if __name__ == "__main__":
    main()
