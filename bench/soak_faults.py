"""What goes wrong in a soak, how long for, and the line of the log that names it."""

import errno
import logging
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.soak_devices import EnginePort, JumpingClock, Port
from pipeline.live import Live
from pipeline.patient_log import PatientLog

log = logging.getLogger(__name__)

STALLS_S = (0.3, 0.6, 1.2, 2.5, 5.0)
JUMPS_S = (3.0, 60.0, 3600.0)
LOAD_S = 8.0
LONGEST_WAIT_S, STEP_S = 60.0, 0.005
NO_MEMORY = "CUDA out of memory. Tried to allocate 2.00 GiB"


@dataclass(frozen=True, slots=True)
class Fault:
    """kind: for the report; named: part of the line of the log that names it
    happen: lets it happen and returns when it is over; detail: how long or how much, in words
    over: part of the line that says the end of a state; one that lasts is not named anew
    """

    kind: str
    named: str
    happen: Callable[[], None]
    detail: str = ""
    over: str = ""

    def is_named(self, before: str, log_text: str) -> bool:
        """Whether the log says it, which was `before` when it began."""
        lasts = bool(self.over) and log_text.rfind(self.named) > log_text.rfind(self.over)
        return lasts or log_text.count(self.named) > before.count(self.named)


@dataclass
class Surroundings:
    """Everything that can go wrong."""

    live: Live
    clock: JumpingClock
    microphone: Port
    camera: Port
    motion: EnginePort
    renderer: EnginePort
    log_file: PatientLog
    avatars: tuple[str, ...]

    def __post_init__(self) -> None:
        self._avatar = self.avatars[0]

    def faults(self, seed: int) -> Iterator[Fault]:
        """One after the other without end, every kind once a round, in an order by the seed."""
        draw = random.Random(seed)
        makers: list[Callable[[random.Random], Fault]] = [
            self.microphone_gone,
            self.microphone_stalls,
            self.microphone_muted,
            self.camera_gone,
            self.camera_hangs,
            self.renderer_stalls,
            self.motion_stalls,
            self.engine_lost,
            self.model_reload,
            self.memory_out,
            self.disk_full,
            self.clock_jumps,
            self.processor_load,
        ]
        while True:
            draw.shuffle(makers)
            for make in makers:
                yield make(draw)

    def microphone_gone(self, draw: random.Random) -> Fault:
        held = partial(_unplugged, self.microphone, draw.uniform(2.5, 5.0))
        return Fault("microphone unplugged", "microphone: Waiting for", held)

    def microphone_stalls(self, draw: random.Random) -> Fault:
        stall_s = draw.choice(STALLS_S)
        stall = partial(_held, self.microphone, stall_s)
        return Fault("microphone stalls", "s without sound", stall, f"{stall_s} s")

    def microphone_muted(self, draw: random.Random) -> Fault:
        return Fault(
            "microphone muted", "sends silence only", partial(_muted, self.microphone, 6.0)
        )

    def camera_gone(self, draw: random.Random) -> Fault:
        held = partial(_unplugged, self.camera, draw.uniform(1.0, 4.0))
        return Fault("camera gone", "no camera: ", held)

    def camera_hangs(self, draw: random.Random) -> Fault:
        stall_s = draw.choice(STALLS_S)
        hang = partial(_held, self.camera, stall_s)
        return Fault("camera hangs", "driver of the camera took", hang, f"{stall_s} s")

    def renderer_stalls(self, draw: random.Random) -> Fault:
        stall_s = draw.choice(STALLS_S)
        hang = partial(_hanging, self.renderer, stall_s)
        return Fault("renderer stalls", "stage renderer came back", hang, f"{stall_s} s")

    def motion_stalls(self, draw: random.Random) -> Fault:
        stall_s = draw.choice(STALLS_S)
        hang = partial(_hanging, self.motion, stall_s)
        return Fault("motion stalls", "stage face_motion came back", hang, f"{stall_s} s")

    def engine_lost(self, draw: random.Random) -> Fault:
        port = draw.choice((self.motion, self.renderer))
        return Fault("engine lost", "the engine failed", partial(_losing, port))

    def memory_out(self, draw: random.Random) -> Fault:
        return Fault(
            "out of memory", "the engine failed", partial(_failing, self.renderer, NO_MEMORY)
        )

    def model_reload(self, draw: random.Random) -> Fault:
        return Fault("another avatar", "shown now: ", partial(self._reloading, draw))

    def disk_full(self, draw: random.Random) -> Fault:
        return Fault("disk full", "lines could not be written", self._full_disk)

    def clock_jumps(self, draw: random.Random) -> Fault:
        jump_s = draw.choice(JUMPS_S)
        jump = partial(self._jumping, jump_s)
        return Fault("clock jumps", "the clock jumped", jump, f"{jump_s:.0f} s")

    def processor_load(self, draw: random.Random) -> Fault:
        processes = max(os.cpu_count() or 1, 2)
        return Fault(
            "processor load",
            "the processor is busy",
            partial(_busy, processes, LOAD_S),
            f"{processes} processes",
            over="the processor has time again",
        )

    def _reloading(self, draw: random.Random) -> None:
        self._avatar = draw.choice([name for name in self.avatars if name != self._avatar])
        self.live.set_avatar(self._avatar)
        _wait_for(lambda: self.live.shown_avatar == self._avatar)

    def _jumping(self, jump_s: float) -> None:
        self.clock.offset_s += jump_s

    def _full_disk(self) -> None:
        """Writing to the log fails as on a full disk; something is logged meanwhile."""
        full: Any = _FullDisk()
        self.log_file.acquire()
        stream, self.log_file.stream = self.log_file.stream, full
        self.log_file.release()
        for number in range(5):
            log.info("line %d for a full disk", number)
        time.sleep(1.0)
        self.log_file.acquire()
        self.log_file.stream = stream
        self.log_file.release()
        log.info("the disk has room again")


