"""What a frame of motion costs: encoder, face and body, each and together.

On the CPU the computing time of the calling thread counts, so that other programs do not; ONNX
Runtime computes there on that thread alone. With CUDA the clock on the wall counts.
"""

import time

import numpy as np

from bench.motion.material import Material
from bench.motion.player import Manner, Spent

LENGTH_S = 40.0
# The first frames pay for what is loaded late and for captured graphs.
WARM_UP_FRAMES = 60


def cost(material: Material) -> dict:
    """Milliseconds a frame (median, 95th percentile, least) and the stages' algorithmic latency."""
    samples = material.sections[0].samples[: round(LENGTH_S * 24_000)]
    player, manner = material.player, Manner()
    stages = player.stages(manner)
    on_gpu = "cuda" in stages.provider.lower()
    clock = time.perf_counter if on_gpu else time.thread_time
    report: dict = times(player.play_timed(samples, manner, clock))
    report["wall_together"] = times(player.play_timed(samples, manner, time.perf_counter))[
        "together"
    ]
    report["latency_ms"] = {
        "speech": _milliseconds(stages.speech_features),
        "face": _milliseconds(stages.face_motion),
        "body": _milliseconds(stages.body_motion),
        "together": round(1e3 * stages.latency_s, 1),
    }
    return report | {"provider": stages.provider, "clock": "wall" if on_gpu else "cpu"}


def times(spent: Spent) -> dict:
    """Figures of each stage and of their sum, frame by frame."""
    parts = {name: np.array(getattr(spent, name)) for name in ("speech", "face", "body")}
    parts["together"] = np.sum(list(parts.values()), axis=0)
    return {name: _figures(1e3 * seconds[WARM_UP_FRAMES:]) for name, seconds in parts.items()}


def _figures(ms: np.ndarray) -> dict[str, float]:
    return {
        "median_ms": round(float(np.median(ms)), 3),
        "p95_ms": round(float(np.percentile(ms, 95.0)), 3),
        "least_ms": round(float(ms.min()), 3),
    }


def _milliseconds(stage) -> float:
    return round(1e3 * stage.latency_s, 1)
