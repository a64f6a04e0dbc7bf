"""The loudspeaker; the real one in a process of its own, since PortAudio reads devices once."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline import speaker
from pipeline.errors import MicrophoneError
from pipeline.speaker import Speaker, SpeakerError
from tests.pipeline.pulse_microphone import pulse_microphone, what_is_missing

ROOT = Path(__file__).parents[2]
PLAY = """
import time, numpy as np
from pipeline.speaker import Speaker
with Speaker() as speaker:
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(2 * 24000) / 24000)
    start_s = time.monotonic()
    for first in range(0, len(tone), 480):
        speaker.write(tone[first : first + 480].astype(np.float32))
    print(time.monotonic() - start_s, speaker.latency_s)
"""


def run(program, environment):
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True,
    ).stdout.strip()  # fmt: skip


def test_a_machine_without_sound_is_told_in_a_sentence(monkeypatch):
    def fail():
        raise MicrophoneError("PortAudio is missing.")

    monkeypatch.setattr(speaker, "load_sounddevice", fail)
    with pytest.raises(SpeakerError, match="No loudspeaker was found"):
        Speaker()


@pytest.mark.slow
@pytest.mark.skipif(bool(what_is_missing()), reason="needs PulseAudio")
def test_what_is_written_is_heard_at_its_own_pace(tmp_path):
    heard = tmp_path / "heard.raw"
    with pulse_microphone(tmp_path) as pulse:
        command = ["parec", "-d", "mic.monitor", "--rate=24000", "--channels=1", "--format=s16le"]
        with heard.open("wb") as file:
            recorder = subprocess.Popen(command, stdout=file, env=pulse.environment)
            took_s, latency_s = map(float, run(PLAY, pulse.environment).split())
            recorder.terminate()
            recorder.wait()
    assert 2.0 - latency_s - 0.2 < took_s < 4.0
    assert latency_s < 0.5
    samples = np.frombuffer(heard.read_bytes(), "<i2").astype(float) / 32768
    loud = np.abs(samples) > 0.02
    assert loud.sum() > 24_000
    spectrum = np.abs(np.fft.rfft(samples[loud.nonzero()[0][0] :][:24_000]))
    assert abs(int(spectrum.argmax()) - 440) <= 1
