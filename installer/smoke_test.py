#!/usr/bin/env python3
"""Try a built application: `doctor`, a render of 3 s, and the window from start to end.

    python3 installer/smoke_test.py dist/ChatAnyone

Standard library only. Needs no microphone, camera or display. Says what failed and exits with 1.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

RATE_HZ = 24_000
SECONDS = 3
FRAMES = 30 * SECONDS
# Others depend on the machine: microphone, camera, display, disk, locale.
TOPICS = ("versions", "models", "networks", "torch", "gallery", "import", "signing")
TIMEOUT_S = 300
NOT_RUNNING = 2


class SmokeError(Exception):
    """What failed, in one sentence."""


def main(arguments: list[str]) -> int:
    """The exit code: 0 where everything works."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: smoke_test.py FOLDER_OF_THE_APPLICATION", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as home:
        try:
            application = Application(Path(arguments[0]), Path(home))
            for check in (check_doctor, check_render, check_window):
                print(f"{check.__name__}: {check(application)}", flush=True)
        except SmokeError as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
    return 0


class Application:
    """The built program, with settings and logs of its own in `home`."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.home = home
        self.program = program_of(folder)
        if not self.program.is_file():
            raise SmokeError(f"there is no {self.program}")
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA",
                 "APPDATA", "TMPDIR")  # fmt: skip
        self.environment = {**os.environ, **dict.fromkeys(names, str(home))}
        self.environment["QT_QPA_PLATFORM"] = "offscreen"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it, from a folder that has nothing to do with it."""
        return subprocess.Popen(
            [str(self.program), *arguments], cwd=self.home, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output and errors of one command."""
        process = self.start(*arguments)
        try:
            out, err = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise SmokeError(f"{arguments[0]} did not end within {TIMEOUT_S} s") from error
        return process.returncode, out, err

    def ask(self, *arguments: str) -> dict:
        """The JSON object of a command that has to succeed."""
        code, out, err = self.run(*arguments, "--json")
        if code != 0:
            raise SmokeError(f"{arguments[0]} ended with {code}: {err.strip()[-500:]}")
        return json.loads(out.strip().splitlines()[-1])


def program_of(folder: Path) -> Path:
    """The program for the command line in a built folder."""
    if sys.platform == "win32":
        return folder.resolve() / "chatanyone-cli.exe"
    if folder.suffix == ".app":
        return folder.resolve() / "Contents" / "MacOS" / "ChatAnyone"
    return folder.resolve() / "ChatAnyone"


def check_doctor(application: Application) -> str:
    """Everything that came along works."""
    findings = {entry["topic"]: entry for entry in application.ask("doctor")["findings"]}
    for topic in TOPICS:
        if topic not in findings or not findings[topic]["ok"]:
            raise SmokeError(f"doctor, {topic}: {findings.get(topic)}")
    told = ("networks", "torch", "import", "signing")
    return "; ".join(findings[topic]["sentence"] for topic in told)


def check_render(application: Application) -> str:
    """A sound becomes a video of the same length, signed, and the signature fits it."""
    sound, video = application.home / "talk.wav", application.home / "talk.mp4"
    write_sound(sound)
    answer = application.ask("render", "--audio", str(sound), "--out", str(video))
    if answer["frames_sent"] != FRAMES or not video.stat().st_size:
        raise SmokeError(f"render made {answer['frames_sent']} of {FRAMES} frames")
    if not application.ask("verify", str(video))["is_ours"]:
        raise SmokeError("the video is not signed by this installation")
    return f"{FRAMES} frames in {answer['took_s']:.1f} s, {video.stat().st_size / 1e3:.0f} kB"


def check_window(application: Application) -> str:
    """It starts, a second start is answered, and it ends when it is asked to."""
    code, _, err = application.run("--state")
    if code != NOT_RUNNING:
        raise SmokeError(f"--state without a window ended with {code}: {err.strip()}")
    started_s = time.monotonic()
    window = application.start()
    try:
        while application.run("--state")[0] != 0:
            if window.poll() is not None:
                raise SmokeError(f"the window did not open: {window.communicate()[1][-500:]}")
            if time.monotonic() - started_s > TIMEOUT_S:
                raise SmokeError("the window does not answer")
            time.sleep(0.2)
        opened_s = time.monotonic() - started_s
        state = application.ask("--style", "calm")
        if state["style"] != "calm":
            raise SmokeError(f"--style calm gave {state}")
        window.terminate()
        window.communicate(timeout=30)
    except subprocess.TimeoutExpired as error:
        raise SmokeError("the window does not end") from error
    finally:
        window.kill()
    if os.name != "nt" and window.returncode != 0:
        raise SmokeError(f"the window ended with {window.returncode}")
    return f"answers {opened_s:.1f} s after the start, obeys and ends"


def write_sound(path: Path) -> None:
    """Three seconds that buzz like a voice, two syllables a second."""
    samples = bytearray()
    for index in range(SECONDS * RATE_HZ):
        time_s = index / RATE_HZ
        buzz = sum(math.sin(2 * math.pi * 120 * n * time_s) / n for n in range(1, 8))
        loudness = max(math.sin(4 * math.pi * time_s), 0.0)
        samples += int(5000 * buzz * loudness).to_bytes(2, "little", signed=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(bytes(samples))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