class _FullDisk:
    """A stream as a file has it on a disk without room."""

    name = "full"

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        """Nothing was written."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def tell(self) -> int:
        return 0


def _unplugged(port: Port, duration_s: float) -> None:
    port.present = False
    time.sleep(duration_s)
    port.present = True


def _held(port: Port, duration_s: float) -> None:
    port.held = True
    time.sleep(duration_s)
    port.held = False


def _muted(port: Port, duration_s: float) -> None:
    port.muted = True
    time.sleep(duration_s)
    port.muted = False


def _hanging(port: EnginePort, duration_s: float) -> None:
    port.hang_s = duration_s
    _wait_for(lambda: not port.hang_s)
    time.sleep(duration_s)


def _failing(port: EnginePort, words: str) -> None:
    port.fault = RuntimeError(words)
    _wait_for(lambda: port.fault is None)


def _losing(port: EnginePort) -> None:
    before = port.failures
    port.lost = port.made
    _wait_for(lambda: port.failures > before)


def _wait_for(condition: Callable[[], bool]) -> None:
    """Until the loop has come across it; a busy machine leaves out pictures."""
    end_s = time.monotonic() + LONGEST_WAIT_S
    while not condition() and time.monotonic() < end_s:
        time.sleep(STEP_S)


def _busy(processes: int, duration_s: float) -> None:
    program = f"import time as t; e = t.monotonic() + {duration_s}\nwhile t.monotonic() < e: pass"
    hogs = [subprocess.Popen([sys.executable, "-S", "-c", program]) for _ in range(processes)]
    for hog in hogs:
        hog.wait()


def read_log(path: Path) -> str:
    """The log with what was rotated away from it, the oldest first."""
    parts = sorted(path.parent.glob(path.name + "*"), reverse=True)
    return "".join(part.read_text(encoding="utf-8", errors="replace") for part in parts)
