import subprocess
import sys

from pipeline.child_process import ROOT, child_command


def test_a_module_of_the_checkout_is_run():
    command = child_command("platform", "--platform")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert sys.platform in ended.stdout.lower()


def test_the_built_application_runs_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = child_command("app.microphone_scan", "--scan")
    assert command[1:] == ["--scan"]
    assert "-m" not in command
