"""The secret that a program needs to control this one."""

import hmac
import os
import secrets
import tempfile
from pathlib import Path

TOKEN_BYTES = 32


def read_token(path: Path) -> str:
    """The token of this user; one is made where there is none. Raises OSError."""
    try:
        token = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        token = ""
    return token or new_token(path)


def new_token(path: Path) -> str:
    """Replace the token in one step; only the user can read the file. Raises OSError."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes it with mode 600.
    descriptor, temporary_name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(token + "\n")
        os.replace(temporary_name, path)
    except BaseException:
        Path(temporary_name).unlink(missing_ok=True)
        raise
    return token


def is_token(given: str, token: str) -> bool:
    """Whether they are the same, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(given.encode("utf-8"), token.encode("utf-8"))
