import json
import zipfile
from pathlib import Path

import pytest

from app import doctor_bundle
from app.doctor_bundle import write_bundle
from app.settings import Settings, save_settings
from pipeline.errors import UserError


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder with settings, logs, an avatar and a recording."""
    home = tmp_path / "home" / "joan"
    for name in ("config", "log", "avatars"):
        (home / name).mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(doctor_bundle, "settings_path", lambda: home / "config" / "settings.json")
    monkeypatch.setattr(doctor_bundle, "log_path", lambda: home / "log" / "chatanyone.log")
    save_settings(Settings(avatar="me", microphone="Desk"), home / "config" / "settings.json")
    (home / "config" / "signing_identity.pem").write_text("a private key")
    (home / "log" / "chatanyone.log").write_text(f"opened {home}/avatars/me\n")
    (home / "log" / "chatanyone.log.1").write_text("older\n")
    (home / "log" / "crash.log").write_text("Segmentation fault\n")
    (home / "log" / "snapshot.png").write_bytes(b"a picture")
    (home / "log" / "talk.wav").write_bytes(b"a voice")
    return home


def read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_has_logs_settings_and_versions_and_nothing_else(home, tmp_path):
    names = write_bundle(tmp_path / "report.zip", [{"topic": "disk", "ok": True}])
    texts = read(tmp_path / "report.zip")
    assert names == sorted(texts) == [
        "chatanyone.log", "chatanyone.log.1", "crash.log", "findings.json", "readme.txt",
        "settings.json", "versions.txt",
    ]  # fmt: skip
    assert json.loads(texts["settings.json"])["microphone"] == "Desk"
    assert json.loads(texts["findings.json"])[0]["topic"] == "disk"
    assert "numpy " in texts["versions.txt"]
    assert texts["crash.log"] == "Segmentation fault\n"


def test_the_home_folder_is_not_named(home, tmp_path):
    write_bundle(tmp_path / "report.zip", [{"sentence": f"2 GB free at {home}."}])
    texts = read(tmp_path / "report.zip")
    assert texts["chatanyone.log"] == "opened ~/avatars/me\n"
    assert "joan" not in "".join(texts.values())


def test_a_machine_without_logs_and_settings_has_a_bundle_too(home, tmp_path):
    for path in [*(home / "log").iterdir(), home / "config" / "settings.json"]:
        path.unlink()
    assert write_bundle(tmp_path / "r.zip", []) == ["findings.json", "readme.txt", "versions.txt"]


def test_only_the_end_of_a_long_log_is_taken(home, tmp_path, monkeypatch):
    monkeypatch.setattr(doctor_bundle, "LARGEST_FILE_BYTES", 6)
    write_bundle(tmp_path / "report.zip", [])
    assert read(tmp_path / "report.zip")["chatanyone.log.1"] == "older\n"
    assert read(tmp_path / "report.zip")["crash.log"] == "fault\n"


def test_a_place_that_cannot_be_written_is_a_sentence_and_leaves_nothing(home, tmp_path):
    with pytest.raises(UserError, match="cannot be written"):
        write_bundle(tmp_path / "none" / "report.zip", [])
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        write_bundle(tmp_path / "folder", [])
    assert not list(tmp_path.glob("*.part"))
