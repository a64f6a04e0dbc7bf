"""The whole chain: a real recording becomes a video, which is read back."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from app.cli import render
from app.cli.command_line import run_command_line
from pipeline.avatar import load_avatar
from pipeline.credentials.c2pa_library import MISSING
from pipeline.credentials.statement import AI_VIDEO
from pipeline.credentials.verdict import examine_file
from pipeline.face_landmarks import landmark_points
from pipeline.motion_field import MotionField
from pipeline.motion_file import Motion
from pipeline.names import ACTION_INDEX
from pipeline.rates import FPS, SAMPLE_RATE_HZ
from pipeline.rest_pose import resting_joint_rotation
from pipeline.sound_file import decode_audio
from pipeline.template import Template, load_template
from pipeline.version import VERSION
from pipeline.video_file import read_frames, video_info
from tests.pipeline.sounds import tone, write_wav

ROOT = Path(__file__).parents[1]
CLIP = ROOT / "tests" / "data" / "go_forward.flac"
PHONES = json.loads(CLIP.with_suffix(".json").read_text())["phones"]
# Corners, upper and lower border of the lips in the 468 face landmarks (MediaPipe's numbering).
LIP_LANDMARKS = (61, 291, 0, 17)


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory):
    """Logs and settings go to a folder of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        yield folder


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """One rendering with a still head: path, frames, times, motion, and where the mouth is."""
    folder = tmp_path_factory.mktemp("film")
    path, motion_path = folder / "v.mp4", folder / "m.npz"
    code = run_command_line(
        ["render", "--audio", str(CLIP), "--out", str(path), "--motion-out", str(motion_path),
         "--head", "0", "--gesture", "0", "--device", "cpu"]
    )  # fmt: skip
    assert code == 0
    times_s, frames = zip(*read_frames(path), strict=True)
    motion = Motion.load(motion_path).arrays()
    return SimpleNamespace(path=path, frames=np.stack(frames), times_s=times_s, motion=motion,
                           motion_path=motion_path, mouth=mouth_region())  # fmt: skip


