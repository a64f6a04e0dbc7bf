"""The program runs with the network cut off, and does not even try to reach it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.sounds import tone, write_wav

ROOT = Path(__file__).parents[1]
CUT_OFF = ["unshare", "--map-root-user", "--net"]

# Reports every call into the network but those to the machine's own desktop (sockets in files).
WATCHED = """
import json, os, signal, socket, sys, threading
tried = []
def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        address = arguments[1] if len(arguments) > 1 else arguments
        if not isinstance(address, (str, bytes)) or event == "socket.getaddrinfo":
            tried.append(f"{event} {arguments!r}")
    if event == "urllib.Request":
        tried.append(f"{event} {arguments!r}")
sys.addaudithook(watch)
try:
    socket.create_connection(("192.0.2.1", 80), 0.2)
except OSError:
    pass
seen, tried[:] = len(tried), []
if sys.argv[1:] == ["window"]:
    threading.Timer(25.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
    sys.argv[1:] = []
from main import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "tried": tried, "watching": seen > 0}))
"""


def why_not() -> str:
    """Why a process cannot be cut off from the network here; empty when it can."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    ended = subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False)
    return "" if ended.returncode == 0 else "namespaces are not allowed here"


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can")


def run_cut_off(tmp_path, *arguments):
    folders = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    environment = os.environ | {name: str(tmp_path / name) for name in folders}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [*CUT_OFF, sys.executable, "-c", WATCHED, *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout.splitlines()[-1])
    assert answer["watching"], "an attempt would be seen"
    return answer


def test_rendering_needs_no_network_and_tries_none(tmp_path):
    sound = write_wav(tmp_path / "a.wav", tone(24_000, 0.2, 200.0), 24_000)
    answer = run_cut_off(tmp_path, "render", "--audio", sound, "--out", tmp_path / "v.mp4")
    assert answer == {"code": 0, "tried": [], "watching": True}
    assert (tmp_path / "v.mp4").stat().st_size > 1000


@pytest.mark.slow
@pytest.mark.parametrize("command", [["window"], ["doctor", "--bundle", "report.zip"]])
def test_the_window_and_doctor_try_none_either(tmp_path, command):
    arguments = [tmp_path / word if word.endswith(".zip") else word for word in command]
    answer = run_cut_off(tmp_path, *arguments)
    assert (answer["code"], answer["tried"]) == (0, [])
