"""Runs the chain for minutes while one thing after the other goes wrong.

    python -m bench.soak --minutes 30 [--seed 0] [--pause 5]

Real are the models, the loop and everything that keeps it alive; microphone, camera, clock and the
reach to the engine stand behind their ports and fail on purpose (`soak_faults`). Nothing may end
the run, each fault has to be named in the log, and live pictures with sound have to be back within
two seconds after it.
"""

import argparse
import json
import logging
import statistics
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
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
from bench.speed import write_voice
from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.avatar import list_avatars
from pipeline.live import Live
from pipeline.notices import Notices
from pipeline.patient_camera import PatientCamera
from pipeline.patient_log import PatientLog
from pipeline.patient_source import PatientSource
from pipeline.sound_file import decode_audio
from pipeline.source_opener import SourceOpener
from pipeline.stages import Assembly, Choices

GOAL_S = 2.0
LARGEST_GROWTH = 0.05
PATIENCE_S = 30.0
POLL_S = 0.02
STEADY_S = 0.2
# A picture this old is not live; sound below this is the silence that stands in for it.
OLD_PICTURE_S = 0.4
SILENCE_DB = -70.0
VOICE_S = 20.0
HISS = 0.002


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault. recovery_s: from its end until all was well, None where that did not come"""

    kind: str
    recovery_s: float | None
    is_named: bool


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
        end_s = time.monotonic() + duration_s
        loop.start()
        memory.start()
        self._time_recovery(time.monotonic())
        for fault in self.surroundings.faults(seed):
            time.sleep(pause_s)
            if time.monotonic() > end_s or not loop.is_alive():
                break
            self.outcomes.append(self._suffer(fault))
            _tell(self.outcomes[-1])
        stop.set()
        loop.join()
        memory.join()

    def _suffer(self, fault: Fault) -> Outcome:
        before = read_log(self.log_path).count(fault.named)
        fault.happen()
        recovery_s = self._time_recovery(time.monotonic())
        is_named = not fault.named or read_log(self.log_path).count(fault.named) > before
        return Outcome(fault.kind, recovery_s, is_named)

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
    recoveries = [outcome.recovery_s for outcome in soak.outcomes]
    known = sorted(recovery_s for recovery_s in recoveries if recovery_s is not None)
    slow = [asdict(o) for o in soak.outcomes if o.recovery_s is None or o.recovery_s > GOAL_S]
    unnamed = [outcome.kind for outcome in soak.outcomes if not outcome.is_named]
    growth = memory_growth(soak.rss_mb)
    figures = soak.live.statistics
    return {
        "passed": not (soak.crash or unnamed or slow or growth > LARGEST_GROWTH),
        "minutes": round(took_s / 60, 2),
        "crash": soak.crash,
        "faults": len(soak.outcomes),
        "unnamed": unnamed,
        "recovery_s": {
            "median": round(statistics.median(known), 2) if known else None,
            "largest": round(known[-1], 2) if known else None,
            "beyond_goal": slow,
        },
        "memory_mb": [round(soak.rss_mb[0]), round(soak.rss_mb[-1])] if soak.rss_mb else [],
        "memory_growth_percent": round(100 * growth, 2),
        "pictures_at_camera": soak.watch.pictures,
        "longest_gap_at_camera_s": round(soak.watch.longest_gap_s, 3),
        "frames_sent": figures.frames_sent,
        "frames_dropped": figures.frames_dropped,
        "late_frames": figures.late_frames,
        "outcomes": [asdict(outcome) for outcome in soak.outcomes],
    }


def memory_growth(rss_mb: list[float]) -> float:
    """How much larger the lowest of the last quarter is than the lowest of the second, as a share.

    The lowest, because an engine that is made beside another one takes memory for a while.
    """
    quarter = len(rss_mb) // 4
    if not quarter:
        return 0.0
    return min(rss_mb[-quarter:]) / min(rss_mb[quarter : 2 * quarter]) - 1


def _tell(outcome: Outcome) -> None:
    recovery = "did not recover" if outcome.recovery_s is None else f"{outcome.recovery_s:.2f} s"
    named = "" if outcome.is_named else ", not named in the log"
    print(f"{outcome.kind}: {recovery}{named}", file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Let things go wrong for minutes.")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between faults")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--log", type=Path, help="keep the log here")
    options = parser.parse_args()
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
        figures = report(soak, time.monotonic() - started_s)
        if options.log is not None:
            options.log.write_text(read_log(soak.log_path), encoding="utf-8")
    print(json.dumps(figures, indent=2))
    return 0 if figures["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
