"""Import of one picture in a process of its own, timed from nothing loaded to the folder written.

`python -m bench.imported PICTURE FOLDER` writes the avatar and prints one JSON object.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import AvatarError, UserError


@dataclass(frozen=True, slots=True)
class Imported:
    """folder of the avatar; wall_s, cpu_s: what the import took, loading of modules and models
    included; findings: codes of what the import complains about"""

    folder: Path
    wall_s: float
    cpu_s: float
    findings: tuple[str, ...]


def import_picture(picture: Path, folder: Path) -> Imported:
    """Import a picture into a new avatar folder. Raises AvatarError with the import's sentence."""
    command = [sys.executable, "-m", "bench.imported", str(picture.resolve()), str(folder)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"import of {picture.name} broke: {done.stderr.strip()}")
    answer = json.loads(done.stdout.splitlines()[-1])
    if "refused" in answer:
        raise AvatarError(answer["refused"])
    return Imported(folder, answer["wall_s"], answer["cpu_s"], tuple(answer["findings"]))


def main(picture: Path, folder: Path) -> None:
    """Import and say how long it took."""
    started_s = time.perf_counter()
    from pipeline.portrait.consent import Consent
    from pipeline.portrait.import_portrait import import_portrait
    from pipeline.portrait.saved_avatar import write_avatar

    try:
        imported = import_portrait(picture)
    except UserError as error:
        print(json.dumps({"refused": str(error)}))
        return
    write_avatar(imported, folder.name, Consent.given_now(imported.picture.sha256), folder)
    answer = {
        "wall_s": round(time.perf_counter() - started_s, 2),
        # Of the whole process and all its threads.
        "cpu_s": round(time.process_time(), 2),
        "findings": [finding.code for finding in imported.findings],
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
