"""Exit codes and sentences: one sentence on stderr, no traceback, nothing left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import devices
from app.cli.command_line import COMMANDS, build_parser

ROOT = Path(__file__).parents[3]
CLIP = ROOT / "tests" / "data" / "go_forward.flac"


def assert_refused(outcome, *parts):
    """Exit code 2 and one sentence with these parts."""
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert outcome.err.rstrip().endswith((".", ")"))
    for part in parts:
        assert part in outcome.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "required"),
        (["fly"], "invalid choice"),
        (["render"], "--out"),
        (["render", "--out", "v.mp4"], "--audio"),
        (["render", "--out", "v.mp4", "--expression", "9"], "between 0 and 2"),
        (["render", "--out", "v.mp4", "--head", "nan"], "between 0 and 2"),
        (["render", "--out", "v.mp4", "--gesture", "much"], "no number"),
        (["render", "--out", "v.mp4", "--lookahead", "5"], "0 to 4"),
        (["render", "--out", "v.mp4", "--seed", "-1"], "whole number"),
        (["render", "--out", "v.mp4", "--frame", "640x480"], "invalid choice"),
        (["render", "--out", "v.mp4", "--zoom", "3"], "between 1 and 2"),
        (["render", "--out", "v.mp4", "--framing", "wide"], "invalid choice"),
        (["live", "--label-place", "none"], "invalid choice"),
        (["live", "--seconds", "-3"], "duration"),
        (["live", "--frame", "512x768", "--camera", "auto"], "1280x720"),
        (["avatar"], "ACTION"),
        (["render", "--aud", "a.wav", "--out", "v.mp4"], "nrecognized"),
    ],
)
def test_wrong_usage_is_one_sentence(command, arguments, part):
    outcome = command(*arguments)
    assert_refused(outcome, part)


@pytest.fixture
def bad_sounds(tmp_path):
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "text.wav").write_text("this is no sound\n" * 40)
    (tmp_path / "cut.wav").write_bytes(b"RIFF\x24\x08\x00\x00WAVEfmt ")
    (tmp_path / "folder.wav").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", ["missing.wav", "empty.wav", "text.wav", "cut.wav", "folder.wav"])
@pytest.mark.parametrize("mode", ["render", "live"])
def test_unusable_sound_is_told_and_leaves_nothing(command, bad_sounds, name, mode):
    out = bad_sounds / "v.mp4"
    sound = bad_sounds / name
    if mode == "render":
        outcome = command("render", "--audio", sound, "--out", out)
    else:
        outcome = command("live", "--mic", sound, "--camera", f"file:{out}")
    assert_refused(outcome, name)
    assert not list(bad_sounds.glob("*.mp4*")) + list(bad_sounds.glob(".*.part"))


def test_unusable_motion_is_told(command, tmp_path):
    bad = tmp_path / "m.npz"
    bad.write_bytes(b"PK no motion")
    out = tmp_path / "v.mp4"
    assert_refused(command("render", "--motion-in", bad, "--out", out), "m.npz")
    assert_refused(command("render", "--motion-in", tmp_path / "no.npz", "--out", out), "no.npz")
    assert not out.exists()


@pytest.mark.parametrize("out", ["no/such/folder/v.mp4", "", "v.txt"])
def test_an_output_that_cannot_be_written_is_told_before_work(command, tmp_path, out):
    outcome = command("render", "--audio", CLIP, "--out", tmp_path / out)
    assert_refused(outcome)


@pytest.mark.parametrize("option", ["--motion-out", "--stats"])
def test_other_outputs_are_checked_before_work_too(command, tmp_path, option):
    lost = tmp_path / "none" / "file"
    if option == "--stats":
        outcome = command("live", "--mic", CLIP, "--camera", "none", option, lost)
    else:
        outcome = command("render", "--audio", CLIP, "--out", tmp_path / "v.mp4", option, lost)
    assert_refused(outcome, "create it first")


@pytest.mark.parametrize(
    ("background", "part"), [("#12", "six digits"), ("gone.png", "cannot be opened")]
)
def test_a_background_that_cannot_be_had_is_told(command, tmp_path, background, part):
    outcome = command(
        "render", "--audio", CLIP, "--out", tmp_path / "v.mp4", "--background", background
    )
    assert_refused(outcome, part)
    assert not list(tmp_path.glob("*.mp4*")) + list(tmp_path.glob(".*.part"))


def test_an_unknown_microphone_is_told(command):
    assert_refused(command("live", "--mic", "no such microphone", "--camera", "none"))


def test_an_unknown_camera_is_told(command):
    assert_refused(command("live", "--mic", CLIP, "--camera", "no such camera"), "no such camera")


def test_a_fault_of_ours_ends_with_1_and_its_traceback_in_the_log(command, tmp_path, monkeypatch):
    def fail(options):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(devices, "run", fail)
    outcome = command("devices")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    (log_file,) = (tmp_path / "home").rglob("*.log")
    assert str(log_file) in outcome.err
    assert "on purpose" in log_file.read_text()


def test_every_command_has_help(command):
    for module in COMMANDS:
        name = module.__name__.rsplit(".", 1)[-1]
        outcome = command(name, "--help")
        assert outcome.code == 0
        assert "usage: main.py" in outcome.out
    assert "window" in build_parser().format_help()


@pytest.mark.parametrize("arguments", [["--help"], ["devices", "--json"], ["style", "list"]])
def test_light_commands_import_neither_qt_nor_torch(arguments):
    program = (
        "import sys; sys.modules['PySide6'] = sys.modules['torch'] = None\n"
        "import main; sys.exit(main.main(sys.argv[1:]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout
