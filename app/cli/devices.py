"""`devices`: microphones and cameras that the other commands take."""

import argparse

from app.cli.options import Answer, declare
from pipeline.errors import UserError


def add_command(commands) -> None:
    """Declare the command."""
    declare(commands, "devices", "List microphones and virtual cameras.", run)


def run(options: argparse.Namespace) -> Answer:
    """Print the devices by the names that --mic and --camera take."""
    from pipeline.camera import list_cameras
    from pipeline.microphone_list import list_microphones

    problems = []
    try:
        microphones = [
            {
                "name": f"{microphone.name}, {microphone.host_api}",
                "default": microphone.default,
                "sample_rate_hz": microphone.sample_rate_hz,
            }
            for microphone in list_microphones()
        ]
    except UserError as error:
        microphones = []
        problems.append(str(error))
    try:
        cameras = list_cameras()
    except UserError as error:
        cameras = []
        problems.append(str(error))
    _print_list("Microphones", [entry["name"] for entry in microphones])
    _print_list("Virtual cameras", cameras)
    for sentence in problems:
        print(sentence)
    return {"microphones": microphones, "cameras": cameras, "problems": problems}


def _print_list(title: str, names: list[str]) -> None:
    print(f"{title}:")
    for name in names or ["none found; `main.py doctor` tells what to do"]:
        print(f"  {name}")
