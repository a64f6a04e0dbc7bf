"""The secret that a program needs to control this one."""

import hmac
import secrets
from pathlib import Path

from pipeline.private_file import write_private

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
    write_private(path, f"{token}\n".encode("ascii"))
    return token


def is_token(given: str, token: str) -> bool:
    """Whether they are the same, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(given.encode("utf-8"), token.encode("utf-8"))
