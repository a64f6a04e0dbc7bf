"""The microphone of our own: with a real sound server where there is one."""

import os
import subprocess

import pytest

from pipeline import null_sink
from pipeline.errors import VoiceOutError
from pipeline.null_sink import SINK, SOURCE, SOURCE_TITLE, NullSink
from tests.pipeline.pulse_microphone import pulse_microphone, what_is_missing


def names(environment, kind):
    answer = subprocess.run(
        ["pactl", "list", kind], env=environment, capture_output=True, text=True, check=True
    )
    return answer.stdout


@pytest.mark.slow
@pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "available")
def test_it_is_made_found_again_and_taken_away_by_who_made_it(tmp_path, monkeypatch):
    with pulse_microphone(tmp_path) as server:
        for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(name, server.environment[name])
        sink = NullSink()
        assert SOURCE_TITLE in names(server.environment, "sources")
        NullSink().close()
        assert SINK in names(server.environment, "sinks"), "it belongs to the first"
        with pytest.raises(VoiceOutError, match="PulseAudio or PipeWire"):
            sink.take_stream()
        sink.close()
        assert SINK not in names(server.environment, "sinks")
        assert SOURCE not in names(server.environment, "sources")


def test_without_the_program_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(null_sink, "can_make_microphone", lambda: False)
    with pytest.raises(VoiceOutError, match="apt install"):
        NullSink()


def test_outputs_opened_within_go_to_the_sink_and_nothing_is_left_of_it(monkeypatch):
    monkeypatch.setenv("PULSE_SINK", "speakers")
    monkeypatch.delenv("PIPEWIRE_NODE", raising=False)
    sink = NullSink.__new__(NullSink)
    with sink.as_default():
        assert os.environ["PULSE_SINK"] == os.environ["PIPEWIRE_NODE"] == SINK
    assert os.environ["PULSE_SINK"] == "speakers"
    assert "PIPEWIRE_NODE" not in os.environ
