"""The set-up, with a requirements file that needs no network."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installer import bootstrap, environment, system_packages

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    bool(system_packages.missing_libraries()), reason="the set-up would install system packages"
)


@pytest.fixture
def checkout(tmp_path):
    """A checkout in a folder with a space, whose only requirement is already there."""
    folder = tmp_path / "a folder"
    shutil.copytree(ROOT / "installer", folder / "installer")
    (folder / "requirements.txt").write_text("pip>=20\n")
    (folder / "main.py").write_text("import sys; print(sys.prefix, sys.argv[1:]); sys.exit(7)")
    return folder


def run_bootstrap(checkout, *arguments, cwd="/"):
    command = [sys.executable, str(checkout / "installer" / "bootstrap.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


@pytest.mark.slow
def test_set_up_runs_once_and_hands_over_arguments_and_exit_code(checkout):
    first = run_bootstrap(checkout, "run", "--x", "y z")
    assert first.returncode == 7, first.stderr
    assert first.stdout.strip() == f"{checkout / '.venv'} ['--x', 'y z']"
    started_s = time.monotonic()
    second = run_bootstrap(checkout, "run")
    assert time.monotonic() - started_s < 2.0
    assert second.returncode == 7
    assert second.stderr == ""


@pytest.mark.slow
def test_an_interrupted_set_up_is_done_again(checkout):
    command = [sys.executable, str(checkout / "installer" / "bootstrap.py"), "run"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        stamp = checkout / ".venv" / "set-up.txt"
        while not stamp.exists():
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert stamp.read_text().strip() == bootstrap.INSTALLING
    again = run_bootstrap(checkout, "run")
    assert again.returncode == 7
    assert "Making the environment" in again.stderr


@pytest.mark.slow
def test_changed_requirements_are_installed_over_the_old_environment(checkout):
    run_bootstrap(checkout, "run")
    (checkout / "requirements.txt").write_text("pip>=21\n")
    again = run_bootstrap(checkout, "run")
    assert again.returncode == 7
    assert "Installing" in again.stderr
    assert "Making the environment" not in again.stderr


@pytest.mark.slow
def test_a_package_that_cannot_be_had_is_told_in_a_sentence(checkout):
    (checkout / "requirements.txt").write_text("./no-such-folder\n")
    result = run_bootstrap(checkout, "run")
    assert result.returncode == 1
    assert "could not be installed" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("arguments", [[], ["fly"], ["--yes"]])
def test_wrong_usage_is_told(arguments, capsys):
    assert bootstrap.main(arguments) == 2
    assert "usage" in capsys.readouterr().err


def test_help_is_no_error(capsys):
    assert bootstrap.main(["--help"]) == 0
    assert "run [arguments of main.py]" in capsys.readouterr().out


def test_an_old_python_gets_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 1, "final", 0))
    monkeypatch.setenv("PATH", "")
    assert bootstrap.main(["run"]) == 1
    assert "needs Python 3.11 or newer and this is 3.9" in capsys.readouterr().err


def test_the_file_parses_on_old_pythons():
    import ast

    ast.parse((ROOT / "installer" / "bootstrap.py").read_text(), feature_version=(3, 7))


def test_an_unwritable_folder_is_told_in_a_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    problem = environment.create(str(blocked / ".venv"))
    assert problem is not None
    assert "could not be made" in problem
    assert os.linesep not in problem
