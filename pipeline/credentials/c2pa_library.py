"""The C2PA library. It is optional: where it is missing files are written, but not signed."""

import importlib.util
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import CredentialsError

MISSING = "The package c2pa-python is not installed."
LIBRARY_NAMES = ("libc2pa_c.so", "libc2pa_c.dylib", "c2pa_c.dll")
# Nothing is fetched: no manifests from elsewhere, no lists of revoked certificates.
OFFLINE: dict[str, Any] = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},
}
_IMPORTING = threading.Lock()


def check_library() -> Path:
    """The folder of the package, which is not loaded. Raises CredentialsError where it is missing
    or lacks its companion, with which keys are made."""
    package = importlib.util.find_spec("c2pa")
    if package is None or package.origin is None or not importlib.util.find_spec("cryptography"):
        raise CredentialsError(MISSING)
    return Path(package.origin).parent


def load_library() -> Any:
    """The module `c2pa`, loaded once. Raises CredentialsError where it is missing or damaged."""
    folder = check_library() / "libs"
    library = next((folder / name for name in LIBRARY_NAMES if (folder / name).is_file()), None)
    if library is None:
        raise CredentialsError(
            "The package c2pa-python is damaged: no library in {folder}.", folder=folder
        )
    try:
        with _IMPORTING, _only(library):
            import c2pa
    except (ImportError, OSError, RuntimeError) as fault:
        reason = str(fault).splitlines()[0]
        raise CredentialsError(
            "The C2PA library cannot be loaded ({reason}).", reason=reason
        ) from fault
    return c2pa


@contextmanager
def _only(library: Path) -> Iterator[None]:
    """Have the package load this file. Left alone it looks into the current folder first, where
    a download may lie that bears the library's name."""
    name = "C2PA_LIBRARY_NAME"
    before = os.environ.get(name)
    os.environ[name] = str(library.resolve())
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
