"""What a whole frame of the full tier costs, stage by stage: from motion to the camera."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.engine import Engine, make_engine
from pipeline.full_renderer import FullRenderer
from pipeline.rates import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from pipeline.stages import Choices
from pipeline.stream_types import AudioChunk
from pipeline.torch_painters import TorchAvatarPainters

FRAMES = 150
# The first frames load caches and record graphs.
WARM_UP_FRAMES = 10
PERCENTILES = (50, 95)


class Stopwatch:
    """Milliseconds by stage; settle: waits for what was begun elsewhere; the first are left out."""

    def __init__(self, settle: Callable[[], None], warm_up_frames: int) -> None:
        self._settle, self._warm_up_frames = settle, warm_up_frames
        self._taken_ms: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of one."""
        started_s = time.perf_counter()
        yield
        self._settle()
        self._taken_ms[name].append((time.perf_counter() - started_s) * 1e3)

    def as_json(self) -> dict[str, dict[str, float]]:
        """Percentiles of each stage, and of all of a frame."""
        rows = {name: taken[self._warm_up_frames :] for name, taken in self._taken_ms.items()}
        rows["all"] = np.sum([*rows.values()], 0).tolist()
        return {
            name: {f"p{k}": round(float(np.percentile(row, k)), 3) for k in PERCENTILES}
            for name, row in rows.items()
        }


def whole_frame(
    avatar: str, device: str = "cuda", frames: int = FRAMES, warm_up_frames: int = WARM_UP_FRAMES
) -> dict[str, Any]:
    """Milliseconds of each stage while somebody speaks; those on the device are waited for, which
    a call does not: it takes a little less than their sum.

    Raises UserError where there is no such avatar, or no painters.
    """
    engine = make_engine(ModelAssembly(StageOptions(device, "full")), Choices(avatar))
    watch = Stopwatch(_settling(device), warm_up_frames)
    for face, body in _motion(engine, frames + warm_up_frames):
        _draw(engine, watch, face, body)
    return {"provider": engine.provider, "stages_ms": watch.as_json()}


def _draw(engine: Engine, watch: Stopwatch, face: Any, body: Any) -> None:
    picture, full = engine.picture, engine.picture.renderer
    assert isinstance(full, FullRenderer)
    with watch.stage("template"):
        geometry = picture.template.step(face, body)
    with watch.stage("motion_field"):
        field = picture.motion_field.step(geometry)
    with watch.stage("composite"):
        composite = full.renderer.composite(field)
    with watch.stage("guide"):
        maps = full.guided(composite)
    if isinstance(full.painters, TorchAvatarPainters):
        painters, known = full.painters.engine, full.painters.known
        with watch.stage("to the device"):
            painters.give(maps)
        with watch.stage("painters"):
            painters.work(known)
        with watch.stage("from the device"):
            pixels = painters.take()
    else:
        with watch.stage("painters"):
            pixels = full.painters.paint(maps)
    with watch.stage("composer"):
        picture.composer.compose(pixels)


def _motion(engine: Engine, frames: int) -> list[tuple[Any, Any]]:
    """Face and body of somebody who hums in syllables."""
    motion, made = engine.motion, []
    stages = motion.speech_features, motion.face_motion, motion.body_motion
    speech_state, face_state, body_state = (stage.init_state() for stage in stages)
    index = 0
    while len(made) < frames:
        first = index * SAMPLES_PER_FRAME
        time_s = np.arange(first, first + SAMPLES_PER_FRAME) / SAMPLE_RATE_HZ
        loud = 0.2 * np.clip(np.sin(2 * np.pi * 4 * time_s), 0, 1)
        samples = (loud * np.sin(2 * np.pi * 150 * time_s)).astype(np.float32)
        speech, speech_state = motion.speech_features.step(
            AudioChunk(samples, first, 0.0), speech_state
        )
        face, face_state = motion.face_motion.step(speech, face_state)
        if face.frame >= 0:
            body, body_state = motion.body_motion.step(face, speech, body_state)
            made.append((face, body))
        index += 1
    return made


def _settling(device: str) -> Callable[[], None]:
    if device != "cuda":
        return lambda: None
    import torch

    return torch.cuda.synchronize
