import os
import subprocess
import sys
import threading

import pytest

from pipeline.v4l2 import (
    LoopbackDevice,
    free_device,
    frees_devices,
    is_fed,
    loopback_devices,
    node_identity,
    other_users,
    sent_size,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Video4Linux")


def test_devices_are_listed_by_number_with_their_labels(tmp_path):
    for name, label in (("video10", "Studio"), ("video2", "Office\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(label)
    (tmp_path / "video3").mkdir()
    assert loopback_devices(tmp_path) == [
        LoopbackDevice("/dev/video2", "Office"),
        LoopbackDevice("/dev/video10", "Studio"),
    ]


def test_without_the_driver_there_is_no_device(tmp_path):
    assert loopback_devices(tmp_path / "none") == []


def test_a_device_node_is_told_from_a_file(tmp_path):
    assert node_identity(os.devnull) is not None
    assert node_identity(os.devnull) != node_identity("/dev/zero")
    assert node_identity(str(tmp_path)) is None
    assert node_identity("/dev/video-not-there") is None


@pytest.mark.parametrize(
    ("content", "size"), [("YU12:1280x720@30/1\n", (1280, 720)), ("\n", None), ("odd", None)]
)
def test_what_is_sent_to_a_device_is_read_from_sysfs(tmp_path, content, size):
    (tmp_path / "video2").mkdir()
    (tmp_path / "video2" / "format").write_text(content)
    assert sent_size("/dev/video2", tmp_path) == size
    assert sent_size("/dev/video3", tmp_path) is None


def test_a_device_that_gets_pictures_is_told_from_one_that_kept_its_last(tmp_path):
    path = tmp_path / "video5"
    os.mkfifo(path)
    ending = threading.Event()
    sender = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    os.write(sender, b"old pictures")
    assert not is_fed(str(path), wait_s=0.01)

    def send():
        while not ending.wait(0.001):
            os.write(sender, b"picture")

    thread = threading.Thread(target=send)
    thread.start()
    assert is_fed(str(path))
    ending.set()
    thread.join()
    os.close(sender)
    assert not is_fed(str(path), wait_s=0.0)
    assert not is_fed(str(tmp_path / "none"), wait_s=0.0)


@pytest.mark.parametrize(
    ("version", "frees"), [("0.15.0\n", True), ("1.0", True), ("0.14.0\n", False), ("odd", False)]
)
def test_new_drivers_need_no_freeing(tmp_path, version, frees):
    path = tmp_path / "version"
    assert not frees_devices(path), "old ones tell no version"
    path.write_text(version)
    assert frees_devices(path) is frees


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_other_programs_that_hold_a_file_open_are_named(tmp_path):
    path = tmp_path / "video9"
    with path.open("w"):
        assert other_users(str(path)) == [], "we ourselves are no other program"
    code = f"file = open({str(path)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert [name[:6] for name in other_users(str(path))] == ["python"]
        process.communicate(b"\n")
    assert other_users(str(path)) == []


def test_freeing_opens_and_closes_the_device(tmp_path):
    assert free_device(os.devnull)
    assert not free_device(str(tmp_path / "none"))
    descriptors = len(os.listdir("/proc/self/fd"))
    free_device(os.devnull)
    assert len(os.listdir("/proc/self/fd")) == descriptors
