"""The virtual environment: made with the venv module, filled by pip."""

from __future__ import annotations

import os
import subprocess
import sys


def create(folder: str) -> str | None:
    """Make an empty environment in `folder`, over whatever an interrupted set-up left there.

    Returns a sentence where that is impossible.
    """
    print(f"Making the environment in {folder}", file=sys.stderr)
    command = [sys.executable, "-m", "venv", "--clear", folder]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode == 0:
        return None
    if "ensurepip" in result.stdout + result.stderr:
        return (
            f"Python's venv module is missing: install it (Debian, Ubuntu: sudo apt-get install "
            f"python3.{sys.version_info.minor}-venv) and run this command again."
        )
    reason = (result.stderr or result.stdout).strip().splitlines()[-1:] or ["no reason given"]
    return f"The environment in {folder} could not be made: {reason[0]}"


def install(python: str, requirements: str) -> str | None:
    """Install `requirements` with the environment's pip; a sentence where that fails."""
    print(
        "Installing the Python packages; the first time takes a few minutes (PyTorch is large).",
        file=sys.stderr,
    )
    command = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    # stdout of `run` belongs to main.py (its --json), so pip speaks on stderr.
    code = subprocess.call([*command, "--requirement", requirements], stdout=sys.stderr)
    if code == 0:
        return None
    return (
        "Some Python packages could not be installed (see pip's message above); check the network "
        f"and the free disk space at {os.path.dirname(requirements)}, then run this command again."
    )