def mouth_region():
    """Rows and columns of the mouth in the first avatar's portrait."""
    avatar, model = load_avatar(), load_template()
    rest = resting_joint_rotation(model.skeleton(avatar.identity))
    field = MotionField(avatar, Template(model, avatar.identity, avatar.source, rest))
    points = landmark_points(model, field.source.points, LIP_LANDMARKS)
    (left, top), (right, bottom) = points.min(0).astype(int), points.max(0).astype(int)
    height = right - left
    return slice(top - 2, bottom + height // 3), slice(left, right)


def speaking(margin_s=0.0):
    """(84,) bool: frames whose whole time lies in speech."""
    spoken = [phone for phone in PHONES if phone["phone"] != "sil"]
    times_s = np.arange(84) / FPS
    start_s, end_s = spoken[0]["start"], spoken[-1]["end"]
    return (times_s >= start_s + margin_s) & (times_s + 1 / FPS <= end_s - margin_s)


def test_the_video_has_constant_30_fps_and_the_length_of_the_sound(film):
    info = video_info(film.path)
    sound_s = len(decode_audio(CLIP)) / SAMPLE_RATE_HZ
    assert (info.width_px, info.height_px) == (512, 768)
    assert (info.video_codec, info.audio_codec) == ("h264", "aac")
    assert info.fps == 30
    assert info.start_s == 0
    assert film.times_s == pytest.approx(np.arange(len(film.times_s)) / FPS)
    assert abs(info.duration_s - sound_s) <= 1 / FPS
    assert abs(info.audio_duration_s - sound_s) <= 1 / FPS + 1024 / SAMPLE_RATE_HZ


def test_the_sound_is_in_the_video_unshifted(film):
    before, after = decode_audio(CLIP), decode_audio(film.path)
    length = min(len(before), len(after))
    spectrum = np.fft.rfft(after[:length]) * np.conj(np.fft.rfft(before[:length]))
    correlation = np.fft.irfft(spectrum)
    shift = int(correlation.argmax())
    assert min(shift, length - shift) < SAMPLE_RATE_HZ // 500
    peak = correlation.max() / (np.linalg.norm(before) * np.linalg.norm(after))
    assert peak > 0.9


def test_frames_differ_all_along(film):
    changes = np.abs(np.diff(film.frames.astype(np.int16), axis=0)).mean((1, 2, 3))
    assert (changes > 0).mean() > 0.95


def test_the_mouth_moves_with_the_voice_and_is_still_in_silence(film):
    crop = film.frames[:, *film.mouth].astype(np.int16)
    changes = np.abs(np.diff(crop, axis=0)).mean((1, 2, 3))
    moving = changes[speaking()[1:]].mean()
    silent = changes[(np.arange(83) < 11) | (np.arange(83) > 72)].mean()
    assert moving > 4 * silent


def test_the_jaw_is_shut_in_silence_and_opens_for_vowels(film):
    jaw = film.motion.facial_actions[:, ACTION_INDEX["jawOpen"]]
    vowels = [phone for phone in PHONES if phone["phone"] in ("OW", "AO", "EH", "IY")]
    spans = [slice(round(v["start"] * FPS), round(v["end"] * FPS)) for v in vowels]
    in_vowels = np.concatenate([jaw[span] for span in spans])
    assert jaw[:12].max() < 0.05
    assert jaw[-9:].max() < 0.05
    assert in_vowels.mean() > 0.1
    assert in_vowels.mean() > jaw[speaking()].mean()


def test_recorded_motion_gives_the_same_video(film, tmp_path):
    again = tmp_path / "again.mp4"
    arguments = ["--motion-in", film.motion_path, "--out", again, "--device", "cpu"]
    assert run_command_line(["render", *map(str, arguments)]) == 0
    assert video_info(again).audio_codec == ""
    for (_, frame), before in zip(read_frames(again), film.frames, strict=True):
        assert np.abs(frame.astype(np.int16) - before).mean() < 1.0


def test_the_video_says_signed_that_an_avatar_speaks_and_shows_when_it_is_altered(film, tmp_path):
    pytest.importorskip("c2pa")
    verdict = examine_file(film.path)
    assert verdict is not None
    assert verdict.intact
    assert verdict.generator == f"ChatAnyone {VERSION}"
    assert verdict.descriptions == (AI_VIDEO,)
    content = bytearray(film.path.read_bytes())
    content[len(content) // 2] ^= 1
    altered = tmp_path / "altered.mp4"
    altered.write_bytes(content)
    assert sum(1 for _ in read_frames(altered)), "it still plays"
    verdict = examine_file(altered)
    assert verdict is not None
    assert verdict.altered
    assert not verdict.intact


def test_without_the_c2pa_library_the_video_is_written_and_not_signed(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "c2pa", None)
    sound = write_wav(tmp_path / "a.wav", tone(24_000, 0.1), 24_000)
    out = tmp_path / "v.mp4"
    assert run_command_line(["render", "--audio", str(sound), "--out", str(out), "--json"]) == 0
    _, said, answer = capsys.readouterr().out.strip().splitlines()
    assert said == f"The video is not signed. {MISSING}"
    assert json.loads(answer)["signed"] is False
    assert sum(1 for _ in read_frames(out)) == 3
    assert run_command_line(["verify", str(out)]) == 2
    assert capsys.readouterr().err == f"{MISSING}\n"


def test_ctrl_c_leaves_a_playable_file_of_what_was_done(tmp_path, monkeypatch, capsys):
    out, motion_path = tmp_path / "v.mp4", tmp_path / "m.npz"

    class Impatient(render.Progress):
        def update(self, done):
            if done == 10:
                os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(render, "Progress", Impatient)
    arguments = ["--audio", CLIP, "--out", out, "--motion-out", motion_path, "--json"]
    assert run_command_line(["render", *map(str, arguments)]) == 0
    said, *_, answer = capsys.readouterr().out.strip().splitlines()
    assert said.startswith("Stopped; the file holds 0.3 s")
    assert json.loads(answer)["interrupted"]
    assert sum(1 for _ in read_frames(out)) == len(Motion.load(motion_path)) == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.npz", "v.mp4"]


@pytest.mark.parametrize(
    ("option", "value", "known"),
    [
        ("--avatar", "nobody", "choose one of: "),
        ("--avatar", "../../etc", "choose one of: "),
        ("--avatar", "photo.png", "check the path"),
        ("--style", "wild", "choose one of: natural"),
        ("--style", "../natural", "choose one of: natural"),
    ],
)
def test_unknown_choices_are_told_with_the_known_ones(tmp_path, capsys, option, value, known):
    out = tmp_path / "v.mp4"
    code = run_command_line(["render", "--audio", str(CLIP), "--out", str(out), option, value])
    assert code == 2
    error = capsys.readouterr().err
    assert known in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_render_needs_no_qt_no_portaudio_no_torch_and_no_display(tmp_path):
    sound = tmp_path / "short.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([128]) * 2 * 800)
    program = (
        "import sys; sys.modules['PySide6'] = sys.modules['sounddevice'] = None\n"
        "sys.modules['torch'] = None\n"
        "import main; sys.exit(main.main(sys.argv[1:]))"
    )
    arguments = ["render", "--audio", sound, "--out", tmp_path / "v.mp4", "--device", "cpu"]
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    result = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert sum(1 for _ in read_frames(tmp_path / "v.mp4")) == 3


@pytest.mark.slow
def test_live_follows_a_played_file_in_real_time(tmp_path, capsys):
    stats, out = tmp_path / "s.json", tmp_path / "v.mp4"
    arguments = ["--mic", CLIP, "--camera", f"file:{out}", "--stats", stats, "--json"]
    assert run_command_line(["live", *map(str, arguments)]) == 0
    figures = json.loads(stats.read_text())
    assert json.loads(capsys.readouterr().out.strip().splitlines()[-1]) == figures
    assert figures["audio_lost_samples"] == figures["xruns"] == 0
    assert figures["frames_sent"] + figures["frames_dropped"] >= 84
    assert figures["latency_ms"]["p50"] > 1000 / FPS
    assert figures["provider"] == "CPUExecutionProvider"
    assert abs(video_info(out).duration_s - 84 / FPS) <= 1 / FPS
    assert figures["signed"] == (importlib.util.find_spec("c2pa") is not None)


@pytest.mark.slow
def test_live_stops_after_the_seconds_asked_for(capsys):
    arguments = ["live", "--mic", str(CLIP), "--camera", "none", "--seconds", "1", "--json"]
    assert run_command_line(arguments) == 0
    figures = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert figures["frames_sent"] + figures["frames_dropped"] >= 30
