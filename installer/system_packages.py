"""Shared libraries that pip cannot bring, and the packages of each system that hold them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Library:
    """A shared library and the package that holds it for apt, dnf and pacman."""

    soname: str
    apt: str
    dnf: str
    pacman: str


# PortAudio, and what the PySide6 wheel's libraries and platform plugins link to (objdump -p).
LINUX_LIBRARIES = (
    Library("libportaudio.so.2", "libportaudio2", "portaudio", "portaudio"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Library(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
)


def missing_libraries() -> list[Library]:
    """Those of LINUX_LIBRARIES that cannot be loaded; none elsewhere, where wheels bring them."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in LINUX_LIBRARIES if not _loads(library.soname)]


def install_commands(libraries: list[Library], with_venv: bool) -> list[list[str]]:
    """The commands that install `libraries`, and Python's venv module where Debian splits it off.

    Empty where no known package manager is found or nothing is to be done.
    """
    if shutil.which("apt-get"):
        packages = [library.apt for library in libraries]
        if with_venv:
            packages.append(f"python3.{sys.version_info.minor}-venv")
        commands = [
            ["apt-get", "update"],
            ["apt-get", "install", "--yes", "--no-install-recommends", *_unique(packages)],
        ]
    elif shutil.which("dnf"):
        packages = [library.dnf for library in libraries]
        commands = [["dnf", "install", "--assumeyes", *_unique(packages)]]
    elif shutil.which("pacman"):
        packages = [library.pacman for library in libraries]
        commands = [["pacman", "--sync", "--needed", "--noconfirm", *_unique(packages)]]
    else:
        return []
    return [[*_as_root(), *command] for command in commands] if packages else []


def install(missing: list[Library], lacks_venv: bool, assume_yes: bool) -> None:
    """Say what is missing and what will be run, ask, run it, and say what is still missing.

    Never fails: the command line works without the window, and the window without a microphone.
    """
    what = [library.soname for library in missing] + ["Python's venv module"] * lacks_venv
    commands = install_commands(missing, lacks_venv)
    if commands:
        print(f"This system lacks {', '.join(what)}. I am going to run:", file=sys.stderr)
        for command in commands:
            print("    " + " ".join(command), file=sys.stderr)
        if _agreed(assume_yes) and run_commands(commands):
            what = [library.soname for library in missing_libraries()]
    if what:
        print(
            f"Going on without {', '.join(what)}: the window or the microphone may not work until "
            "you install the packages that hold them.",
            file=sys.stderr,
        )


def run_commands(commands: list[list[str]]) -> bool:
    """Run `commands` in order until one fails; whether all went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        try:
            # Inherits the terminal: sudo may have to ask for a password.
            code = subprocess.call(command, env=environment, stdout=sys.stderr)
        except OSError:
            return False
        # A stale package list is no reason to give up: the install itself decides.
        if code != 0 and command[-1] != "update":
            return False
    return True


def _agreed(assume_yes: bool) -> bool:
    # Without a terminal nobody can be asked.
    if assume_yes or not sys.stdin.isatty():
        return True
    return input("Continue? [Y/n] ").strip().lower() in ("", "y", "yes")


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _as_root() -> list[str]:
    if os.geteuid() == 0 or not shutil.which("sudo"):
        return []
    # Without a terminal nobody could type the password.
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "--non-interactive"]


def _unique(packages: list[str]) -> list[str]:
    return list(dict.fromkeys(packages))
