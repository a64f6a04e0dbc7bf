"""What doctor finds."""

import importlib.metadata
import importlib.util
import sys

import pytest

from app import doctor
from app.doctor import CHECKS, examine
from pipeline.errors import ModelError
from pipeline.probe import Probe


def test_every_topic_gets_a_finding_in_one_line():
    findings = list(examine())
    assert [finding.topic for finding in findings] == list(CHECKS)
    for finding in findings:
        assert finding.probe.sentence
        assert "\n" not in finding.probe.sentence + finding.probe.fix


def test_this_installation_is_whole():
    for check in (doctor.check_versions, doctor.check_models, doctor.check_gallery):
        probe = check()
        assert probe.ok, probe.sentence


def test_the_provider_that_really_runs_is_named():
    assert "ExecutionProvider" in doctor.check_networks().sentence


def test_the_renderer_of_calls_is_named_and_why():
    sentence = doctor.check_renderer().sentence
    assert sentence.startswith("Calls get the ")
    assert "renderer" in sentence


def test_a_graphics_card_that_cannot_be_used_is_a_problem(monkeypatch):
    monkeypatch.setattr(
        "pipeline.painters_choice.choose_painters",
        lambda tier, device, in_real_time, tell: tell("The graphics card cannot be used (old)."),
    )
    probe = doctor.check_renderer()
    assert not probe.ok
    assert probe.sentence == "Calls get the lite renderer. The graphics card cannot be used (old)."
    assert "driver" in probe.fix


@pytest.mark.parametrize("fault", [ModelError("The model is damaged."), OSError("no library")])
def test_a_check_that_fails_is_a_finding(monkeypatch, fault):
    def fail():
        raise fault

    monkeypatch.setattr(doctor, "CHECKS", {"models": fail, "disk": lambda: Probe(True, "Fine.")})
    first, second = examine()
    assert (first.probe.ok, first.probe.sentence) == (False, str(fault))
    assert second.probe.ok


def test_a_damaged_model_file_is_named(monkeypatch, tmp_path):
    from pipeline import model_folder

    sums = tmp_path / "models.json"
    sums.write_text('{"speech/weights.bin": "00"}')
    monkeypatch.setattr(model_folder, "CHECKSUMS", sums)
    probe = doctor.check_models()
    assert not probe.ok
    assert "speech/weights.bin" in probe.sentence


def test_a_missing_display_says_what_still_works(monkeypatch):
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can lack a display")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    probe = doctor.check_display()
    assert not probe.ok
    assert "render" in probe.sentence


def test_two_onnx_runtimes_are_a_problem(monkeypatch):
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda name: "1.0")
    probe = doctor.check_versions()
    assert not probe.ok
    assert "exactly one ONNX Runtime" in probe.sentence


def test_a_build_without_torch_is_whole_and_says_so(monkeypatch):
    find_version, find_spec = importlib.metadata.version, importlib.util.find_spec

    def version(name):
        if name == "torch":
            raise importlib.metadata.PackageNotFoundError
        return find_version(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else find_spec(name)
    )
    assert "Missing: torch" in doctor.check_versions().sentence
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "Missing: torch" not in doctor.check_versions().sentence
    assert doctor.check_torch() == Probe(
        True, "PyTorch is not part of this build; everything runs on the CPU."
    )


def test_doctor_says_whether_recordings_are_signed(monkeypatch, tmp_path):
    pytest.importorskip("c2pa")
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    probe = doctor.check_signing()
    assert probe.ok, probe.sentence
    assert "are signed" in probe.sentence
    assert not list(tmp_path.iterdir()), "looking makes no identity"
    monkeypatch.setitem(sys.modules, "c2pa", None)
    probe = doctor.check_signing()
    assert not probe.ok
    assert "not installed" in probe.sentence
    assert probe.fix
