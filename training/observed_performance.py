"""What the style encoder sees of performances and of generated motions, and their styles."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.body_pose import BodyPose
from pipeline.rates import FPS
from pipeline.skeleton import Skeleton
from pipeline.style_observation import observe
from pipeline.template import load_template
from training.performed_motion import Finish, performed_motion

STRETCH_FRAMES = 24 * FPS
# what the stages do in the first seconds is the same for all
SETTLING_FRAMES = 2 * FPS
NO_PRESET = -1


@dataclass(frozen=True, slots=True)
class Observed:
    """A motion as the style encoder sees it.

    motion: (T, OBSERVATION_SIZE) float32; knobs: (14,) float32 that it was made with
    shard: of the speech it goes with; preset: index into training.performance.presets.PRESETS of
        the style it was made in, or NO_PRESET; own: did the product make it?
    """

    motion: np.ndarray
    knobs: np.ndarray
    shard: str
    preset: int = NO_PRESET
    own: bool = False


def observe_performances(path: Path) -> list[Observed]:
    """A stretch of each performance in a file of training.performance.performances, each
    elsewhere in the speech: many styles say more than long motions. Gestures made larger or
    smaller than their style has them are left out."""
    with np.load(path) as content:
        arrays = {name: content[name] for name in ("face", "body", "state", "style", "gesture")}
    usual = np.flatnonzero(arrays["gesture"] == 1.0)
    room = max(1, len(arrays["state"]) - STRETCH_FRAMES)
    starts = np.random.default_rng(len(arrays["state"])).integers(room, size=len(usual))
    return [
        Observed(
            _seen(
                arrays["face"][k, first : first + STRETCH_FRAMES],
                arrays["body"][k, first : first + STRETCH_FRAMES],
                arrays["state"][first : first + STRETCH_FRAMES],
            ),
            arrays["style"][k].astype(np.float32),
            path.stem,
        )
        for k, first in zip(usual, starts, strict=True)
    ]


def observe_generated(
    face: np.ndarray, body: np.ndarray, state: np.ndarray, finish: Finish
) -> np.ndarray:
    """(T - SETTLING_FRAMES, OBSERVATION_SIZE) float32 of T generated vectors, from the start of a
    stream, as the runtime would show them."""
    return _seen(face, body, state, finish, SETTLING_FRAMES)


def observed_rollouts(path: Path) -> list[Observed]:
    """The motions in a file of training.style_rollouts."""
    with np.load(path) as content:
        columns = [content[name] for name in ("observed", "style", "shard", "preset")]
    return [
        Observed(motion, knobs, str(shard), int(preset), own=True)
        for motion, knobs, shard, preset in zip(*columns, strict=True)
    ]


def _seen(
    face: np.ndarray,
    body: np.ndarray,
    state: np.ndarray,
    finish: Finish | None = None,
    first: int = 0,
) -> np.ndarray:
    skeleton, pose = _person()
    vectors = face.astype(np.float32), body.astype(np.float32)
    return observe(performed_motion(*vectors, state, pose, finish), skeleton)[first:]


@cache
def _person() -> tuple[Skeleton, BodyPose]:
    model = load_template()
    skeleton = model.skeleton(np.zeros(len(model.identity_names)))
    return skeleton, BodyPose(skeleton)
