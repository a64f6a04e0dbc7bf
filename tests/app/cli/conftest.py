"""The command line in this process, with its log in a folder of the test."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from app.cli.command_line import run_command_line


@dataclass(frozen=True)
class Outcome:
    """code: exit code; out, err: what was printed; answer: the JSON object, if any"""

    code: int
    out: str
    err: str
    answer: dict[str, Any] | None


@pytest.fixture
def command(tmp_path, monkeypatch, capfd):
    """Run a command line and return its outcome."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))

    def run(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run_command_line([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        lines = out.strip().splitlines()
        answer = json.loads(lines[-1]) if code == 0 and "--json" in arguments else None
        return Outcome(code, out, err, answer)

    return run
