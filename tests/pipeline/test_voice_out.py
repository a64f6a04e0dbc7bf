"""The voice behind the lips, without devices."""

import numpy as np
import pytest

from pipeline.rates import FRAME_PERIOD_S
from pipeline.voice_out import AFTER_LIPS_S, FIRST_LATENCY_S, VoiceOut

RATE_HZ = 48_000
BLOCK = 480
BLOCK_S = BLOCK / RATE_HZ
START_S = 5.0


def sine(first, count, frequency_hz=500.0):
    return 0.5 * np.sin(2 * np.pi * frequency_hz * (first + np.arange(count)) / RATE_HZ)


class Room:
    """Feeds the voice a sine and hears what it plays, block by block."""

    def __init__(self, output_rate_hz=RATE_HZ):
        self.voice = VoiceOut()
        self.voice.begin(RATE_HZ, output_rate_hz)
        self.output_rate_hz = output_rate_hz
        self.blocks = 0

    def run(self, blocks, play_only=0, silent=False):
        heard = []
        for index in range(blocks):
            end_s = START_S + (self.blocks + 1) * BLOCK_S
            if index >= play_only:
                wave = sine(self.blocks * BLOCK, BLOCK) * (not silent)
                self.voice.receive(wave.astype(np.float32), end_s)
            out = np.full(self.output_rate_hz // 100, np.nan, np.float32)
            self.voice.play(out, end_s)
            self.blocks += 1
            heard.append(out)
        return np.concatenate(heard)

    def follow(self, latency_s, frames=40):
        for _ in range(frames):
            self.voice.follow(latency_s)


def delay_of(heard, first):
    """Seconds by which the sine in `heard`, from sample `first` of the output on, is late, up to a
    period of it."""
    turns = np.exp(-2j * np.pi * 500.0 * (first + np.arange(len(heard))) / RATE_HZ)
    phase = np.angle(np.sum(heard * turns) * 1j)
    return -phase / (2 * np.pi * 500.0) % (1 / 500.0)


def test_before_a_microphone_there_is_silence():
    voice, out = VoiceOut(), np.ones(BLOCK, np.float32)
    voice.play(out, START_S)
    assert not out.any()
    assert voice.underruns == 0


def test_the_voice_is_heard_one_frame_and_a_little_behind_the_latency():
    room = Room()
    room.follow(0.08)
    room.run(100)
    heard = room.run(10)
    # The first sample of block n is heard when the last one of block n is captured.
    wanted_s = (0.08 + FRAME_PERIOD_S + AFTER_LIPS_S) % 0.002
    lag_s = delay_of(heard, 101 * BLOCK)
    assert min(abs(lag_s - wanted_s), 0.002 - abs(lag_s - wanted_s)) < 2e-5
    assert np.abs(heard).max() == pytest.approx(0.5, abs=0.005)
    assert room.voice.delay_s == pytest.approx(0.08 + FRAME_PERIOD_S + AFTER_LIPS_S)


def test_a_single_slow_picture_does_not_move_the_voice():
    voice = VoiceOut()
    assert voice.delay_s == pytest.approx(FIRST_LATENCY_S + FRAME_PERIOD_S + AFTER_LIPS_S)
    for latency_s in [0.08] * 20 + [0.6] + [0.08] * 3:
        voice.follow(latency_s)
    assert voice.delay_s == pytest.approx(0.08 + FRAME_PERIOD_S + AFTER_LIPS_S)


def test_there_is_no_click_anywhere_while_the_delay_changes():
    room = Room()
    room.follow(0.08)
    room.run(60)
    room.follow(0.11)
    heard = room.run(600)
    assert np.abs(np.diff(heard)).max() < 0.5 * 2 * np.pi * 500 / RATE_HZ * 1.05


def test_muting_fades_and_opening_fades_in():
    room = Room()
    room.run(60)
    room.voice.set_open(False)
    fading, silent = room.run(1), room.run(20)
    room.voice.set_open(True)
    opening = room.run(2)
    assert np.abs(fading[:100]).max() > 0.3
    assert np.abs(fading[-20:]).max() < 0.05
    assert not silent.any()
    assert np.abs(opening[:20]).max() < 0.05
    assert np.abs(opening[BLOCK:]).max() == pytest.approx(0.5, abs=0.01)


def test_gain_is_applied_smoothly_and_never_exceeds_full_scale():
    room = Room()
    room.run(60)
    room.voice.set_gain(3.0)
    heard = room.run(5)
    assert np.abs(heard).max() == 1.0
    room.voice.set_gain(0.5)
    room.run(1)
    assert np.abs(room.run(5)).max() == pytest.approx(0.25, abs=0.01)


def test_sound_that_does_not_come_dies_away_and_is_counted():
    room = Room()
    room.run(60)
    assert room.voice.underruns == 0
    gone = room.run(40, play_only=40)
    assert room.voice.underruns > 10
    assert room.voice.silent_samples == room.voice.underruns * BLOCK
    assert np.abs(np.diff(gone)).max() < 0.05
    assert not gone[-BLOCK:].any()


def test_a_microphone_that_returns_is_heard_again():
    room = Room()
    room.run(60)
    room.run(40, play_only=40)
    room.voice.begin(RATE_HZ, RATE_HZ)
    assert np.abs(room.run(60)[-BLOCK:]).max() == pytest.approx(0.5, abs=0.01)


def test_an_output_of_another_rate_hears_the_same_pitch():
    room = Room(output_rate_hz=44_100)
    room.run(60)
    heard = room.run(50)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) * 44_100 / len(heard) == pytest.approx(500, abs=2)


def test_the_figures_tell_how_long_after_the_lips_the_voice_is_heard():
    room = Room()
    assert room.voice.as_json()["offset_ms"] is None
    for _ in range(200):
        room.follow(0.08, frames=1)
        room.run(3)
    figures = room.voice.as_json()
    assert figures["offset_ms"]["p50"] == pytest.approx(AFTER_LIPS_S * 1e3, abs=2)
    assert (figures["underruns"], figures["jumps"]) == (0, 0)


def test_playing_makes_no_arrays():
    import tracemalloc

    room = Room()
    room.voice.set_gain(0.7)
    room.run(60)
    out = np.empty(BLOCK, np.float32)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    room.voice.play(out, START_S + 61 * BLOCK_S)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert peak < 8192
