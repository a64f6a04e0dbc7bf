"""What works on this machine, what does not, and what to do about it."""

import importlib.metadata
import importlib.util
import json
import locale
import logging
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from pipeline.errors import UserError
from pipeline.probe import Probe

log = logging.getLogger(__name__)

PACKAGES = (
    "torch",
    "onnxruntime-gpu",
    "onnxruntime",
    "PySide6-Essentials",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "pi-heif",
    "av",
    "sounddevice",
    "pyvirtualcam",
)
SMALLEST_FREE_BYTES = 1_000_000_000
SMALLEST_MEMORY_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. topic: what was looked at"""

    topic: str
    probe: Probe


def examine() -> Iterator[Finding]:
    """Look at everything, one after the other; a check that fails is a finding, too."""
    for topic, check in CHECKS.items():
        try:
            yield Finding(topic, check())
        except (UserError, ImportError, OSError, ValueError) as error:
            log.info("doctor: %s", topic, exc_info=True)
            yield Finding(topic, Probe(False, str(error)))


def check_versions() -> Probe:
    """Versions of Python and of the packages that matter."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    sentence = ", ".join([system, *(f"{name} {version}" for name, version in found.items())]) + "."
    missing = sorted(set(PACKAGES) - set(found) - {"onnxruntime", "onnxruntime-gpu"})
    if _is_built() and "torch" in missing:
        missing.remove("torch")
    install = "Run `python3 installer/bootstrap.py run`."
    if missing:
        return Probe(False, f"{sentence} Missing: {', '.join(missing)}.", install)
    runtimes = [name for name in found if name.startswith("onnxruntime")]
    if len(runtimes) != 1:
        return Probe(False, f"{sentence} There must be exactly one ONNX Runtime.", install)
    return Probe(True, sentence)


def _is_built() -> bool:
    """Whether this is the application as one folder, which leaves PyTorch out."""
    return bool(getattr(sys, "frozen", False))


def check_audio() -> Probe:
    """Microphones."""
    from pipeline.microphone import probe_audio

    return probe_audio()


def check_camera() -> Probe:
    """The virtual camera's driver."""
    from pipeline.camera import probe_camera

    return probe_camera()


def check_models() -> Probe:
    """Checksums of every model that ships."""
    from pipeline.model_folder import CHECKSUMS, MODELS, sha256_of

    known: dict[str, str] = json.loads(CHECKSUMS.read_text(encoding="utf-8"))
    damaged = [
        name
        for name, checksum in known.items()
        if not (MODELS / name).is_file() or sha256_of(MODELS / name) != checksum
    ]
    if damaged:
        return Probe(
            False, f"Missing or damaged: {', '.join(damaged)}.", "Install the application again."
        )
    return Probe(True, f"All {len(known)} files of the models are unchanged.")


def check_networks() -> Probe:
    """The provider that really runs the networks, as a session reports it."""
    from pipeline.model_folder import MODELS
    from pipeline.network import cuda_driver_present, load_network

    provider = load_network(MODELS / "speech", "auto").provider
    gpu = "an NVIDIA driver is installed" if cuda_driver_present() else "no NVIDIA driver"
    return Probe(True, f"The networks run on {provider} ({gpu}).")


def check_renderer() -> Probe:
    """The renderer that a call gets on this machine."""
    from pipeline.network import cuda_driver_present
    from pipeline.painters_choice import choose_painters
    from pipeline.painters_engine import painters_ship

    fallbacks: list[str] = []
    painters = choose_painters("auto", "auto", True, fallbacks.append)
    if painters is not None:
        return Probe(True, f"Calls get the full renderer, on {painters.provider}.")
    if fallbacks:
        advice = "Update the driver of the graphics card, or choose the CPU."
        return Probe(False, f"Calls get the lite renderer. {fallbacks[0]}", advice)
    why = "the full one does not ship"
    if painters_ship():
        has_card = cuda_driver_present()
        why = "PyTorch is not installed" if has_card else "there is no NVIDIA graphics card"
    return Probe(True, f"Calls get the lite renderer: {why}.")


def check_torch() -> Probe:
    """PyTorch, which serves NVIDIA GPUs."""
    if _is_built() and importlib.util.find_spec("torch") is None:
        return Probe(True, "PyTorch is not part of this build; everything runs on the CPU.")
    try:
        import torch
    except ImportError as error:
        return Probe(
            False,
            f"PyTorch cannot be loaded ({error}).",
            "Run `python3 installer/bootstrap.py run`.",
        )
    if torch.cuda.is_available():
        return Probe(True, f"PyTorch {torch.__version__} sees {torch.cuda.get_device_name()}.")
    return Probe(True, f"PyTorch {torch.__version__} sees no GPU; everything runs on the CPU.")


