"""The library is that of the package, whatever lies in the current folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.credentials.c2pa_library import LIBRARY_NAMES, MISSING, load_library
from pipeline.errors import CredentialsError

pytest.importorskip("c2pa")

ROOT = Path(__file__).parents[3]


def test_it_is_loaded_and_leaves_the_environment_alone(monkeypatch):
    monkeypatch.setenv("C2PA_LIBRARY_NAME", "kept")
    assert load_library().sdk_version()
    assert os.environ["C2PA_LIBRARY_NAME"] == "kept"


@pytest.mark.parametrize("package", ["c2pa", "cryptography"])
def test_without_a_package_a_sentence_says_what_that_means(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(CredentialsError, match="not installed") as told:
        load_library()
    assert str(told.value) == MISSING


def test_a_file_of_its_name_in_the_current_folder_is_not_loaded(tmp_path):
    for name in LIBRARY_NAMES:
        (tmp_path / name).write_bytes(b"not a library")
    program = "from pipeline.credentials.c2pa_library import load_library as l; print(l().__file__)"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "invalid ELF" not in ended.stderr
