import subprocess
import sys

import numpy as np
import pytest
import pyvirtualcam.camera

from pipeline import camera, v4l2
from pipeline.camera import list_cameras, open_camera, probe_camera
from pipeline.errors import CameraError
from pipeline.video_file import video_info
from tests.pipeline.fakes import FakeCameraBackend
from tests.pipeline.pictures import portrait


@pytest.fixture
def backends(monkeypatch):
    """No driver but those that a test registers, no loopback device."""
    registered = {}
    monkeypatch.setattr(pyvirtualcam.camera, "BACKENDS", registered)
    monkeypatch.setattr(v4l2, "loopback_devices", list)
    monkeypatch.setattr(v4l2, "node_identity", lambda path: (20742, 5))
    monkeypatch.setattr(v4l2, "frees_devices", lambda: False)
    return registered


@pytest.fixture
def fake_driver(backends):
    FakeCameraBackend.opened.clear()
    pyvirtualcam.register_backend("fake", FakeCameraBackend)
    return FakeCameraBackend.opened


def frame(seed: int = 0) -> np.ndarray:
    return np.ascontiguousarray(np.tile(portrait(seed)[:720], (1, 3, 1))[:, :1280])


def test_frames_arrive_unmirrored_as_rgb(fake_driver):
    sink = open_camera("auto")
    for seed in range(3):
        sink.send(frame(seed))
    device = fake_driver[0]
    assert (device.size, device.fps) == ((1280, 720), 30)
    assert device.fourcc == pyvirtualcam.camera.encode_fourcc("raw ")
    np.testing.assert_array_equal(device.frames, [frame(seed) for seed in range(3)])
    assert sink.frames_sent == 3
    assert sink.name == "Fake Camera"
    sink.close()


def test_a_camera_is_found_by_its_name_and_closed_once(fake_driver):
    sink = open_camera("Fake Camera", 512, 768)
    assert fake_driver[0].size == (512, 768)
    sink.close()
    sink.close()
    assert fake_driver[0].closed


def test_an_unknown_name_gives_every_reason(fake_driver):
    def other(**options):
        raise RuntimeError("OBS is not installed")

    pyvirtualcam.register_backend("other", other)
    with pytest.raises(CameraError) as raised:
        open_camera("Studio")
    message = str(raised.value)
    assert '"Studio"' in message
    assert "'fake' backend: no device Studio" in message
    assert "'other' backend: OBS is not installed" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("platform", "fix"),
    [("linux", "modprobe v4l2loopback"), ("darwin", "OBS Studio"), ("win32", "OBS Studio")],
)
def test_without_a_driver_the_fix_for_the_system_is_named(backends, monkeypatch, platform, fix):
    def broken(**options):
        raise RuntimeError("no driver here")

    pyvirtualcam.register_backend("broken", broken)
    monkeypatch.setattr(camera.sys, "platform", platform)
    with pytest.raises(CameraError, match=f"No virtual camera .*no driver here.*{fix}"):
        open_camera("auto")
    probe = probe_camera()
    assert not probe.ok
    assert "no driver here" in probe.sentence
    assert fix in probe.fix


def test_a_driver_that_takes_no_more_frames_is_reported(fake_driver):
    sink = open_camera("auto")
    fake_driver[0].fail = True
    with pytest.raises(CameraError, match=r"takes no more frames \(device lost\)"):
        sink.send(frame())


@pytest.fixture
def device_node(fake_driver, monkeypatch):
    """A camera whose device node the test changes: (identity, size that is sent)."""
    node = {"identity": (20742, 5), "size": (1280, 720)}
    monkeypatch.setattr(FakeCameraBackend, "device", lambda self: "/dev/video7")
    monkeypatch.setattr(v4l2, "node_identity", lambda path: node["identity"])
    monkeypatch.setattr(v4l2, "sent_size", lambda path: node["size"])
    monkeypatch.setattr(v4l2, "other_users", lambda path: ["obs"])
    return node


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"identity": None}, "went away; load its driver again"),
        ({"identity": (20742, 9)}, "was loaded again"),
        ({"size": (640, 480)}, "took the camera .* while obs uses it; close it"),
    ],
)
def test_a_device_that_vanishes_or_is_taken_is_noticed_in_half_a_second(
    device_node, change, sentence
):
    sink = open_camera("auto")
    for _ in range(15):
        sink.send(frame())
    device_node |= change
    with pytest.raises(CameraError, match=sentence):
        sink.send(frame())


