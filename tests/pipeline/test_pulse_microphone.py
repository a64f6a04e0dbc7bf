"""The real PortAudio against a virtual microphone, each in a process of its own, because
PortAudio lists devices only once per process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.pulse_microphone import pulse_microphone, what_is_missing
from tests.pipeline.sounds import tone, write_wav

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "available"),
]
ROOT = Path(__file__).parents[2]

LISTEN = """
import json, sys, numpy as np
from pipeline.microphone import Microphone, list_microphones, probe_audio
from tests.pipeline.sounds import frequency_of, level_of
names = [(entry.name, entry.host_api) for entry in list_microphones()]
with Microphone(sys.argv[1]) as source:
    while source.read(0.5) is None:
        pass
    print("ready", flush=True)
    chunks, starts = [], []
    while len(chunks) < 90:
        chunk = source.read(0.5)
        if chunk is not None:
            chunks.append(chunk.samples)
            starts.append(chunk.start_sample)
    tail = np.concatenate(chunks[-24:])
    print(json.dumps({
        "names": names, "frequency": frequency_of(tail), "level": level_of(tail),
        "regular": bool((np.diff(starts) == 800).all()), "lost": source.lost_samples,
        "xruns": source.xruns, "probe": probe_audio().ok, "name": source.name}))
"""

UNPLUG = """
import time
from pipeline.errors import MicrophoneError
from pipeline.microphone import Microphone
with Microphone() as source:
    while source.read(0.5) is None:
        pass
    print("ready", flush=True)
    start_s = time.monotonic()
    try:
        while time.monotonic() - start_s < 20:
            source.read(0.2)
    except MicrophoneError as error:
        print(error, flush=True)
"""

WAIT = """
import time
from pipeline.notices import Notices
from pipeline.patient_microphone import patient_microphone
said = []
gaps_s = [0.0]
with patient_microphone(None, Notices(said.append)) as source:
    for wanted in (True, False, True):
        start_s = last_s = time.monotonic()
        while time.monotonic() - start_s < 25:
            chunk = source.read(0.1)
            if chunk is None:
                continue
            gaps_s.append(time.monotonic() - last_s)
            last_s = time.monotonic()
            if chunk.samples.any() == wanted and bool(said and said[-1]) != wanted:
                break
        print(f"{time.monotonic() - start_s:.2f}", flush=True)
print(max(gaps_s), said, flush=True)
"""


def listen(code, arguments, environment):
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", ["pulse", "pulse, ALSA"])
def test_a_tone_played_into_the_microphone_arrives_at_its_pitch(tmp_path, name):
    path = write_wav(tmp_path / "tone.wav", tone(48_000, 6.0, 1000.0), 48_000)
    with pulse_microphone(tmp_path) as server:
        process = listen(LISTEN, [name], server.environment)
        assert process.stdout.readline() == "ready\n"
        player = server.play(path)
        output, _ = process.communicate(timeout=30)
        player.kill()
        player.wait()
    heard = json.loads(output)
    assert heard["name"] == "pulse, ALSA"
    assert ["pulse", "ALSA"] in heard["names"]
    assert heard["frequency"] == pytest.approx(1000, abs=2)
    assert heard["level"] == pytest.approx(0.5, abs=0.02)
    assert heard["regular"]
    assert heard["probe"]
    assert heard["lost"] == 0


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_server_that_goes_away_is_reported_and_does_not_hang(tmp_path, how):
    with pulse_microphone(tmp_path) as server:
        process = listen(UNPLUG, [], server.environment)
        assert process.stdout.readline() == "ready\n"
        os.kill(server.process.pid, how)
        output, _ = process.communicate(timeout=40)
    assert "sends no more sound" in output
    assert process.returncode == 0


def test_a_server_that_goes_away_is_waited_for_and_heard_again(tmp_path):
    path = write_wav(tmp_path / "tone.wav", tone(48_000, 30.0, 1000.0), 48_000)
    with pulse_microphone(tmp_path) as server:
        process = listen(WAIT, [], server.environment)
        players = [server.play(path)]
        process.stdout.readline()
    process.stdout.readline()
    with pulse_microphone(tmp_path) as server:
        players.append(server.play(path))
        back_s = float(process.stdout.readline())
    longest_gap_s, _, said = process.communicate(timeout=40)[0].partition(" ")
    for player in players:
        player.kill()
        player.wait()
    assert process.returncode == 0
    assert back_s < 6, "a retry a second, and 1.5 s until such a server delivers"
    assert "Waiting for" in said
    assert float(longest_gap_s) < 0.5
