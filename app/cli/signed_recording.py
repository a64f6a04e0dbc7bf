"""Signs what a command has recorded, and says whether that worked."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from app.cli.interrupt import stop_on_interrupt
from app.cli.options import Answer
from app.cli.progress import Progress
from app.settings import identity_path, settings_path

if TYPE_CHECKING:
    from pipeline.stages import Choices

PERIOD_S = 0.1
BYTES_PER_MB = 1_000_000


def sign_recording(path: Path, choices: "Choices") -> Answer:
    """Sign the finished video and say so; Ctrl-C leaves it as it is.

    choices: what was shown in it

    Returns `signed`, and `unsigned_because` where that is false.
    """
    from pipeline.credentials.background_signing import BackgroundSigning
    from pipeline.credentials.statement import AI_VIDEO, manifest

    finished, faults = Event(), []

    def take(_: Path, fault: str) -> None:
        faults.append(fault)
        finished.set()

    says = manifest(AI_VIDEO, shows_own_pictures(choices))
    signing = BackgroundSigning(path, says, identity_path(settings_path()), take)
    # It is read, written and read back.
    progress = Progress(3 * path.stat().st_size // BYTES_PER_MB, "MB")
    with stop_on_interrupt() as stop:
        signing.start()
        while not finished.wait(PERIOD_S):
            progress.update(signing.done_bytes // BYTES_PER_MB)
            if stop.is_set():
                signing.give_up()
    progress.clear()
    (fault,) = faults
    if fault:
        print(f"The video is not signed. {fault}")
        return {"signed": False, "unsigned_because": fault}
    print("Signed with content credentials; `verify` reads them.")
    return {"signed": True}


def shows_own_pictures(choices: "Choices") -> bool:
    """Whether portrait or background are the user's, and not of the gallery."""
    from pipeline.avatar import GALLERY, list_avatars

    if choices.picture.picture is not None:
        return True
    gallery = {entry.name for entry in list_avatars((GALLERY,))}
    return bool(choices.avatar) and choices.avatar not in gallery
