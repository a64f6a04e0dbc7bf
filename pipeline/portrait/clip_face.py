"""Expression and gaze of a clip: smooth, crisp blinks, lips that close, relative to the person's
own neutral face."""

from dataclasses import dataclass

import numpy as np

from pipeline.motion_signal import events, runs
from pipeline.mouth_finish import MouthFinish
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS
from pipeline.portrait.clip_fit import ClipFit
from pipeline.portrait.clip_timeline import Timeline
from pipeline.portrait.track_smoothing import smooth_track
from pipeline.template import KEPT_EXPRESSION

MOUTH_HZ, UPPER_HZ, BLINK_HZ, GAZE_HZ = (5.0, 13.0), (2.0, 8.0), (9.0, 15.0), (2.5, 14.0)
EYES = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]
SMILES = [ACTION_INDEX["mouthSmileLeft"], ACTION_INDEX["mouthSmileRight"]]
LOWERED = [ACTION_INDEX["mouthLowerDownLeft"], ACTION_INDEX["mouthLowerDownRight"]]
MOUTH = [i for i, n in enumerate(FACIAL_ACTIONS) if n.startswith(("jaw", "mouth", "tongue"))]
UPPER = [i for i in range(len(FACIAL_ACTIONS)) if i not in MOUTH and i not in EYES]
RESTING_PERCENTILE = 15.0
# What a face at rest smiles in the natural style.
NATURAL_SMILE = 0.1
# A blink as the fit sees it: at least this deep, and how deep where the clip shows none.
LEAST_BLINK, USUAL_BLINK, TYPICAL_PERCENTILE = 0.2, 0.65, 70.0
LID_NOISE, OPEN_LID_PERCENTILE = 0.06, 40.0
# Irises move less on the picture than the fit believes; measured on people of known gaze.
GAZE_GAIN = np.array([1.4, 1.5])
# The fit takes part of an opening jaw for a lowered lip: the lip goes along with the jaw by this,
# and a fully lowered one looks like this much of a jaw. Of what is beyond, a part is believed.
LIP_OF_JAW, JAW_OF_LIP, LOWERED_TRUST = 0.65, 0.136, 0.2
# Lips that are this near to their closest touch; further apart they are free.
TOUCHING, FREE = 0.012, 0.035
CLOSED_PERCENTILE = 10.0
# Brows and eyes are disturbed by lids this far closed.
BLINKING = 0.3


@dataclass(frozen=True, slots=True)
class ClipFace:
    """N frames: actions (N, 52) in [0, 1]; gaze (N, 2, 2) radians; known (N,) bool: the face is
    seen; at_rest (N,) bool: lips closed and eyes open, too"""

    actions: np.ndarray
    gaze: np.ndarray
    known: np.ndarray
    at_rest: np.ndarray


def clip_face(clip: ClipFit, timeline: Timeline) -> ClipFace:
    """The face on the timeline of the stream."""
    seen = np.array([face is not None for face in clip.faces])
    actions, gaze = np.zeros((len(seen), len(FACIAL_ACTIONS))), np.zeros((len(seen), 4))
    for index, face in enumerate(clip.faces):
        if face is not None:
            actions[index], gaze[index] = face.actions, face.gaze.ravel()
    along, known = timeline.resampled(actions, seen)
    gaze, _ = timeline.resampled(gaze, seen)
    gaps, _ = timeline.resampled(np.nan_to_num(clip.lip_gaps)[:, None], seen)
    blinks = _blinks(along[:, EYES], known)
    open_eyes = known & (blinks.max(axis=1) < BLINKING)
    open_eyes = open_eyes if open_eyes.any() else known
    smooth = np.zeros_like(along)
    smooth[:, MOUTH] = smooth_track(along[:, MOUTH], known, *MOUTH_HZ)
    smooth[:, UPPER] = smooth_track(along[:, UPPER], open_eyes, *UPPER_HZ)
    shut = _shut(gaps[:, 0], known)
    at_rest = open_eyes & (shut > 0.5)
    at_rest = at_rest if at_rest.any() else open_eyes
    result = _jaw_instead_of_lip(_from_neutral(smooth, at_rest))
    mouth = MouthFinish()
    result = np.stack([mouth.finish(row, s, 0.0) for row, s in zip(result, shut, strict=True)])
    result[:, EYES] = blinks
    both = smooth_track(gaze, open_eyes, *GAZE_HZ).reshape(-1, 2, 2).mean(axis=1)
    both = GAZE_GAIN * (both - np.median(both[at_rest], axis=0))
    return ClipFace(
        np.clip(result, 0.0, 1.0).astype(np.float32),
        np.repeat(both[:, None], 2, axis=1).astype(np.float32),
        known,
        at_rest,
    )


def _from_neutral(actions: np.ndarray, at_rest: np.ndarray) -> np.ndarray:
    """Actions beyond those of the face at rest: its median for what opens the mouth, the least it
    shows of the rest; a face that never does without is taken to smile as the natural style."""
    resting = np.median(actions[at_rest], axis=0)
    least = np.percentile(actions[at_rest], RESTING_PERCENTILE, axis=0)
    least[SMILES] = np.maximum(least[SMILES] - NATURAL_SMILE, 0.0)
    return np.maximum(actions - np.where(KEPT_EXPRESSION, least, resting), 0.0)


def _jaw_instead_of_lip(actions: np.ndarray) -> np.ndarray:
    """The same opening of the mouth, more of it by the jaw."""
    jaw = actions[:, ACTION_INDEX["jawOpen"]]
    beyond = np.maximum(actions[:, LOWERED].mean(axis=1) - LIP_OF_JAW * jaw, 0.0)
    beyond *= 1.0 - LOWERED_TRUST
    jaw += JAW_OF_LIP * beyond
    actions[:, LOWERED] = np.maximum(actions[:, LOWERED] - beyond[:, None], 0.0)
    return actions


def _shut(gaps: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(N,) in [0, 1]: how surely the lips touch."""
    closest = float(np.percentile(gaps[known], CLOSED_PERCENTILE))
    apart = np.clip((gaps - closest - TOUCHING) / (FREE - TOUCHING), 0.0, 1.0)
    return 1.0 - apart * apart * (3.0 - 2.0 * apart)


def _blinks(lids: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(N, 2) closure in [0, 1]: open eyes are open, and a typical blink closes them wholly."""
    closure = smooth_track(lids, known, *BLINK_HZ)
    closure = closure - np.percentile(closure[known], OPEN_LID_PERCENTILE, axis=0)
    together = closure.mean(axis=1)
    peaks = [
        float(together[start:stop].max())
        for start, stop in events(together, LEAST_BLINK, 0.5 * LEAST_BLINK)
    ]
    depth = float(np.percentile(peaks, TYPICAL_PERCENTILE)) if peaks else USUAL_BLINK
    # Both lids go together but for a wink.
    apart = np.abs(closure[:, 0] - closure[:, 1])[:, None] > 0.5 * depth
    closure = np.where(apart, closure, together[:, None]) / depth
    closure = np.maximum(closure - LID_NOISE, 0.0) / (1.0 - LID_NOISE)
    return np.clip(_without_flutter(closure), 0.0, 1.0)


def _without_flutter(closure: np.ndarray) -> np.ndarray:
    """Lids that hardly move, without that; a squint or a look down is no blink."""
    for column in closure.T:
        for start, stop in runs(column > 0.0):
            if column[start:stop].max() < 2.0 * LID_NOISE:
                column[start:stop] = 0.0
    return closure
