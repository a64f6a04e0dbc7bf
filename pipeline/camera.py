"""Where the composed frames go: a virtual camera, a file, or nowhere."""

import sys
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from pipeline import v4l2
from pipeline.errors import CameraError
from pipeline.file_camera import FileCamera
from pipeline.probe import Probe
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX, FPS
from pipeline.sentence import Sentence

BACKEND_CAMERAS = {"obs": "OBS Virtual Camera", "unitycapture": "Unity Video Capture"}
DEVICE_CHECK_FRAMES = FPS // 2
FIXES = {
    "linux": Sentence(
        "install v4l2loopback and load it: `sudo apt install v4l2loopback-dkms` and `sudo modprobe"
        ' v4l2loopback exclusive_caps=1 card_label="ChatAnyone Camera"`'
    ),
    "darwin": Sentence(
        "install OBS Studio 30 or newer, start its virtual camera once and close OBS"
    ),
    "win32": Sentence(
        "install OBS Studio 30 or newer, which brings the OBS Virtual Camera, and close OBS"
    ),
}


class Camera(Protocol):
    """A sink of frames. It does not pace: who sends keeps the time.

    name: what the user finds in the call's camera list; frames_sent: how many were taken
    """

    @property
    def name(self) -> str: ...
    @property
    def frames_sent(self) -> int: ...

    def send(self, frame: np.ndarray) -> None:
        """Show a (height, width, 3) uint8 RGB frame. Raises CameraError when the camera is gone."""
        ...

    def send_audio(self, samples: np.ndarray) -> None:
        """(n,) float32 at 24 kHz, heard with the frame sent next; only files keep it."""
        ...

    def close(self) -> None: ...


class NoCamera:
    """Counts frames and drops them."""

    name = "none"

    def __init__(self) -> None:
        self.frames_sent = 0

    def send(self, frame: np.ndarray) -> None:
        self.frames_sent += 1

    def send_audio(self, samples: np.ndarray) -> None:
        """Not heard."""

    def close(self) -> None:
        """Nothing to release."""


