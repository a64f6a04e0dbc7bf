"""Signs a finished file: a signed copy, found intact, takes its place in one step."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.credentials.c2pa_library import OFFLINE, load_library
from pipeline.errors import CredentialsError

if TYPE_CHECKING:
    from pipeline.credentials.signing_identity import SigningIdentity

FORMATS = {".mp4", ".m4v", ".mov", ".png"}
ALGORITHM = b"es256"
INTACT = ("Valid", "Trusted")
SETTINGS: dict[str, Any] = {
    **OFFLINE,
    # What exceeds this is kept in a temporary file while it is signed, not in memory.
    "core": {**OFFLINE["core"], "backing_store_memory_threshold_in_mb": 16},
    "builder": {
        "thumbnail": {"enabled": False},
        "actions": {"auto_created_action": {"enabled": False}},
    },
}

OnBytes = Callable[[int], None]


def sign_file(
    path: Path,
    manifest: dict[str, Any],
    identity: "SigningIdentity",
    on_bytes: OnBytes = lambda count: None,
) -> None:
    """Put the signed manifest into the file, which is whole at any time: as it was, or signed.

    on_bytes: told how much was read or written since

    Raises CredentialsError where it cannot be signed; then it is as it was.
    """
    if path.suffix.lower() not in FORMATS:
        raise CredentialsError(
            "There is no place for a signature in {suffix} files.", suffix=path.suffix
        )
    c2pa = load_library()
    part = signed_part(path)
    try:
        with _Watched(path, "rb", on_bytes) as source, _Watched(part, "w+b", on_bytes) as signed:
            _sign(c2pa, manifest, identity, source, signed)
            os.fsync(signed.fileno())
            if not os.path.samestat(os.fstat(source.fileno()), path.stat()):
                raise CredentialsError("The file was replaced before it could be signed.")
        os.replace(part, path)
    except (c2pa.C2paError, OSError) as fault:
        raise CredentialsError(
            "The file could not be signed ({reason}).", reason=_reason(fault)
        ) from fault
    finally:
        part.unlink(missing_ok=True)


def signed_part(path: Path) -> Path:
    """Where the signed copy grows, beside the file."""
    return path.with_name(f".{path.stem}.signed{path.suffix}")


def _sign(
    c2pa: Any,
    manifest: dict[str, Any],
    identity: "SigningIdentity",
    source: io.FileIO,
    signed: io.FileIO,
) -> None:
    """Write the signed copy and read it back."""
    form = Path(str(source.name)).suffix[1:].lower()
    with c2pa.Context.from_dict(SETTINGS) as context:
        info = c2pa.C2paSignerInfo(ALGORITHM, identity.chain_pem, identity.key_pem, None)
        with c2pa.Signer.from_info(info) as signer, c2pa.Builder(manifest, context) as builder:
            builder.sign(signer, form, source, signed)
        signed.seek(0)
        with c2pa.Reader(form, signed, context=context) as reader:
            state = reader.get_validation_state()
    lost_bytes = os.fstat(source.fileno()).st_size - os.fstat(signed.fileno()).st_size
    if state not in INTACT or lost_bytes > 0:
        raise CredentialsError("The file could not be signed: its copy was not intact.")


class _Watched(io.FileIO):
    """A file that tells of every read and write."""

    def __init__(self, path: Path, mode: str, on_bytes: OnBytes) -> None:
        super().__init__(path, mode)
        self._on_bytes = on_bytes

    def readinto(self, buffer: Any) -> int | None:
        self._on_bytes(len(buffer))
        return super().readinto(buffer)

    def write(self, data: Any) -> int:
        """All of it: the library takes for granted that nothing is left over."""
        self._on_bytes(len(data))
        rest = memoryview(data)
        while rest:
            rest = rest[super().write(rest) :]
        return len(data)


def _reason(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or str(fault).splitlines()[0]
