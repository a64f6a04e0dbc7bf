"""The test of a built folder, on folders whose program is a script."""

import json
import os
import sys
from pathlib import Path

import pytest

from installer import smoke_test

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script is no program there")


@pytest.fixture
def built(tmp_path):
    """Makes a folder whose program runs these lines of Python."""

    def make(*lines):
        program = tmp_path / "built" / "ChatAnyone"
        program.parent.mkdir()
        program.write_text("\n".join([f"#!{sys.executable}", "import json, sys", *lines]))
        program.chmod(0o755)
        return program.parent

    return make


def answer(**values):
    return f"print({json.dumps(json.dumps(values))})"


def findings(bad=None):
    return [{"topic": t, "ok": t != bad, "sentence": t} for t in smoke_test.TOPICS]


def test_a_folder_without_the_program_fails(tmp_path, capsys):
    assert smoke_test.main([str(tmp_path)]) == 1
    assert "there is no" in capsys.readouterr().err


@pytest.mark.parametrize("bad", ["models", "networks", "versions"])
def test_a_finding_of_doctor_fails(built, capsys, bad):
    assert smoke_test.main([str(built(answer(findings=findings(bad))))]) == 1
    assert f"doctor, {bad}" in capsys.readouterr().err


def test_a_crash_fails_with_its_last_words(built, capsys):
    assert smoke_test.main([str(built("sys.exit('no such library')"))]) == 1
    assert "no such library" in capsys.readouterr().err


def test_a_video_that_is_too_short_fails(built, capsys):
    folder = built(
        "if 'doctor' in sys.argv:",
        f"    {answer(findings=findings())}",
        "else:",
        "    open(sys.argv[sys.argv.index('--out') + 1], 'w').write('x')",
        f"    {answer(frames_sent=89, took_s=1)}",
    )
    assert smoke_test.main([str(folder)]) == 1
    assert "render made 89 of 90 frames" in capsys.readouterr().err


def test_a_wrong_call_shows_how_to_do_it():
    assert smoke_test.main([]) == 2


@pytest.mark.slow
def test_the_checkout_itself_renders_and_opens_its_window(tmp_path, built):
    arguments = [sys.executable, str(ROOT / "main.py")]
    folder = built("import os", f"os.execv({arguments[0]!r}, {arguments!r} + sys.argv[1:])")
    application = smoke_test.Application(folder, tmp_path)
    assert "90 frames" in smoke_test.check_render(application)
    assert "obeys and ends" in smoke_test.check_window(application)
