"""Linux loopback camera devices: finding them, naming them, freeing one for its next writer."""

import os
import re
import stat
import struct
import time
from dataclasses import dataclass
from pathlib import Path

VIRTUAL_DEVICES = Path("/sys/devices/virtual/video4linux")
DRIVER_VERSION = Path("/sys/module/v4l2loopback/version")
# linux/videodev2.h: _IOW('V', 18, int) and V4L2_BUF_TYPE_VIDEO_OUTPUT
VIDIOC_STREAMON = 0x40045612
VIDEO_OUTPUT = 2
MOST_BUFFERS = 64
FEED_WAIT_S = 0.25
# The oldest version that was seen to give a device back to its next writer by itself.
FREEING_VERSION = (0, 15)
VERSION = re.compile(r"(\d+)\.(\d+)")
FORMAT = re.compile(r":(\d+)x(\d+)@")


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


def frees_devices(version: Path = DRIVER_VERSION) -> bool:
    """Whether the driver needs no `free_device`, and so no `is_fed` before it, which would keep
    clients out: newer drivers have one reader at a time. Older ones tell no version."""
    try:
        found = VERSION.match(version.read_text())
    except OSError:
        return False
    return found is not None and (int(found[1]), int(found[2])) >= FREEING_VERSION


def node_identity(path: str) -> tuple[int, int] | None:
    """What tells a device node from another of the same name; None where there is no device.

    A driver that is unloaded and loaded again makes a new node: frames written to the old one
    are lost without an error.
    """
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_rdev, status.st_ino) if stat.S_ISCHR(status.st_mode) else None


def sent_size(path: str, folder: Path = VIRTUAL_DEVICES) -> tuple[int, int] | None:
    """(width, height) in pixels of what is sent to a loopback device now; None while nothing is.

    Asks sysfs ("YU12:1280x720@30/1"), which opens no device and so disturbs nobody.
    """
    try:
        found = FORMAT.search((folder / Path(path).name / "format").read_text())
    except OSError:
        return None
    return (int(found[1]), int(found[2])) if found else None


def is_fed(path: str, wait_s: float = FEED_WAIT_S) -> bool:
    """Whether somebody sends pictures to a loopback device now; waits for one.

    A format alone does not tell: it stays as long as somebody watches, also when the sender died.
    """
    try:
        device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        for _ in range(MOST_BUFFERS):  # pictures sent before
            if not _reads(device):
                break
        time.sleep(wait_s)
        return _reads(device)
    finally:
        os.close(device)


def _reads(device: int) -> bool:
    try:
        return bool(os.read(device, 1))
    except OSError:
        return False


def other_users(path: str, processes: Path = Path("/proc")) -> list[str]:
    """Names of the other programs that hold a device open, as far as we may see."""
    names = []
    for process in processes.glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        try:
            held = any(os.readlink(entry) == path for entry in (process / "fd").iterdir())
            if held:
                names.append((process / "comm").read_text().strip())
        except OSError:
            continue
    return sorted(set(names))
