"""How to get a virtual camera on this system, step by step."""

import platform
import shutil
import sys
from dataclasses import dataclass

from app.words import tr

CAMERA_LABEL = "ChatAnyone Camera"
LOAD = f'sudo modprobe v4l2loopback exclusive_caps=1 card_label="{CAMERA_LABEL}"'
KEEP = (
    f"echo v4l2loopback | sudo tee /etc/modules-load.d/v4l2loopback.conf && echo 'options"
    f' v4l2loopback exclusive_caps=1 card_label="{CAMERA_LABEL}"\''
    " | sudo tee /etc/modprobe.d/v4l2loopback.conf"
)
# The distributions that each package manager stands for, by the ID of os-release(5).
APT = {"debian", "ubuntu"}
DNF = {"fedora"}
PACMAN = {"arch"}
ZYPPER = {"suse", "opensuse"}


@dataclass(frozen=True, slots=True)
class Step:
    """words: what to do; command: what to type for it, "" where nothing is typed"""

    words: str
    command: str = ""


def camera_steps(system: str = sys.platform, families: set[str] | None = None) -> list[Step]:
    """What the user does once, in this order.

    system: as sys.platform has it; families: the distribution and those it is like, of this
    machine where None
    """
    if system == "win32":
        return [
            Step(tr("Install OBS Studio 30 or newer; it brings the camera driver."),
                 "winget install OBSProject.OBSStudio"),
            Step(tr("Start OBS once, press “Start Virtual Camera”, then close OBS again.")),
        ]  # fmt: skip
    if system == "darwin":
        return [
            Step(tr("Install OBS Studio 30 or newer; it brings the camera driver."),
                 "brew install --cask obs"),
            Step(tr("Start OBS once and press “Start Virtual Camera”. Allow the system extension "
                    "in System Settings, General, Login Items & Extensions.")),
            Step(tr("Restart the Mac where it asks for that, then close OBS.")),
        ]  # fmt: skip
    return _linux_steps(_families() if families is None else families)


def _linux_steps(families: set[str]) -> list[Step]:
    open_terminal = tr("Open a terminal and install the driver:")
    if families & APT:
        headers = "linux-headers-$(uname -r)"
        install = [Step(open_terminal, f"sudo apt install v4l2loopback-dkms {headers}")]
    elif families & DNF:
        release = "$(rpm -E %fedora)"
        source = "https://mirrors.rpmfusion.org/free/fedora/rpmfusion-free-release"
        install = [
            Step(tr("Open a terminal and add RPM Fusion, which has the driver:"),
                 f"sudo dnf install {source}-{release}.noarch.rpm"),
            Step(tr("Install the driver:"), "sudo dnf install akmod-v4l2loopback"),
        ]  # fmt: skip
    elif families & PACMAN:
        install = [Step(open_terminal, "sudo pacman -S --needed v4l2loopback-dkms linux-headers")]
    elif families & ZYPPER:
        install = [Step(open_terminal, "sudo zypper install v4l2loopback-kmp-default")]
    else:
        install = [Step(tr("Install v4l2loopback with your distribution's package manager."))]
    steps = [
        *install,
        Step(tr("Load it:"), LOAD),
        Step(tr("Have it loaded at every start of the computer:"), KEEP),
    ]
    if shutil.which("mokutil"):
        words = tr("Where loading says “Key was rejected”, Secure Boot is on: enrol the key that "
                   "the driver was signed with, restart, and choose “Enroll MOK”:")  # fmt: skip
        steps.append(Step(words, "sudo mokutil --import /var/lib/dkms/mok.pub"))
    return steps


def _families() -> set[str]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return set()
    return {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
