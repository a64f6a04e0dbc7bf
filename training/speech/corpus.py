"""Makes the speech corpus: `python -m training.speech.corpus`.

Every shard is one Ogg Opus file (24 kHz mono, about 5 minutes) and a JSON list of its clips with
phone times; a finished shard is not made again. Most valuable first; at the end Kokoro, the slow
engine, reads the batch that training.speech.kokoro_batch has written, least valuable shards first,
since a machine with many cores makes the others. Needs training/requirements.txt, ffmpeg and the
Debian packages flite, festival (and voices festvox-*), espeak-ng, fortunes*, wordnet-base.
`--only hibari` needs hibari-tts and saved texts only. `--report` measures what there is.
"""

import argparse
import multiprocessing
import os
import random
import time
from pathlib import Path

from training.speech import kokoro_batch
from training.speech.plan import Job, plan
from training.speech.report import report
from training.speech.scripts import Line, turns
from training.speech.shard import LIVELY, USUAL, Said, Timeline
from training.speech.speaker import Speaker, cast
from training.speech.studio import Studio
from training.speech.texts import SAVED, save

_LETTERS_A_SECOND = 14.0
_TURN_PAUSE_S = 1.6
_studios: dict[Path, Studio] = {}


def make_shard(job: Job, studio: Studio, folder: Path) -> float:
    """Writes NNN.opus and NNN.json; returns its length in seconds.

    Raises:
        RuntimeError: the engine made next to no usable sound
    """
    timeline = Timeline(random.Random(1000 + job.number), LIVELY if job.varied else USUAL)
    if job.engine == "noise":
        _fill_with_noises(timeline, job)
    else:
        _fill_with_talk(timeline, job, studio)
        if timeline.length_s < 0.4 * job.seconds:
            raise RuntimeError(f"{job.engine} {job.voices} makes hardly any sound")
    label = f"{job.engine} {job.variety}{' varied' if job.varied else ''}"
    timeline.write(folder / f"{job.number:03d}.json", label, job.kbit)
    return timeline.length_s


def _fill_with_noises(timeline: Timeline, job: Job) -> None:
    while timeline.length_s < job.seconds:
        for voice, _ in job.voices:
            timeline.add_nonspeech(voice)


def _fill_with_talk(timeline: Timeline, job: Job, studio: Studio) -> None:
    speakers = _cast(job, timeline.draw)
    script = _script(job, speakers, timeline.draw)
    said = _say_all(script, studio, timeline.draw)
    for number, (_, turn) in enumerate(script):
        heard = [said[id(line)] for line in turn if id(line) in said]
        if heard:
            timeline.add_turn(heard, number)


def _cast(job: Job, draw: random.Random) -> list[Speaker]:
    return [
        cast(job.engine, *job.voices[k % len(job.voices)], job.variety, draw)
        for k in range(max(job.speakers, len(job.voices)))
    ]


def _script(
    job: Job, speakers: list[Speaker], draw: random.Random
) -> list[tuple[Speaker, list[Line]]]:
    """Who says what: pairs of speakers in conversation for a while each, then the next pair."""
    texts = {
        language: turns(language, job.number, job.varied)
        for language in {speaker.language for speaker in speakers}
    }
    script: list[tuple[Speaker, list[Line]]] = []
    expected_s, section = 0.0, 0
    while expected_s < job.seconds:
        first, second = speakers[section % len(speakers)], speakers[(section + 1) % len(speakers)]
        section += 1
        for k in range(draw.randint(4, 8)):
            speaker = second if k % 2 else first
            turn = next(texts[speaker.language])
            script.append((speaker, turn))
            letters = sum(len(line.text) + 8 for line in turn)
            expected_s += letters / (_LETTERS_A_SECOND * speaker.tempo) + _TURN_PAUSE_S
    return script


def _say_all(
    script: list[tuple[Speaker, list[Line]]], studio: Studio, draw: random.Random
) -> dict[int, Said]:
    """What was said by id of its line; each speaker's lines at once, since some start slowly."""
    result: dict[int, Said] = {}
    for speaker in {id(s): s for s, _ in script}.values():
        lines = [line for s, turn in script if s is speaker for line in turn]
        for line, said in zip(lines, studio.say(speaker, lines, draw), strict=True):
            if said is not None:
                result[id(line)] = said
    return result


def _make(task: tuple[Job, Path, float]) -> str:
    job, cache, end_s = task
    folder = cache / "shards"
    if time.monotonic() > end_s:
        return f"{job.number:03d} left for another time"
    if (folder / f"{job.number:03d}.json").exists():
        return f"{job.number:03d} is there"
    studio = _studios.setdefault(cache, Studio(cache / "engines"))
    start_s, start_cpu_s = time.monotonic(), time.process_time()
    seconds = make_shard(job, studio, folder)
    return (
        f"{job.number:03d} {job.engine} {job.voices[0][0]} {job.variety}: {seconds:.0f} s "
        f"in {time.monotonic() - start_s:.0f} s ({time.process_time() - start_cpu_s:.0f} s cpu)"
    )


def _tried(task: tuple[Job, Path, float]) -> str:
    """One broken voice must not end a night's work; its shard stays missing and is reported."""
    try:
        return _make(task)
    except (RuntimeError, OSError, LookupError, ValueError) as error:
        return f"{task[0].number:03d} {task[0].engine} FAILED: {error}"


def make_corpus(cache: Path, only: str | None, workers: int, seconds: float) -> None:
    """Makes the missing shards of the plan (of one engine, if `only` names it)."""
    end_s = time.monotonic() + seconds
    folder = cache / "shards"
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [
        (job, cache, end_s)
        for job in plan()
        if only in (None, job.engine) and not (folder / f"{job.number:03d}.json").exists()
    ]
    if workers <= 1:
        for task in tasks:
            print(_tried(task), flush=True)
    else:
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            for line in pool.imap_unordered(_tried, tasks):
                print(line, flush=True)
    if only in (None, "kokoro") and kokoro_batch.LINES.exists():
        kokoro_batch.speak(
            kokoro_batch.LINES.parent, cache / "engines" / "kokoro.onnx", folder,
            end_s - time.monotonic(), workers=workers, from_end=True,
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("cache/speech"))
    parser.add_argument("--only", help="engine to make shards of; all by default")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--report", action="store_true", help="measure the shards there are")
    parser.add_argument("--save-texts", help="en,es,...: keep their sentences for other machines")
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no shard after so long")
    arguments = parser.parse_args()
    if arguments.save_texts:
        for language in arguments.save_texts.split(","):
            print(save(language, SAVED))
        return
    if arguments.report:
        print(report(arguments.cache / "shards"))
        return
    os.environ["OMP_NUM_THREADS"] = "1"  # for the worker processes, which start from nothing
    make_corpus(arguments.cache, arguments.only, arguments.workers, arguments.seconds)


if __name__ == "__main__":
    main()
