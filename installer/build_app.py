#!/usr/bin/env python3
"""Build the application as one folder that needs no Python, on the system it is built for.

    python3 installer/build_app.py [--keep-environment]

Makes an environment of its own in `build/`, with the plain ONNX Runtime and without PyTorch (which
only NVIDIA GPUs need), runs PyInstaller on `chatanyone.spec`, tells the size and tries the result
with `smoke_test.py`. Nothing of `build/` and `dist/` belongs into the repository.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installer import environment  # noqa: E402

BUILD = ROOT / "build"
DIST = ROOT / "dist"
# Not in the folder: torch serves NVIDIA GPUs, the rest checks and tests.
LEFT_OUT = {
    "torch", "pytest", "pytest-qt", "scipy", "hypothesis", "ruff", "basedpyright", "import-linter",
    "onnxruntime-gpu", "onnxruntime",
}  # fmt: skip
ADDED = ("onnxruntime>=1.22,<2", "pyinstaller>=6.11,<7")
LARGEST_PARTS = 12
NAME = re.compile(r"[A-Za-z0-9._-]+")


def main(arguments: list[str] | None = None) -> int:
    """Build and try; the exit code is not 0 where something failed."""
    parser = argparse.ArgumentParser(description="Build the application as one folder.")
    parser.add_argument(
        "--keep-environment", action="store_true", help="use the environment of the last build"
    )
    options = parser.parse_args(arguments)
    BUILD.mkdir(exist_ok=True)
    folder = BUILD / "environment"
    if not (options.keep_environment and folder.is_dir()):
        problem = make_environment(folder)
        if problem:
            print(problem, file=sys.stderr)
            return 1
    started_s = time.monotonic()
    code = subprocess.call(pyinstaller_command(folder), cwd=ROOT)
    if code:
        return code
    application = DIST / "ChatAnyone"
    print_size(application, time.monotonic() - started_s)
    return subprocess.call(
        [sys.executable, str(ROOT / "installer" / "smoke_test.py"), str(application)]
    )


def print_size(application: Path, took_s: float) -> None:
    """How large the folder is, and what makes it so."""
    print(f"{application}: {size_bytes(application) / 1e6:.0f} MB in {took_s:.0f} s, of these")
    for name, size in parts(application)[:LARGEST_PARTS]:
        print(f"{size / 1e6:8.1f} MB  {name}", flush=True)


def bundle_requirements(lines: list[str]) -> list[str]:
    """What goes into the folder, from the lines of requirements.txt."""
    kept = []
    for line in lines:
        name = NAME.match(line)
        if name is not None and name[0] not in LEFT_OUT:
            kept.append(line.strip())
    return [*kept, *ADDED]


def make_environment(folder: Path) -> str | None:
    """Install what is bundled, and PyInstaller; a sentence where that fails."""
    problem = environment.create(str(folder))
    if problem:
        return problem
    wanted = BUILD / "requirements.txt"
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted.write_text("\n".join(bundle_requirements(lines)) + "\n", encoding="utf-8")
    return environment.install(str(python_of(folder)), str(wanted))


def python_of(folder: Path) -> Path:
    """The interpreter of the environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pyinstaller_command(folder: Path) -> list[str]:
    """How the folder is made."""
    return [
        str(python_of(folder)), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(DIST), "--workpath", str(BUILD / "work"),
        str(ROOT / "installer" / "chatanyone.spec"),
    ]  # fmt: skip


def size_bytes(path: Path) -> int:
    """Of a file, or of all files below a folder; links are not followed."""
    if path.is_file():
        return path.stat().st_size
    files = (file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files)


def parts(application: Path) -> list[tuple[str, int]]:
    """Name and size of everything directly in the folder's `_internal`, the largest first."""
    inside = application / "_internal"
    found = [(path.name, size_bytes(path)) for path in inside.iterdir() if not path.is_symlink()]
    return sorted(found, key=lambda part: -part[1])


if __name__ == "__main__":
    sys.exit(main())
