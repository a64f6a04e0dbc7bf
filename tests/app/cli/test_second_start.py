import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from app.cli.command_line import build_parser
from app.cli.second_start import requests_of
from app.control import Control
from app.single_instance import SingleInstance

ROOT = Path(__file__).parents[3]


@pytest.fixture
def name(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    name = f"chatanyone-test-{uuid.uuid4().hex[:8]}"
    monkeypatch.setattr("app.single_instance.instance_name", lambda: name)
    return name


@pytest.fixture
def first(qtbot, session, name):
    """The running application's socket, served by its session."""
    instance = SingleInstance(name)
    assert instance.claim()
    control = Control(session)
    instance.serve(control.answer)
    yield instance
    instance.release()


def second_start(qtbot, name, *arguments):
    """The exit code, output and errors of a real second process."""
    program = (
        "import sys, app.single_instance as s; s.instance_name = lambda: sys.argv[1]\n"
        "import main; sys.exit(main.main(sys.argv[2:]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, name, *arguments],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
        out, err = process.communicate()
    finally:
        process.kill()
    return process.returncode, out, err


def test_a_second_start_controls_the_first(qtbot, session, first, name):
    code, out, err = second_start(
        qtbot, name, "--style", "calm", "--avatar", "grace", "--toggle-mute", "--json"
    )
    assert (code, err) == (0, "")
    assert (session.settings.style, session.settings.avatar) == ("calm", "grace")
    assert session.muted
    state = json.loads(out.splitlines()[-1])
    assert (state["style"], state["muted"], state["state"]) == ("calm", True, "stopped")
    code, out, err = second_start(qtbot, name, "--style", "wild", "--start")
    assert (code, out) == (2, "")
    assert "choose one of: natural, calm" in err
    assert session.state.value == "stopped", "nothing is done after a refusal"


def test_without_a_first_start_the_second_says_so(command, name):
    outcome = command("--toggle-mute")
    assert outcome.code == 2
    assert outcome.err == ("ChatAnyone is not running; start it with `main.py`, then ask again.\n")
    assert outcome.out == ""


def test_the_order_is_choose_then_show_then_start():
    options = build_parser().parse_args(
        ["--start", "--no-card", "--unmute", "--style", "calm", "--avatar", "ada"]
    )
    kinds = [request["type"] for request in requests_of(options)]
    assert kinds == ["avatar", "style", "mute", "card", "start"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--card", "render", "--audio", "a.wav", "--out", "v.mp4"], "one or the other"),
        (["--style"], "expected one argument"),
        (["--json"], "command is required"),
        (["--toggle-mut"], "nrecognized"),
    ],
)
def test_wrong_usage_is_one_sentence(command, arguments, part):
    outcome = command(*arguments)
    assert outcome.code == 2
    assert part in outcome.err
    assert outcome.err.count("\n") == 1
