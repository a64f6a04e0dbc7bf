"""Runs the chain for minutes while one thing after the other goes wrong.

    python -m bench.soak --minutes 30 [--seed 0] [--pause 5] [--out soak.json] [--log soak.log]

Real are the models, the loop and everything that keeps it alive; microphone, camera, clock and the
reach to the engine stand behind their ports and fail on purpose (`soak_faults`). Nothing may end
the run, each fault has to be named in the log, and live pictures with sound have to be back within
two seconds after it.
"""

import argparse
import json
import logging
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench.soak_devices import (
    EnginePort,
    JumpingClock,
    Port,
    SoakAssembly,
    SoakCamera,
    SoakMicrophone,
    Watch,
)
from bench.soak_faults import Fault, Surroundings, read_log
from bench.soak_report import Outcome, figures, loop_figures, table
from bench.speed import write_voice
from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.avatar import list_avatars
from pipeline.live import Live
from pipeline.notices import Notices
from pipeline.one_heap import share_one_heap
from pipeline.patient_camera import PatientCamera
from pipeline.patient_log import PatientLog
from pipeline.patient_source import PatientSource
from pipeline.sound_file import decode_audio
from pipeline.source_opener import SourceOpener
from pipeline.stages import Assembly, Choices

PATIENCE_S = 30.0
POLL_S = 0.02
STEADY_S = 0.2
# A picture this old is not live; sound below this is the silence that stands in for it.
OLD_PICTURE_S = 0.4
SILENCE_DB = -70.0
VOICE_S = 20.0
HISS = 0.002


@dataclass
class Soak:
    """The chain, what can go wrong with it, and what became of it."""

    live: Live
    source: PatientSource
    notices: Notices
    watch: Watch
    surroundings: Surroundings
    log_path: Path
    outcomes: list[Outcome] = field(default_factory=list)
    rss_mb: list[float] = field(default_factory=list)
    crash: str = ""

    def run(self, duration_s: float, pause_s: float, seed: int) -> None:
        """Let faults happen for so long; a crash of the loop ends it."""
        stop = threading.Event()
        loop = threading.Thread(target=self._run_live, args=(stop,), name="loop")
        memory = threading.Thread(target=self._sample_memory, args=(stop,), daemon=True)
        start_s = time.monotonic()
        loop.start()
        memory.start()
        self._time_recovery(time.monotonic())
        for fault in self.surroundings.faults(seed):
            time.sleep(pause_s)
            begun_s = time.monotonic() - start_s
            if begun_s > duration_s or not loop.is_alive():
                break
            self.outcomes.append(self._suffer(fault, begun_s))
            print(self.outcomes[-1], file=sys.stderr, flush=True)
        stop.set()
        loop.join()
        memory.join()

    def _suffer(self, fault: Fault, begun_s: float) -> Outcome:
        before = read_log(self.log_path)
        start_s = time.monotonic()
        fault.happen()
        over_s = time.monotonic()
        recovery_s = self._time_recovery(over_s)
        is_named = fault.is_named(before, read_log(self.log_path))
        return Outcome(fault.kind, fault.detail, begun_s, over_s - start_s, recovery_s, is_named)

    def _time_recovery(self, start_s: float) -> float | None:
        """Seconds until pictures and sound are live again and stay so for a moment."""
        time.sleep(2 * POLL_S)
        well_since_s = None
        while (now_s := time.monotonic()) - start_s < PATIENCE_S:
            if not self._is_well():
                well_since_s = None
            elif well_since_s is None:
                well_since_s = now_s
            elif now_s - well_since_s >= STEADY_S:
                return well_since_s - start_s
            time.sleep(POLL_S)
        return None

    def _is_well(self) -> bool:
        age_s = time.monotonic() - self.watch.last_new_s
        return (
            age_s < OLD_PICTURE_S
            and self.live.level_db()[0] > SILENCE_DB
            and not self.notices.sentences()
        )

    def _run_live(self, stop: threading.Event) -> None:
        try:
            with self.source:
                self.live.run(self.source, stop)
        except BaseException:
            self.crash = traceback.format_exc()

    def _sample_memory(self, stop: threading.Event) -> None:
        process = psutil.Process()
        while not stop.wait(1.0):
            self.rss_mb.append(process.memory_info().rss / 1e6)


@contextmanager
def prepared_soak(folder: Path, assembly: Assembly, choices: Sequence[Choices]) -> Iterator[Soak]:
    """The chain with all its parts, closed at the end.

    assembly: makes the stages; choices: the first to begin with, all of them to change between
    """
    with ExitStack() as parts:
        log_file = PatientLog(folder / "soak.log")
        parts.callback(log_file.close)
        logging.getLogger().addHandler(log_file)
        parts.callback(logging.getLogger().removeHandler, log_file)
        logging.getLogger().setLevel(logging.INFO)
        clock, notices, watch = JumpingClock(), Notices(), Watch()
        microphone, camera, motion, renderer = Port(), Port(), EnginePort(), EnginePort()
        voice = voice_with_hiss(folder)
        sink = PatientCamera(lambda: SoakCamera(camera, watch), lambda name, advice: None)
        parts.callback(sink.close)
        live = Live(
            SoakAssembly(assembly, motion, renderer),
            choices[0],
            sink,
            paced=True,
            clock=clock,
            notices=notices,
        )
        live.warm_up()
        opener = SourceOpener(lambda: SoakMicrophone(microphone, voice, clock))
        source = PatientSource(opener, "soak microphone", notices, clock)
        avatars = tuple(choice.avatar for choice in choices)
        surroundings = Surroundings(
            live, clock, microphone, camera, motion, renderer, log_file, avatars
        )
        yield Soak(live, source, notices, watch, surroundings, folder / "soak.log")


def voice_with_hiss(folder: Path) -> np.ndarray:
    """A voice that is never digital silence, (n,) float32 at 24 kHz."""
    voice = decode_audio(write_voice(folder / "voice.wav", VOICE_S))
    return voice + np.random.default_rng(0).normal(0, HISS, len(voice)).astype(np.float32)


def report(soak: Soak, took_s: float) -> dict[str, Any]:
    """What the soak showed; `passed` says whether that is good enough."""
    loop = loop_figures(soak.live.statistics, soak.watch.pictures, soak.watch.longest_gap_s)
    return {**figures(soak.outcomes, soak.rss_mb, soak.crash, took_s), **loop}


def main() -> int:
    parser = argparse.ArgumentParser(description="Let things go wrong for minutes.")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between faults")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--out", type=Path, help="write all figures to this JSON file")
    parser.add_argument("--json", action="store_true", help="print them instead of the table")
    parser.add_argument("--log", type=Path, help="keep the log here")
    options = parser.parse_args()
    # As the application does.
    share_one_heap()
    with (
        tempfile.TemporaryDirectory() as folder,
        prepared_soak(
            Path(folder),
            ModelAssembly(StageOptions(device=options.device)),
            [Choices(entry.name) for entry in list_avatars()[:3]],
        ) as soak,
    ):
        started_s = time.monotonic()
        soak.run(60 * options.minutes, options.pause, options.seed)
        measured = report(soak, time.monotonic() - started_s)
        if options.log is not None:
            options.log.write_text(read_log(soak.log_path), encoding="utf-8")
    if options.out is not None:
        options.out.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(measured) if options.json else table(measured))
    return 0 if measured["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
