"""`live` in real time: a camera driver that keeps its frames, and a real virtual microphone."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import pyvirtualcam

from app.cli.live import looks_like_file
from pipeline import v4l2
from pipeline.video_file import read_frames
from tests.pipeline.fakes import FakeCameraBackend
from tests.pipeline.pulse_microphone import pulse_microphone, what_is_missing

ROOT = Path(__file__).parents[3]
CLIP = ROOT / "tests" / "data" / "go_forward.flac"


@pytest.fixture
def fake_driver(monkeypatch):
    """No camera driver but one that keeps what it is sent."""
    monkeypatch.setattr(pyvirtualcam.camera, "BACKENDS", {})
    monkeypatch.setattr(v4l2, "loopback_devices", list)
    FakeCameraBackend.opened.clear()
    pyvirtualcam.register_backend("fake", FakeCameraBackend)
    return FakeCameraBackend.opened


@pytest.mark.parametrize("name", ["talk.wav", "a/b", "C:\\talk", str(CLIP), "x.flac"])
def test_names_of_files_are_told_from_microphones(name):
    assert looks_like_file(name)


@pytest.mark.parametrize("name", ["USB Audio", "pulse, ALSA", "Mikrofon (Realtek(R) Audio), MME"])
def test_names_of_microphones_are_no_files(name):
    assert not looks_like_file(name)


@pytest.mark.slow
def test_the_camera_gets_the_avatar_and_is_given_back(command, fake_driver):
    outcome = command("live", "--mic", CLIP, "--camera", "auto", "--json")
    assert outcome.code == 0, outcome.err
    (device,) = fake_driver
    assert (device.size, device.fps, device.closed) == ((1280, 720), 30, True)
    assert len(device.frames) == pytest.approx(outcome.answer["frames_sent"], abs=8)
    assert any((device.frames[0] != frame).any() for frame in device.frames[1:])


@pytest.mark.slow
def test_a_camera_that_goes_away_is_told_and_opened_again(command, fake_driver, monkeypatch):
    monkeypatch.setattr(FakeCameraBackend, "send", _fail_after_ten)
    outcome = command("live", "--mic", CLIP, "--camera", "auto")
    assert outcome.code == 0
    assert "Fake Camera takes no more frames" in outcome.out
    assert "Fake Camera is back" in outcome.out
    assert all(device.closed for device in fake_driver)


def _fail_after_ten(device, frame):
    device.frames.append(frame)
    if len(device.frames) > 10:
        raise RuntimeError("device lost")


@pytest.mark.slow
@pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "available")
def test_a_virtual_microphone_drives_the_avatar_until_ctrl_c(tmp_path):
    out, stats = tmp_path / "v.mp4", tmp_path / "s.json"
    with pulse_microphone(tmp_path) as server:
        process = subprocess.Popen(
            [sys.executable, "main.py", "live", "--mic", "pulse", "--camera", f"file:{out}",
             "--stats", str(stats)],
            cwd=ROOT, env=server.environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith("pulse, ALSA drives the avatar")
        for _ in range(3):  # a busy machine draws a few pictures a second only
            server.play(CLIP).wait()
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "frames at" in output
    figures = json.loads(stats.read_text())
    assert figures["frames_sent"] > 10
    frames = [frame for _, frame in read_frames(out)]
    assert len(frames) > 10
    assert np.abs(frames[0].astype(int) - frames[-1]).mean() > 0