def check_gallery() -> Probe:
    """Avatars and styles."""
    from pipeline.avatar import list_avatars, load_avatar
    from pipeline.style import list_styles, load_style

    avatars, styles = list_avatars(), list_styles()
    for entry in avatars:
        load_avatar(entry.name)
    for name in styles:
        load_style(name)
    if not avatars:
        return Probe(False, "There are no avatars.", "Install the application again.")
    return Probe(
        True, f"Avatars: {', '.join(e.name for e in avatars)}; styles: {', '.join(styles)}."
    )


def check_import() -> Probe:
    """Whether pictures can be read and faces found in them."""
    import pi_heif

    from pipeline.avatar import GALLERY
    from pipeline.portrait.picture_file import read_picture
    from pipeline.portrait.trackers import Trackers

    portrait = min(GALLERY.glob("*/portrait.png"), default=GALLERY / "portrait.png")
    faces = Trackers.load().faces(read_picture(portrait).pixels)
    if len(faces) != 1:
        return Probe(
            False,
            f"The tracker finds {len(faces)} faces in {portrait.parent.name}'s portrait.",
            "Install the application again.",
        )
    return Probe(True, f"Pictures can be imported, HEIC too (libheif {pi_heif.libheif_version()}).")


def check_signing() -> Probe:
    """Whether recordings are signed: a picture of the gallery is, and read back."""
    from app.settings import identity_path, settings_path
    from pipeline.avatar import GALLERY
    from pipeline.credentials.c2pa_library import load_library
    from pipeline.errors import CredentialsError

    try:
        library = load_library()
    except CredentialsError as fault:
        install = "Run `python3 installer/bootstrap.py run`."
        return Probe(False, f"Recordings are not signed. {fault}", install)
    from pipeline.credentials.signature import sign_file
    from pipeline.credentials.signing_identity import find_identity, new_identity
    from pipeline.credentials.statement import AI_PICTURE, manifest

    # Looking leaves nothing behind: the first recording makes the identity that is kept.
    identity = find_identity(identity_path(settings_path())) or new_identity()
    with tempfile.TemporaryDirectory(prefix="chatanyone-") as folder:
        picture = Path(shutil.copy(min(GALLERY.glob("*/portrait.png")), folder))
        sign_file(picture, manifest(AI_PICTURE, with_own_pictures=False), identity)
    return Probe(True, f"Recordings and snapshots are signed (C2PA {library.sdk_version()}).")


def check_disk() -> Probe:
    """Free space where settings, logs and avatars go, and memory."""
    from app.settings import log_path

    folder = log_path().parent
    while not folder.exists():
        folder = folder.parent
    free_bytes = shutil.disk_usage(folder).free
    memory_bytes = psutil.virtual_memory().available
    sentence = (
        f"{free_bytes / 1e9:.1f} GB free at {folder}, {memory_bytes / 1e9:.1f} GB of memory "
        f"available, {os.cpu_count()} CPU cores."
    )
    if not os.access(folder, os.W_OK):
        return Probe(False, sentence, f"Make {folder} writable; settings and logs go there.")
    if free_bytes < SMALLEST_FREE_BYTES:
        return Probe(False, sentence, "Free 1 GB of disk space.")
    if memory_bytes < SMALLEST_MEMORY_BYTES:
        return Probe(False, sentence, "Close other programs to free 2 GB of memory.")
    return Probe(True, sentence)


def check_locale() -> Probe:
    """Whether names and paths of any language can be written."""
    encoding = sys.getfilesystemencoding()
    sentence = f"Locale {locale.setlocale(locale.LC_CTYPE)}, file names in {encoding}."
    if encoding.lower() != "utf-8":
        return Probe(False, sentence, "Choose a UTF-8 locale, for example LANG=C.UTF-8.")
    return Probe(True, sentence)


def check_display() -> Probe:
    """Whether the window and the tray can be shown."""
    from app.display import NO_DISPLAY, has_display

    if not has_display():
        return Probe(False, NO_DISPLAY)
    return Probe(True, "The window can be shown.")


CHECKS: dict[str, Callable[[], Probe]] = {
    "versions": check_versions,
    "audio": check_audio,
    "camera": check_camera,
    "models": check_models,
    "networks": check_networks,
    "renderer": check_renderer,
    "torch": check_torch,
    "gallery": check_gallery,
    "import": check_import,
    "signing": check_signing,
    "disk": check_disk,
    "locale": check_locale,
    "display": check_display,
}
