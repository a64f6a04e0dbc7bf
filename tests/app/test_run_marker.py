import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from app.run_marker import RunMarker

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from app.run_marker import RunMarker
RunMarker(Path(sys.argv[1])).begin()
print("marked", flush=True)
input()
import ctypes
ctypes.string_at(0)
"""


@pytest.fixture
def marker(tmp_path):
    marker = RunMarker(tmp_path / "logs")
    yield marker
    marker.end()


def end_by(how, folder):
    """A run in another process that ends in this way."""
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "marked\n"
        assert not RunMarker(folder)._left_over(), "it runs"
        how(process)
        process.wait(10)


def test_the_first_run_and_one_after_a_proper_end_are_no_crash(marker):
    assert not marker.begin()
    marker.end()
    assert not marker.begin()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_run_that_was_killed_is_noticed_once(marker, tmp_path):
    end_by(lambda process: process.send_signal(signal.SIGKILL), tmp_path / "logs")
    assert marker.begin()
    marker.end()
    assert not marker.begin()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_where_the_interpreter_dies_the_place_is_kept(marker, tmp_path):
    end_by(lambda process: process.communicate("\n", timeout=10), tmp_path / "logs")
    assert marker.begin()
    marker.end()
    assert "string_at" in (tmp_path / "logs" / "crash.log").read_text()


def test_the_number_of_another_process_that_came_later_is_not_the_run(marker, tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    mark = {"pid": os.getppid(), "created_s": psutil.Process(os.getppid()).create_time() - 99}
    (folder / "running.json").write_text(json.dumps(mark))
    assert marker.begin()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}'])
def test_a_damaged_mark_is_a_crash(marker, tmp_path, content):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "running.json").write_text(content)
    assert marker.begin()


def test_a_folder_that_cannot_be_written_costs_nothing_else(tmp_path):
    (tmp_path / "logs").write_text("a file where the folder should be")
    marker = RunMarker(tmp_path / "logs")
    assert not marker.begin()
    marker.end()
