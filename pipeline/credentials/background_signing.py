"""Signs a file on a thread of its own, beside whatever goes on."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.credentials.c2pa_library import load_library
from pipeline.credentials.signature import sign_file
from pipeline.errors import CredentialsError
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

OnSigned = Callable[[Path, str], None]


class BackgroundSigning(threading.Thread):
    """Signs one finished file with the identity of this installation; until then, and where that
    fails, the file stays as it is.

    on_signed: told the path, and why it is not signed, "" where it is; from this thread
    """

    def __init__(
        self, path: Path, manifest: dict[str, Any], identity_path: Path, on_signed: OnSigned
    ) -> None:
        super().__init__(name="signing", daemon=True)
        self.path = path
        # Of reading and writing the file once each, with which most of the time goes.
        self.done_bytes = 0
        self._manifest = manifest
        self._identity_path = identity_path
        self._on_signed = on_signed
        self._given_up = threading.Event()

    def give_up(self) -> None:
        """Leave the file as it is; `on_signed` follows."""
        self._given_up.set()

    def run(self) -> None:
        fault = ""
        try:
            load_library()
            from pipeline.credentials.signing_identity import own_identity

            identity = own_identity(self._identity_path)
            sign_file(self.path, self._manifest, identity, self._count)
        except CredentialsError as error:
            log.info("not signed: %s", error)
            fault = error.sentence
        except Exception:
            log.exception("fault while signing")
            fault = Sentence("A fault of ours kept the file from being signed.")
        self._on_signed(self.path, fault)

    def _count(self, bytes_more: int) -> None:
        if self._given_up.is_set():
            raise CredentialsError("Signing the file was given up.")
        self.done_bytes += bytes_more
