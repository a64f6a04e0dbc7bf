import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings import Settings, load_settings, save_settings

ROOT = Path(__file__).parents[2]


def test_what_was_saved_is_loaded(tmp_path):
    path = tmp_path / "new folder" / "settings.json"
    settings = Settings(avatar="ada", expression=1.5, mirror_preview=True, smoothness=3)
    save_settings(settings, path)
    assert load_settings(path) == settings


def test_no_file_gives_defaults(tmp_path):
    assert load_settings(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe\x00", b"[" * 5000])
def test_a_damaged_file_gives_defaults_and_a_log_line(tmp_path, caplog, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with caplog.at_level("INFO"):
        assert load_settings(path) == Settings()
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("avatar", 7), ("expression", "loud"), ("expression", True), ("head", -0.1),
        ("gesture", 2.1), ("head", float("nan")), ("gesture", 10**400), ("label", "yes"),
        ("tier", "best"), ("smoothness", 5), ("smoothness", 1.0), ("style", None),
    ],
)  # fmt: skip
def test_a_bad_field_keeps_its_default_and_the_others_are_loaded(tmp_path, caplog, name, value):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({name: value, "camera": "none"}))
    with caplog.at_level("INFO"):
        settings = load_settings(path)
    assert settings == replace(Settings(), camera="none")
    assert name in caplog.text


def test_unknown_fields_of_a_newer_version_are_left_alone(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"avatar": "ada", "hologram": True}))
    assert load_settings(path).avatar == "ada"


def test_a_whole_number_is_an_intensity(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"expression": 2}')
    assert load_settings(path).expression == 2.0


def test_a_failed_save_leaves_the_old_file(tmp_path):
    path = tmp_path / "settings.json"
    save_settings(Settings(avatar="ada"), path)
    unsaveable = replace(Settings(), avatar=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        save_settings(unsaveable, path)
    assert load_settings(path).avatar == "ada"
    assert list(tmp_path.iterdir()) == [path]


SAVE_FOR_EVER = """
import sys
from dataclasses import replace
from pathlib import Path
from app.settings import Settings, save_settings
settings = Settings(avatar="a" * 20_000)
while True:
    settings = replace(settings, label=not settings.label)
    save_settings(settings, Path(sys.argv[1]))
    print("saved", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_program_that_is_killed_while_it_saves_leaves_whole_settings(tmp_path, caplog):
    path = tmp_path / "settings.json"
    for attempt in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            for _ in range(3 + attempt):
                process.stdout.readline()
            process.kill()
        with caplog.at_level("INFO"):
            assert load_settings(path).avatar == "a" * 20_000
    assert caplog.records == []
