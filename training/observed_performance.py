"""What the style encoder sees of performances, and the style they were played in."""

from pathlib import Path

import numpy as np

from pipeline.body_pose import BodyPose
from pipeline.rates import FPS
from pipeline.style_observation import observe
from pipeline.template import load_template
from training.performed_motion import performed_motion

STRETCH_FRAMES = 24 * FPS


def observe_performances(path: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """(observed (T, OBSERVATION_SIZE), knobs (14,)) of a stretch of each performance in a file of
    training.performance.performances, each elsewhere in the speech: many styles say more than
    long motions. Gestures made larger or smaller than their style has them are left out."""
    model = load_template()
    skeleton = model.skeleton(np.zeros(len(model.identity_names)))
    pose = BodyPose(skeleton)
    with np.load(path) as content:
        arrays = {name: content[name] for name in ("face", "body", "state", "style", "gesture")}
    usual = np.flatnonzero(arrays["gesture"] == 1.0)
    room = max(1, len(arrays["state"]) - STRETCH_FRAMES)
    starts = np.random.default_rng(len(arrays["state"])).integers(room, size=len(usual))
    stretches = [slice(first, first + STRETCH_FRAMES) for first in starts]
    return [
        (
            observe(
                performed_motion(
                    arrays["face"][k, part].astype(np.float32),
                    arrays["body"][k, part].astype(np.float32),
                    arrays["state"][part],
                    pose,
                ),
                skeleton,
            ),
            arrays["style"][k].astype(np.float32),
        )
        for k, part in zip(usual, stretches, strict=True)
    ]


def observed_rollout(path: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """The same of a motion of training.style_rollouts."""
    with np.load(path) as content:
        return [(content["observed"], content["style"])]
