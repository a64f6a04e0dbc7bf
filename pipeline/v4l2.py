"""Linux loopback camera devices: finding them, naming them, freeing one for its next writer."""

import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

VIRTUAL_DEVICES = Path("/sys/devices/virtual/video4linux")
# linux/videodev2.h: _IOW('V', 18, int) and V4L2_BUF_TYPE_VIDEO_OUTPUT
VIDIOC_STREAMON = 0x40045612
VIDEO_OUTPUT = 2


@dataclass(frozen=True, slots=True)
class LoopbackDevice:
    """path: /dev/video<n>; label: the name that applications show."""

    path: str
    label: str


def loopback_devices(folder: Path = VIRTUAL_DEVICES) -> list[LoopbackDevice]:
    """The virtual video devices of this machine, in the order of their numbers."""
    found = []
    for entry in folder.glob("video*"):
        try:
            label = (entry / "name").read_text().strip()
        except OSError:
            continue
        found.append(LoopbackDevice(f"/dev/{entry.name}", label))
    return sorted(found, key=lambda device: (len(device.path), device.path))


def free_device(path: str) -> bool:
    """Give a loopback device its output capability back; True when it could be opened.

    v4l2loopback before 0.13 with exclusive_caps=1 refuses a second writer ("is not a video output
    device") until somebody has started streaming on it and closed it.
    """
    import fcntl

    try:
        device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.ioctl(device, VIDIOC_STREAMON, struct.pack("i", VIDEO_OUTPUT))
    except OSError:
        # No format has been set yet; closing restores the capability all the same.
        pass
    finally:
        os.close(device)
    return True


def is_video_device(path: str) -> bool:
    """Whether the path is (still) a video device node."""
    try:
        return stat.S_ISCHR(os.stat(path).st_mode)
    except OSError:
        return False
