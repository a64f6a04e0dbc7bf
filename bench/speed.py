"""How fast the chain is on this machine: rendering a file, and following sound in real time."""

import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.camera import NoCamera
from pipeline.file_camera import FileCamera
from pipeline.live import Live
from pipeline.played_file import PlayedFile
from pipeline.rates import FPS, SAMPLE_RATE_HZ
from pipeline.stages import Choices
from pipeline.wav_source import WavSource

SYLLABLE_RATE_HZ = 4.0
PHRASE_S = 2.5
VOICE_HZ = 120.0
FORMANTS_HZ = (500.0, 1500.0, 2500.0)


@dataclass(frozen=True, slots=True)
class SpeedOptions:
    """render_s, live_s: how much sound is rendered and followed; 0 leaves that part out"""

    render_s: float = 10.0
    live_s: float = 10.0


def measure_speed(stages: StageOptions, choices: Choices, options: SpeedOptions) -> dict[str, Any]:
    """Times of loading, `render` (with encoding) and `live` (without a camera).

    `speed` is seconds of video a second, `frame_cpu_ms` what all threads spend on a frame of it,
    which a busy machine changes less; `delay_ms` the sum of the stages' algorithmic latencies.
    """
    started_s = time.monotonic()
    assembly = ModelAssembly(stages)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        if options.render_s:
            sound = write_voice(Path(folder, "render.wav"), options.render_s)
            camera = FileCamera(Path(folder, "v.mp4"), stages.width_px, stages.height_px)
            live = Live(assembly, choices, camera)
            figures["load_s"] = round(time.monotonic() - started_s, 3)
            figures["render"] = _render(live, camera, sound)
        if options.live_s:
            sound = write_voice(Path(folder, "live.wav"), options.live_s)
            live = Live(assembly, choices, NoCamera(), paced=True)
            figures["live"] = _follow(live, sound)
    figures["delay_ms"] = round(assembly.motion_stages(choices).latency_s * 1e3, 1)
    return figures


def _render(live: Live, camera: FileCamera, sound: Path) -> dict[str, Any]:
    first_frame_s: list[float] = []
    started_s, started_cpu_s = time.monotonic(), time.process_time()

    def on_frame(frames: int) -> None:
        if frames and not first_frame_s:
            first_frame_s.append(time.monotonic() - started_s)

    with WavSource(sound) as source:
        live.run(source, Event(), on_frame)
    camera.close()
    took_s, cpu_s = time.monotonic() - started_s, time.process_time() - started_cpu_s
    frames = live.statistics.frames_sent
    return {
        "speed": round(frames / FPS / took_s, 3),
        "frame_cpu_ms": round(1e3 * cpu_s / frames, 2),
        "first_frame_s": round(first_frame_s[0], 3),
        **live.statistics.as_json(),
    }


def _follow(live: Live, sound: Path) -> dict[str, Any]:
    live.warm_up()
    with PlayedFile(sound) as source:
        live.run(source, Event())
    return live.statistics.as_json()


def write_voice(path: Path, duration_s: float) -> Path:
    """A WAV file of something like a voice: harmonics under formants, in syllables and phrases."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    pitch_hz = VOICE_HZ * (1 + 0.1 * np.sin(2 * np.pi * 0.4 * time_s))
    phase = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE_HZ
    voice = np.zeros_like(time_s)
    for harmonic in range(1, 30):
        nearest_hz = min(abs(harmonic * VOICE_HZ - formant_hz) for formant_hz in FORMANTS_HZ)
        voice += np.exp(-nearest_hz / 200) * np.sin(harmonic * phase)
    syllables = np.clip(np.sin(2 * np.pi * SYLLABLE_RATE_HZ * time_s), 0, 1)
    phrases = (time_s / PHRASE_S) % 1 < 0.8
    voice *= syllables * phrases
    samples = np.int16(8000 * voice / max(np.abs(voice).max(), 1e-9))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(samples.tobytes())
    return path
