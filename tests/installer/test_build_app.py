import re
import tomllib
from pathlib import Path

from app.cli.command_line import build_parser
from app.cli.second_start import requests_of
from installer.build_app import bundle_requirements, parts, size_bytes

ROOT = Path(__file__).parents[2]
INSTALLER = ROOT / "installer"


def bundled_names():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [re.match(r"[\w.-]+", line)[0] for line in bundle_requirements(lines)]


def test_the_folder_gets_no_torch_no_tests_and_one_runtime():
    names = bundled_names()
    assert "torch" not in names
    assert [name for name in names if name.startswith("onnxruntime")] == ["onnxruntime"]
    assert not {"pytest", "ruff", "scipy", "hypothesis"} & set(names)


def test_the_folder_gets_everything_that_the_window_needs():
    needed = {"numpy", "opencv-python-headless", "av", "pillow", "PySide6-Essentials",
              "sounddevice", "pyvirtualcam", "websockets", "jeepney"}  # fmt: skip
    assert needed <= set(bundled_names())


def test_its_parts_are_told_the_largest_first(tmp_path):
    inside = tmp_path / "_internal"
    (inside / "large").mkdir(parents=True)
    (inside / "large" / "a").write_bytes(bytes(300))
    (inside / "large" / "b").write_bytes(bytes(300))
    (inside / "small").write_bytes(bytes(400))
    (inside / "link").symlink_to(inside / "large")
    assert parts(tmp_path) == [("large", 600), ("small", 400)]
    assert size_bytes(tmp_path) == 1000


def test_the_set_up_program_has_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    script = (INSTALLER / "windows" / "chatanyone.iss").read_text(encoding="utf-8")
    assert f'#define Version "{project["project"]["version"]}"' in script


def test_what_the_desktop_entry_starts_is_understood():
    entry = (INSTALLER / "linux" / "chatanyone.desktop").read_text(encoding="utf-8")
    commands = re.findall(r"^Exec=ChatAnyone *(.*)$", entry, re.MULTILINE)
    assert len(commands) == 4
    for command in filter(None, commands):
        assert requests_of(build_parser().parse_args(command.split()))
