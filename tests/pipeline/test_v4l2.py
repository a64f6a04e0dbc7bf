import os
import sys

import pytest

from pipeline.v4l2 import LoopbackDevice, free_device, is_video_device, loopback_devices

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
    assert is_video_device(os.devnull)
    assert not is_video_device(str(tmp_path))
    assert not is_video_device("/dev/video-not-there")


def test_freeing_opens_and_closes_the_device(tmp_path):
    assert free_device(os.devnull)
    assert not free_device(str(tmp_path / "none"))
    descriptors = len(os.listdir("/proc/self/fd"))
    free_device(os.devnull)
    assert len(os.listdir("/proc/self/fd")) == descriptors
