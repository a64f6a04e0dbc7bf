"""Does Chromium see the virtual camera, and what is sent to it?

    python -m bench.camera_client --guest camera-vm.sh --folder FOLDER --report report.json
        [--sound talk.flac] [--avatar NAME] [--label "ChatAnyone Camera"]

An avatar speaks the sound on this machine; in a Linux guest with a real v4l2loopback the frames go
through the application's camera (`pipeline.patient_camera` and what is below it) to headless
Chromium, which opens the camera by its name. In every frame stands the sample index of its sound
(`frame_code`), so that what came is known frame by frame; a face tracker looks at the lips of what
was sent and of what came. Between two looks the camera is closed and opened, its process killed, it
is taken by another program, and its driver is unloaded.

--guest: a program with `run FOLDER COMMAND...`, which runs the command in that folder as the
guest's root, with CAMERA_VM_LABEL as the camera's label; with Chromium, ffmpeg, v4l2-ctl and
Python 3.11. Chromium gets less than 30 frames a second, since all of the guest runs on one core.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.camera_client import kit
from bench.camera_client.recording import record
from bench.camera_client.report import acts_report
from pipeline.portrait.trackers import Trackers
from pipeline.stages import Choices

IN_GUEST = ("env", "PYTHONPATH=code:site", "PYTHONDONTWRITEBYTECODE=1")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--guest", type=Path, required=True, help="the program that runs the guest")
    parser.add_argument("--folder", type=Path, required=True, help="for the guest's files; is kept")
    parser.add_argument("--report", type=Path, required=True, help="JSON file to write")
    parser.add_argument("--sound", type=Path, default=Path("tests/data/go_forward.flac"))
    parser.add_argument("--avatar", default="", help="default: the first of the gallery")
    parser.add_argument("--label", default="ChatAnyone Camera", help="of the guest's camera")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    trackers = Trackers.load()
    recording = record(options.sound, Choices(options.avatar), trackers)
    kit.fill(options.folder, recording, options.label)
    run_guest(options.guest, options.folder, options.label)
    figures: dict[str, Any] = acts_report(options.folder / "run", recording, trackers)
    options.report.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))
    return 0 if figures["passed"] else 1


def run_guest(guest: Path, folder: Path, label: str) -> None:
    """Let `bench.camera_client.guest` do its acts there."""
    command = [
        guest.resolve(),
        "run",
        folder,
        *IN_GUEST,
        "python3",
        "-m",
        "bench.camera_client.guest",
    ]
    subprocess.run([*command, "run"], check=True, env=os.environ | {"CAMERA_VM_LABEL": label})


if __name__ == "__main__":
    sys.exit(main())