def test_a_device_that_somebody_sends_to_is_not_freed_from_them(backends, monkeypatch):
    def busy(**options):
        raise RuntimeError("is not a video output device")

    pyvirtualcam.register_backend("busy", busy)
    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [v4l2.LoopbackDevice("/dev/v", "Studio")])
    monkeypatch.setattr(v4l2, "is_fed", lambda path: True)
    monkeypatch.setattr(v4l2, "other_users", lambda path: ["obs", "zoom"])
    monkeypatch.setattr(v4l2, "free_device", lambda path: pytest.fail("it was cut off"))
    with pytest.raises(CameraError, match=r"Studio .* while obs, zoom use it .*close"):
        open_camera("auto")


def test_a_driver_that_frees_devices_itself_is_not_asked_whether_one_is_fed(backends, monkeypatch):
    def busy(**options):
        raise RuntimeError("is not a video output device")

    pyvirtualcam.register_backend("busy", busy)
    monkeypatch.setattr(v4l2, "frees_devices", lambda: True)
    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [v4l2.LoopbackDevice("/dev/v", "Studio")])
    monkeypatch.setattr(v4l2, "is_fed", lambda path: pytest.fail("a client was kept out"))
    with pytest.raises(CameraError, match="Studio is in use"):
        open_camera("auto")


def test_a_loopback_device_is_found_by_the_name_that_clients_show(fake_driver, monkeypatch):
    devices = [v4l2.LoopbackDevice("Fake Camera", "Studio"), v4l2.LoopbackDevice("/dev/x", "X")]
    monkeypatch.setattr(v4l2, "loopback_devices", lambda: devices)
    sink = open_camera("studio")
    assert sink.name == "Studio"
    sink.close()
    with pytest.raises(CameraError, match="choose one of: Studio, X"):
        open_camera("Office")


@pytest.mark.parametrize("name", ["auto", "Studio", "/dev/v"])
def test_a_camera_that_another_program_uses_is_not_called_missing(backends, monkeypatch, name):
    def busy(**options):
        raise RuntimeError("device busy")

    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [v4l2.LoopbackDevice("/dev/v", "Studio")])
    pyvirtualcam.register_backend("busy", busy)
    with pytest.raises(CameraError, match=r"in use .*device busy.*close the program") as raised:
        open_camera(name)
    assert "modprobe" not in str(raised.value)


@pytest.mark.parametrize("name", ["auto", "Studio"])
def test_a_camera_whose_device_is_missing_is_not_called_taken(backends, monkeypatch, name):
    def missing(**options):
        raise RuntimeError("Device /dev/v does not exist.")

    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [v4l2.LoopbackDevice("/dev/v", "Studio")])
    monkeypatch.setattr(v4l2, "node_identity", lambda path: None)
    pyvirtualcam.register_backend("missing", missing)
    with pytest.raises(CameraError, match=r"Studio went away .*not exist.*load its driver again"):
        open_camera(name)


def test_a_stuck_loopback_device_is_freed_and_tried_again(fake_driver, monkeypatch):
    stuck = [True]

    class StuckBackend(FakeCameraBackend):
        def __init__(self, **options) -> None:
            if stuck:
                raise RuntimeError("is not a video output device")
            super().__init__(**options)

    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [v4l2.LoopbackDevice("/dev/v", "V")])
    monkeypatch.setattr(v4l2, "free_device", lambda path: bool(stuck and stuck.pop()))
    pyvirtualcam.register_backend("fake", StuckBackend)
    sink = open_camera("auto")
    assert sink.name == "Fake Camera"
    sink.close()


def test_a_working_driver_passes_the_check_and_is_closed_again(fake_driver):
    probe = probe_camera()
    assert probe.ok
    assert probe.sentence == "The virtual camera Fake Camera works."
    assert fake_driver[0].closed


def test_none_counts_and_needs_no_driver(backends):
    sink = open_camera("none")
    for _ in range(5):
        sink.send_audio(np.zeros(800, np.float32))
        sink.send(frame())
    sink.close()
    assert (sink.name, sink.frames_sent) == ("none", 5)


def test_a_file_is_a_camera_too(tmp_path, backends):
    sink = open_camera(f"file:{tmp_path}/a.mp4", 512, 768)
    sink.send_audio(np.zeros(800, np.float32))
    sink.send(portrait())
    sink.close()
    assert video_info(tmp_path / "a.mp4").audio_codec == "aac"


def test_cameras_are_listed(backends, monkeypatch):
    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [v4l2.LoopbackDevice("/dev/v", "V")])
    monkeypatch.setattr(camera.sys, "platform", "linux")
    assert list_cameras() == ["V"]
    monkeypatch.setattr(camera.sys, "platform", "win32")
    backends["obs"] = FakeCameraBackend
    assert list_cameras() == ["OBS Virtual Camera"]


def test_importing_the_module_loads_no_driver():
    code = "import sys, pipeline.camera; sys.exit('pyvirtualcam' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
