"""How a child process of the program is started, from a checkout or from the built application."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def child_command(module: str, argument: str) -> list[str]:
    """The command that runs the module's `main`; with ROOT as the working folder.

    argument: with which main.py does the same where there is no interpreter
    """
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", module]
    program = Path(sys.executable)
    if sys.platform == "win32":
        # A program of windows has no output there.
        program = program.with_name("chatanyone-cli.exe")
    return [str(program), argument]
