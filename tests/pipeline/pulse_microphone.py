"""A virtual microphone: PulseAudio as a plain process, reached by PortAudio through ALSA."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("pulseaudio", "pactl", "paplay")
ALSA_PLUGINS = ("/usr/lib/x86_64-linux-gnu/alsa-lib", "/usr/lib/aarch64-linux-gnu/alsa-lib",
                "/usr/lib/alsa-lib", "/usr/lib64/alsa-lib")  # fmt: skip
PLUGIN = "libasound_module_pcm_pulse.so"
ASOUND_CONF = """
pcm.pulse { type pulse hint { show on description "pulse" } }
ctl.pulse { type pulse }
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
PULSE_CONF = """
load-module module-native-protocol-unix socket={folder}/sock auth-anonymous=1
load-module module-null-sink sink_name=mic rate=48000 channels=1
load-module module-remap-source source_name=mic_in master=mic.monitor
set-default-sink mic
set-default-source mic_in
"""


@dataclass(frozen=True, slots=True)
class PulseMicrophone:
    """environment: what programs need to reach it; process: the sound server."""

    environment: dict[str, str]
    process: subprocess.Popen

    def play(self, path: Path) -> subprocess.Popen:
        """Play a sound file into the microphone."""
        command = ["paplay", "-d", "mic", str(path)]
        return subprocess.Popen(command, env=self.environment)


def what_is_missing() -> str:
    """Why there can be no virtual microphone here; empty when there can."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if not any((Path(folder) / PLUGIN).exists() for folder in ALSA_PLUGINS):
        missing.append(PLUGIN)
    return f"not installed: {', '.join(missing)}" if missing else ""


@contextmanager
def pulse_microphone(folder: Path) -> Iterator[PulseMicrophone]:
    """Run a sound server of our own in `folder`, whose default input is a silent null sink."""
    (folder / "asound.conf").write_text(ASOUND_CONF)
    (folder / "pulse.pa").write_text(PULSE_CONF.format(folder=folder))
    (folder / "run").mkdir(mode=0o700, exist_ok=True)
    environment = os.environ | {
        "PULSE_RUNTIME_PATH": f"{folder}/run",
        "PULSE_STATE_PATH": f"{folder}",
        "XDG_RUNTIME_DIR": f"{folder}/run",
        "XDG_CONFIG_HOME": f"{folder}",
        "PULSE_SERVER": f"unix:{folder}/sock",
        "ALSA_CONFIG_PATH": f"{folder}/asound.conf",
    }
    command = ["pulseaudio", "-n", "-F", f"{folder}/pulse.pa", "--daemonize=no",
               "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes",
               "--log-level=error"]  # fmt: skip
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for_server(environment, process)
        yield PulseMicrophone(environment, process)
    finally:
        process.kill()
        process.wait()


def _wait_for_server(environment: dict[str, str], process: subprocess.Popen) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        answer = subprocess.run(
            ["pactl", "info"], env=environment, capture_output=True, check=False
        )
        if answer.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("the sound server did not start")
