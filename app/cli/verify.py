"""`verify`: what the content credentials of a file say, and whether it was altered."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.options import Answer, declare
from app.settings import identity_path, settings_path
from pipeline.errors import CredentialsError

if TYPE_CHECKING:
    from pipeline.credentials.verdict import Verdict


def add_command(commands) -> None:
    """Declare the command."""
    summary = "Tell what the content credentials of a file say, and whether it was altered."
    parser = declare(commands, "verify", summary, run)
    parser.add_argument("file", type=Path, metavar="FILE", help="a video or picture of any origin")


def run(options: argparse.Namespace) -> Answer:
    """Print what the file says about itself. Raises CredentialsError unless it is intact."""
    from pipeline.credentials.c2pa_library import load_library
    from pipeline.credentials.verdict import examine_file

    load_library()
    from pipeline.credentials.signing_identity import find_identity

    own = find_identity(identity_path(settings_path()))
    verdict = examine_file(options.file, own and own.authority_pem)
    name = options.file.name
    if verdict is None:
        raise CredentialsError(
            f"{name} has no content credentials: it says nothing about where it comes from."
        )
    if verdict.intact:
        print(f"{name} is intact: nothing was changed since it was signed.")
    for line in claims(verdict):
        print(line)
    if verdict.altered:
        raise CredentialsError(
            f"{name} was ALTERED after it was signed: do not rely on what it says."
        )
    if not verdict.intact:
        faults = ", ".join(verdict.faults) or "no reason given"
        raise CredentialsError(f"The credentials of {name} are not valid ({faults}).")
    return {"file": str(options.file), **asdict(verdict)}


def claims(verdict: "Verdict") -> list[str]:
    """What the credentials say, and how much that is worth, in sentences."""
    lines = []
    if verdict.generator:
        lines.append(f"Made with {verdict.generator}.")
    lines += [f"Its content is {source}." for source in verdict.sources]
    lines += [f'It says: "{description}"' for description in verdict.descriptions]
    if verdict.is_ours:
        lines.append("Signed by this installation of ChatAnyone.")
    elif verdict.signer:
        lines.append(f"Signed by {verdict.signer}. Nobody vouches for that name here.")
    return lines
