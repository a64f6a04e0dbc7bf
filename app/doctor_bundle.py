"""What a report of a fault needs, in one file: no pictures, no sound, no names of folders."""

import importlib.metadata
import json
import os
import tempfile
import zipfile
from pathlib import Path

from app.settings import log_path, settings_path
from pipeline.errors import UserError
from pipeline.version import VERSION

LARGEST_FILE_BYTES = 2_000_000
README = """\
Collected by `doctor --bundle` of ChatAnyone {version}.

findings.json   what doctor found on this machine
versions.txt    the Python packages
settings.json   what was chosen: names of avatar, style, microphone and camera
*.log           what the program noted

There are no pictures and no sound in it, and your home folder is called ~. Names of devices and
avatars are in it as you gave them: read it before you send it.
"""


def write_bundle(path: Path, findings: list[dict]) -> list[str]:
    """Write the zip file, whole or not at all, and return the names of what is in it.

    Raises UserError where it cannot be written.
    """
    texts = {"readme.txt": README.format(version=VERSION), **_collected(findings)}
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.resolve().parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, text in texts.items():
                    archive.writestr(name, _without_home(text))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        temporary = None
    except OSError as fault:
        reason = fault.strerror or fault
        raise UserError(f"{path} cannot be written ({reason}); choose another place.") from fault
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
    return sorted(texts)


def _collected(findings: list[dict]) -> dict[str, str]:
    texts = {
        "findings.json": json.dumps(findings, indent=2),
        "versions.txt": "\n".join(_versions()) + "\n",
    }
    logs = sorted(log_path().parent.glob("*.log*"))
    for path in [settings_path(), *logs]:
        text = _tail(path)
        if text is not None:
            texts[path.name] = text
    return texts


def _versions() -> list[str]:
    found = {
        f"{package.metadata['Name']} {package.version}"
        for package in importlib.metadata.distributions()
    }
    return [f"ChatAnyone {VERSION}", *sorted(found, key=str.lower)]


def _tail(path: Path) -> str | None:
    """The end of a text file; None where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - LARGEST_FILE_BYTES, 0))
            return file.read().decode("utf-8", errors="replace")
    except OSError:
        return None


def _without_home(text: str) -> str:
    home = str(Path.home())
    # In JSON the backslashes of Windows are doubled.
    return text.replace(home, "~").replace(home.replace("\\", "\\\\"), "~")
