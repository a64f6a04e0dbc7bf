"""A microphone of our own for calls, on Linux: a null sink of PulseAudio or PipeWire.

Whatever is played into the sink, programs can record from the source that is made beside it.
Both are made by the sound server for this user, without root, and go away with it.
"""

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import VoiceOutError

log = logging.getLogger(__name__)

SINK, SOURCE = "chatanyone_voice", "chatanyone_microphone"
SINK_TITLE, SOURCE_TITLE = "ChatAnyone voice", "ChatAnyone Microphone"
TIMEOUT_S = 5.0
# Read when a stream is opened: by PulseAudio's client library, and by PipeWire's plug-in for ALSA.
TARGETS = ("PULSE_SINK", "PIPEWIRE_NODE")


def can_make_microphone() -> bool:
    """Whether this system has the program that makes one."""
    return sys.platform.startswith("linux") and shutil.which("pactl") is not None


class NullSink:
    """The sink and the source; those that are there already, of a run before, are used again.

    Raises VoiceOutError where the sound server does not make them.
    """

    def __init__(self) -> None:
        if not can_make_microphone():
            raise VoiceOutError(
                "A microphone of our own needs pactl; install it with `sudo apt install"
                " pulseaudio-utils`."
            )
        self._modules: list[str] = []
        if SINK not in _pactl("list", "short", "sinks"):
            self._load("module-null-sink", f"sink_name={SINK}", "rate=48000", "channels=2",
                       f"sink_properties={_titled(SINK_TITLE)}")  # fmt: skip
        if SOURCE not in _pactl("list", "short", "sources"):
            self._load("module-remap-source", f"source_name={SOURCE}", f"master={SINK}.monitor",
                       f"source_properties={_titled(SOURCE_TITLE)}")  # fmt: skip

    @contextmanager
    def as_default(self) -> Iterator[None]:
        """Within this, outputs that this process opens play into the sink, also after an underrun,
        when the system's plug-in opens them anew."""
        before = {name: os.environ.get(name) for name in TARGETS}
        os.environ.update(dict.fromkeys(TARGETS, SINK))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

    def take_stream(self) -> None:
        """Let what this process plays go into the sink, whichever output it was opened on.

        Raises VoiceOutError where the sound server knows of no stream of this process.
        """
        inputs = re.split(r"^Sink Input #", _pactl("list", "sink-inputs"), flags=re.MULTILINE)[1:]
        process = re.compile(rf'application\.process\.id = "{os.getpid()}"')
        numbers = [entry.split(maxsplit=1)[0] for entry in inputs if process.search(entry)]
        if not numbers:
            raise VoiceOutError(
                "The voice does not go through PulseAudio or PipeWire; choose an output by name."
            )
        for number in numbers:
            _pactl("move-sink-input", number, SINK)

    def close(self) -> None:
        """Take away what this run has made; a second call does nothing."""
        modules, self._modules = self._modules, []
        for module in reversed(modules):
            try:
                _pactl("unload-module", module)
            except VoiceOutError as fault:
                log.info("%s", fault)

    def _load(self, *words: str) -> None:
        try:
            self._modules.append(_pactl("load-module", *words).strip())
        except VoiceOutError:
            self.close()
            raise


def _titled(title: str) -> str:
    """A property list as the sound server wants one whose value has a space."""
    return f"""'device.description="{title}"'"""


def _pactl(*words: str) -> str:
    environment = os.environ | {"LC_ALL": "C"}
    try:
        answer = subprocess.run(
            ["pactl", *words],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise VoiceOutError("The sound server does not answer ({reason}).", reason=fault) from fault
    if answer.returncode != 0:
        reason = answer.stderr.strip() or "no reason given"
        raise VoiceOutError(
            "The sound server refused `pactl {command}` ({reason}).",
            command=words[0],
            reason=reason,
        )
    return answer.stdout