class VirtualCamera:
    """A driver's camera through pyvirtualcam, opened once and kept open.

    Never mirrored, RGB in, limited-range conversion by the driver's side.
    """

    def __init__(self, device: Any, label: str) -> None:
        self._device = device
        self._is_open = True
        self._path: str = device.device
        self._node = v4l2.node_identity(self._path)
        self._size_px = (device.width, device.height)
        self.name = label
        self.frames_sent = 0

    def send(self, frame: np.ndarray) -> None:
        if self.frames_sent % DEVICE_CHECK_FRAMES == 0 and self._path.startswith("/dev/"):
            self._check_device()
        try:
            self._device.send(frame)
        except RuntimeError as error:
            raise CameraError(
                "The camera {camera} takes no more frames ({error}).", camera=self.name, error=error
            ) from error
        self.frames_sent += 1

    def send_audio(self, samples: np.ndarray) -> None:
        """Cameras have no sound."""

    def close(self) -> None:
        """Give the device back; a second call does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        self._device.close()
        if self._path.startswith("/dev/video"):
            v4l2.free_device(self._path)

    def _check_device(self) -> None:
        """pyvirtualcam reports failing writes only on stderr, so the device is watched here."""
        node = v4l2.node_identity(self._path)
        if node is None:
            raise CameraError(
                "The camera {camera} went away; load its driver again.", camera=self.name
            )
        if node != self._node:
            raise CameraError(
                "The driver of the camera {camera} was loaded again.", camera=self.name
            )
        size_px = v4l2.sent_size(self._path)
        if size_px not in (None, self._size_px):
            raise CameraError(
                "Another program took the camera {camera}{users}; close it.",
                camera=self.name, users=_users(self._path),
            )  # fmt: skip


def open_camera(
    name: str = "auto", width_px: int = CAMERA_WIDTH_PX, height_px: int = CAMERA_HEIGHT_PX
) -> Camera:
    """Open "auto" (the first that works), "none", "file:V.mp4" or a camera by name or device.

    Raises CameraError with the reason of every backend and the fix for this system, MediaError
    when the file cannot be written.
    """
    if name == "none":
        return NoCamera()
    if name.startswith("file:"):
        return FileCamera(name.removeprefix("file:"), width_px, height_px)
    pyvirtualcam = _load_pyvirtualcam()
    device = None if name == "auto" else _device_of(name)
    try:
        camera = _open_device(pyvirtualcam, device, width_px, height_px)
    except RuntimeError as error:
        if not _free_devices(device):
            raise _no_camera(name, error) from error
        try:
            camera = _open_device(pyvirtualcam, device, width_px, height_px)
        except RuntimeError as second_error:
            raise _no_camera(name, second_error) from second_error
    return VirtualCamera(camera, _label_of(camera.device))


def probe_camera() -> Probe:
    """Whether a virtual camera can be opened, for `doctor`; opens and closes it."""
    try:
        camera = open_camera("auto")
    except CameraError as error:
        problem, _, fix = str(error).rpartition("; ")
        return Probe(False, problem + ".", fix[:1].upper() + fix[1:])
    camera.close()
    return Probe(True, f"The virtual camera {camera.name} works.")


def list_cameras() -> list[str]:
    """Names that `open_camera` takes on this machine, besides "auto", "none" and "file:"."""
    if sys.platform.startswith("linux"):
        return [device.label for device in v4l2.loopback_devices()]
    backends: list[str] = list(_load_pyvirtualcam().camera.BACKENDS)
    return [BACKEND_CAMERAS.get(backend, backend) for backend in backends]


def _open_device(
    pyvirtualcam: ModuleType, device: str | None, width_px: int, height_px: int
) -> Any:
    return pyvirtualcam.Camera(
        width=width_px, height=height_px, fps=FPS, fmt=pyvirtualcam.PixelFormat.RGB, device=device
    )


def _load_pyvirtualcam() -> ModuleType:
    try:
        import pyvirtualcam
    except ImportError as error:
        raise CameraError(
            "pyvirtualcam cannot be loaded ({error}); run `pip install -r requirements.txt`.",
            error=error,
        ) from error
    return pyvirtualcam


def _device_of(name: str) -> str:
    for device in v4l2.loopback_devices():
        if name.casefold() in {device.label.casefold(), device.path}:
            return device.path
    return name


def _label_of(device: str) -> str:
    labels = {entry.path: entry.label for entry in v4l2.loopback_devices()}
    return labels.get(device, device)


def _free_devices(device: str | None) -> bool:
    """Free the named loopback device, or all of them; True when one could be opened.

    One that somebody sends to is left alone: freeing it would cut them off.
    """
    if v4l2.frees_devices():
        return False
    paths = [entry.path for entry in v4l2.loopback_devices()]
    free = [path for path in paths if device in (None, path) and not v4l2.is_fed(path)]
    return any([v4l2.free_device(path) for path in free])


def _users(path: str) -> str:
    names = v4l2.other_users(path)
    if not names:
        return ""
    if len(names) == 1:
        return Sentence(" while {program} uses it", program=names[0])
    return Sentence(" while {programs} use it", programs=", ".join(names))


def _no_camera(name: str, error: RuntimeError) -> CameraError:
    reasons = ", ".join(line.strip() for line in str(error).splitlines() if line.strip())
    devices = v4l2.loopback_devices()
    wanted = [entry for entry in devices if name == "auto" or entry.path == _device_of(name)]
    if wanted:
        return _unusable(wanted, reasons)
    if devices:
        known = ", ".join(entry.label for entry in devices)
        return CameraError(
            '"{camera}" is no virtual camera ({reasons}); choose one of: {known}.',
            camera=name, reasons=reasons, known=known,
        )  # fmt: skip
    fix = FIXES.get(sys.platform, FIXES["linux"])
    if name == "auto":
        return CameraError(
            "No virtual camera could be opened ({reasons}); {fix}.", reasons=reasons, fix=fix
        )
    return CameraError(
        'No virtual camera "{camera}" could be opened ({reasons}); {fix}.',
        camera=name, reasons=reasons, fix=fix,
    )  # fmt: skip


def _unusable(devices: list[v4l2.LoopbackDevice], reasons: str) -> CameraError:
    labels = ", ".join(device.label for device in devices)
    if not any(v4l2.node_identity(device.path) for device in devices):
        return CameraError(
            "The camera {camera} went away ({reasons}); load its driver again.",
            camera=labels, reasons=reasons,
        )  # fmt: skip
    users = next((told for device in devices if (told := _users(device.path))), "")
    return CameraError(
        "The virtual camera {camera} is in use or cannot be opened{users} ({reasons}); close the "
        "program that sends to it.",
        camera=labels, users=users, reasons=reasons,
    )  # fmt: skip
