"""The folder that the guest works in: the code that runs there, its packages, the frames."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from bench.camera_client.recording import Recording

ROOT = Path(__file__).resolve().parents[2]
CODE = ("pipeline", "bench/camera_client")
# What `pipeline.camera` imports, in the versions of requirements.txt, for the guest's Debian 12.
PACKAGES = ("numpy", "av", "pyvirtualcam")
PLATFORM = (
    "--only-binary=:all:",
    "--python-version=3.11",
    "--implementation=cp",
    "--platform=manylinux_2_28_x86_64",
    "--platform=manylinux_2_17_x86_64",
)


def fill(folder: Path, recording: Recording, label: str) -> None:
    """Everything that the guest needs; packages are installed once into a folder that is kept."""
    for name in CODE:
        shutil.rmtree(folder / "code" / name, ignore_errors=True)
        shutil.copytree(ROOT / name, folder / "code" / name, ignore=shutil.ignore_patterns("*.pyc"))
    (folder / "code" / "bench" / "__init__.py").touch()
    if not (folder / "site").exists():
        _install(folder / "site")
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    np.save(run / "frames.npy", recording.frames)
    (run / "plan.json").write_text(json.dumps({"label": label, "crop": recording.crop}))


def _install(site: Path) -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = [line for line in lines if line.startswith(PACKAGES)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", *PLATFORM]
    part = site.with_name("site.part")
    subprocess.run([*command, "--target", part, *wanted], check=True)
    part.rename(site)
