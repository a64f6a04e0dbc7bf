"""Signs one file in a process of its own, with a lower priority than a run that goes on.

A library that reads and writes gigabytes shares neither interpreter nor memory with the run then,
and what it does not survive, the run does. The job comes in as one line of JSON; out come counts
of bytes, and at last a line of JSON with what went wrong.
"""

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import IO, Any

from pipeline.child_process import ROOT, child_command
from pipeline.credentials.c2pa_library import load_library
from pipeline.credentials.signature import sign_file
from pipeline.errors import CredentialsError

# Known to main.py; not for people.
ARGUMENT = "--sign-file"
NICENESS = 10
REPORTED_BYTES = 4_000_000


def start_signing(path: Path, manifest: dict[str, Any], identity_file: Path) -> subprocess.Popen:
    """Begin to sign; `read_line` understands what the process prints. Raises OSError."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    process = subprocess.Popen(
        child_command("pipeline.credentials.signing_process", ARGUMENT),
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, encoding="utf-8", creationflags=flags,
        # Ctrl-C is for the program alone, which then gives the signing up or not.
        start_new_session=True,
    )  # fmt: skip
    job = {
        "path": str(path.absolute()),
        "manifest": manifest,
        "identity_file": str(identity_file.absolute()),
    }
    assert process.stdin is not None
    with process.stdin as pipe:
        pipe.write(json.dumps(job) + "\n")
    return process


def read_line(line: str) -> int | dict[str, Any] | None:
    """Bytes read and written so far; or the answer: nothing where the file is signed, `sentence`
    with its `values` where it is not, `details` of a fault of ours; None for anything else."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, int | dict) else None


def main() -> None:
    """The child process."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answer = _sign(json.loads(sys.stdin.readline()), sys.stdout)
    _say(answer, sys.stdout)


def _sign(job: dict[str, Any], out: IO[str]) -> dict[str, Any]:
    done_bytes = told_bytes = 0

    def count(bytes_more: int) -> None:
        nonlocal done_bytes, told_bytes
        done_bytes += bytes_more
        if done_bytes - told_bytes >= REPORTED_BYTES:
            told_bytes = done_bytes
            _say(done_bytes, out)

    try:
        load_library()
        from pipeline.credentials.signing_identity import own_identity

        identity = own_identity(Path(job["identity_file"]))
        sign_file(Path(job["path"]), job["manifest"], identity, count)
    except CredentialsError as error:
        told = error.sentence
        return {
            "sentence": told.template,
            "values": {name: str(value) for name, value in told.values.items()},
        }
    except Exception:
        return {"details": traceback.format_exc()}
    return {}


def _say(what: object, out: IO[str]) -> None:
    """Where nobody listens any more, the file is signed all the same."""
    try:
        print(json.dumps(what), file=out, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


if __name__ == "__main__":
    main()
