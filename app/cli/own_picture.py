"""A picture file in the place of an avatar's name: imported for one run, then forgotten."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.interrupt import stop_on_interrupt
from app.cli.progress import Progress

if TYPE_CHECKING:
    from pipeline.portrait.import_portrait import ImportedPortrait
    from pipeline.portrait.manual_points import ManualPoints

NOTICE = "Use only a picture that you have the right to use, of a person who agrees to it."


@contextmanager
def usable_avatar(name: str) -> Iterator[str]:
    """`name` itself, or the folder of a temporary avatar where it is that of a picture file.

    Raises MediaError or AvatarError where the picture is of no use.
    """
    if not means_picture(name):
        yield name
        return
    from pipeline.portrait.consent import Consent
    from pipeline.portrait.saved_avatar import write_avatar

    imported = import_with_progress(Path(name))
    print(NOTICE, file=sys.stderr, flush=True)
    for finding in imported.findings:
        print(f"{finding.sentence} {finding.advice}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="chatanyone-") as folder:
        avatar = Path(folder, "picture").resolve()
        write_avatar(imported, Path(name).stem, Consent.given_now(imported.picture.sha256), avatar)
        yield str(avatar)


def means_picture(name: str) -> bool:
    """Whether --avatar was given a picture file rather than a name."""
    from pipeline.avatar import PICTURES

    return Path(name).suffix.lower() in PICTURES or Path(name).is_file()


def import_with_progress(
    path: Path,
    face: int | None = None,
    points: "ManualPoints | None" = None,
) -> "ImportedPortrait":
    """Import a picture with a bar on the terminal; Ctrl-C ends it after the step in hand."""
    from pipeline.portrait.import_portrait import STEPS, import_portrait

    progress = Progress(len(STEPS), "steps")
    with stop_on_interrupt() as stop:

        def on_progress(done: int) -> None:
            if stop.is_set():
                raise KeyboardInterrupt
            progress.update(done)

        try:
            return import_portrait(path, face=face, points=points, on_progress=on_progress)
        finally:
            progress.clear()
