"""Signs a file beside whatever goes on, and tells how that ended."""

import logging
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.credentials.c2pa_library import check_library
from pipeline.credentials.signature import signed_part
from pipeline.credentials.signing_process import read_line, start_signing
from pipeline.errors import CredentialsError
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

OnSigned = Callable[[Path, str], None]


class BackgroundSigning(threading.Thread):
    """Waits for the process that signs one finished file with the identity of this installation.

    Until then, and where that fails, the file stays as it is.

    on_signed: told the path, and why it is not signed, "" where it is; from this thread
    """

    def __init__(
        self, path: Path, manifest: dict[str, Any], identity_file: Path, on_signed: OnSigned
    ) -> None:
        super().__init__(name="signing", daemon=True)
        self.path = path
        # Of three times the file's size: it is read, written and read back.
        self.done_bytes = 0
        self._manifest = manifest
        self._identity_file = identity_file
        self._on_signed = on_signed
        self._process: subprocess.Popen | None = None
        self._is_given_up = self._is_left = False
        self._lock = threading.Lock()

    def give_up(self) -> None:
        """Leave the file as it is; `on_signed` follows."""
        with self._lock:
            self._is_given_up = True
            if self._process is not None:
                self._process.kill()

    def leave(self) -> None:
        """Let the process go on alone; `on_signed` is not called any more."""
        with self._lock:
            self._is_left = True

    def run(self) -> None:
        try:
            check_library()
            fault: str = self._wait()
        except CredentialsError as error:
            fault = error.sentence
        except Exception:
            log.exception("fault while signing")
            fault = Sentence("A fault of ours kept the file from being signed.")
        if fault:
            log.info("not signed: %s", fault)
        with self._lock:
            if not self._is_left:
                self._on_signed(self.path, fault)

    def _wait(self) -> str:
        """Until the process has answered; why the file is not signed."""
        with self._lock:
            if not self._is_given_up:
                self._process = start_signing(self.path, self._manifest, self._identity_file)
        answer = None if self._process is None else self._listen(self._process)
        if answer == {}:
            return ""
        if answer is not None and "sentence" in answer:
            return Sentence(answer["sentence"], **answer["values"])
        signed_part(self.path).unlink(missing_ok=True)
        if self._is_given_up:
            return Sentence("Signing the file was given up.")
        raise RuntimeError(answer["details"] if answer else "the signing process died")

    def _listen(self, process: subprocess.Popen) -> dict[str, Any] | None:
        """What the process answers; None where it ends without a word."""
        answer = None
        with process:
            for line in process.stdout or ():
                said = read_line(line)
                if isinstance(said, dict):
                    answer = said
                elif said is not None:
                    self.done_bytes = said
        return answer
