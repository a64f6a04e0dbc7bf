#!/usr/bin/env python3
"""Set up everything the application needs, then run or test it.

    python3 installer/bootstrap.py run [arguments of main.py]
    python3 installer/bootstrap.py test [arguments of pytest]

Standard library only. The file itself parses on old Pythons, so that they get a sentence.
"""

from __future__ import annotations

import os
import sys

MIN_PYTHON = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
REQUIREMENTS = os.path.join(ROOT, "requirements.txt")
STAMP = os.path.join(VENV, "set-up.txt")
INSTALLING = "installing"
USAGE = (
    "usage: python3 installer/bootstrap.py [--yes] run [arguments of main.py]\n"
    "       python3 installer/bootstrap.py [--yes] test [arguments of pytest]"
)


def main(arguments: list[str]) -> int:
    """Set up if needed, then hand over; returns the exit code where it does not replace itself."""
    assume_yes = "--yes" in arguments[:2]
    rest = [a for i, a in enumerate(arguments) if not (a == "--yes" and i < 2)]
    if not rest or rest[0] not in ("run", "test"):
        print(USAGE, file=sys.stdout if rest[:1] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if rest[:1] in (["-h"], ["--help"]) else 2
    if sys.version_info < MIN_PYTHON:
        return use_newer_python(arguments)
    if assume_yes or read_stamp() != fingerprint():
        problem = set_up(assume_yes)
        if problem:
            print(problem, file=sys.stderr)
            return 1
    if rest[0] == "run":
        return replace_process([venv_python(), os.path.join(ROOT, "main.py"), *rest[1:]])
    sys.path.insert(0, ROOT)
    from installer.checks import run_checks

    return run_checks(venv_python(), ROOT, rest[1:])


def use_newer_python(arguments: list[str]) -> int:
    """Start again under a new enough Python, or say which one is needed."""
    import shutil

    for minor in (14, 13, 12, 11):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            return replace_process([newer, os.path.abspath(__file__), *arguments])
    print(
        f"ChatAnyone needs Python 3.11 or newer and this is {sys.version_info[0]}."
        f"{sys.version_info[1]}: install a newer Python and run this command with it.",
        file=sys.stderr,
    )
    return 1


def fingerprint() -> str:
    """What the environment depends on: the requirements and the interpreter."""
    import hashlib

    with open(REQUIREMENTS, "rb") as file:
        digest = hashlib.sha256(file.read())
    digest.update(repr((sys.version_info[:3], sys.prefix, sys.platform, VENV)).encode())
    return digest.hexdigest()


def read_stamp() -> str | None:
    """The fingerprint of the finished set-up, INSTALLING after an interrupted one, None before."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return None


def set_up(assume_yes: bool) -> str | None:
    """Install what is missing; a sentence where that is impossible."""
    sys.path.insert(0, ROOT)
    import importlib.util

    from installer import environment, system_packages

    missing = system_packages.missing_libraries()
    lacks_venv = importlib.util.find_spec("ensurepip") is None
    if missing or lacks_venv:
        system_packages.install(missing, lacks_venv, assume_yes)
    stamp = read_stamp()
    if stamp == fingerprint():
        return None
    if stamp in (None, INSTALLING):
        problem = environment.create(VENV)
        if problem:
            return problem
    write_stamp(INSTALLING)
    problem = environment.install(venv_python(), REQUIREMENTS)
    if problem:
        return problem
    write_stamp(fingerprint())
    return None


def write_stamp(text: str) -> None:
    """Replace the stamp in one step."""
    with open(STAMP + ".new", "w", encoding="utf-8") as file:
        file.write(text + "\n")
    os.replace(STAMP + ".new", STAMP)


def venv_python() -> str:
    """The interpreter of the environment."""
    if os.name == "nt":
        return os.path.join(VENV, "Scripts", "python.exe")
    return os.path.join(VENV, "bin", "python")


def replace_process(command: list[str]) -> int:
    """Become `command`; on Windows, where exec detaches from the console, wait for it instead."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("Interrupted; run the same command again to go on.", file=sys.stderr)
        sys.exit(130)
