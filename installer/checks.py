"""The project's checks, in the order in which they fail fastest."""

from __future__ import annotations

import os
import subprocess
import sys
import time

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports", "--no-cache"),
    ("basedpyright", "--level", "error", "--pythonpath"),
)


def run_checks(python: str, root: str, pytest_arguments: list[str]) -> int:
    """Format, lint, import contracts, types and tests; only pytest where it got arguments.

    Runs all of them and returns the first exit code that is not 0.
    """
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    tests = [python, "-m", "pytest", *pytest_arguments]
    commands = [tests]
    if not pytest_arguments:
        folder = os.path.dirname(python)
        commands = [[os.path.join(folder, name), *rest] for name, *rest in CHECKS] + [tests]
        commands[-2].append(python)
    first_failure = 0
    for command in commands:
        name = " ".join([os.path.basename(command[0]), *command[1:]])
        print(f"== {name}", flush=True)
        started_s = time.monotonic()
        code = subprocess.call(command, cwd=root, env=environment)
        took_s = time.monotonic() - started_s
        print(f"== {'ok' if code == 0 else f'failed ({code})'} after {took_s:.1f} s", flush=True)
        first_failure = first_failure or code
    if first_failure:
        print("Some checks failed.", file=sys.stderr)
    return first_failure
