"""Random motions for training the renderer: single poses and short smooth clips.

They hold what a motion file holds and what `pose.posed` poses a person with. Equal seeds give equal
motions. Hands stay out of the face and of each other.
"""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.body_pose import BodyPose
from pipeline.camera_model import CameraModel
from pipeline.hand_pose import REST
from pipeline.motion_file import Motion
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTIONS,
    GAZE,
    HANDS,
    MOUTH_INDICES,
)
from pipeline.skeleton import Skeleton
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.template import SourcePose
from training.people.hand_places import HandPlaces, share_in_frame
from training.people.random_body import random_body, random_raised
from training.people.random_face import RandomFace, eyes_in_reach, random_face
from training.performance.minimum_jerk import ease
from training.performed_motion import performed_frame

CLIP_FRAMES = 8
_TRIES = 16
# A hand counts as shown from this share of its joints on.
LEAST_SHOWN = 0.8
# Hands that leave the picture are learned too.
_SHOWN_SHARE = 0.8
_RAISING_CHANCE = 0.3
# How far of the way to another random pose a clip goes.
_EXPRESSION_WAY, _HEAD_WAY, _TORSO_WAY, _HANDS_WAY = 0.6, 0.8, 0.5, 0.8
_SACCADE_CHANCE = 0.35
_QUICK = [*MOUTH_INDICES, *(FACE_ACTIONS.index(f"eyeBlink{side}") for side in ("Left", "Right"))]

Frame = tuple[FaceFrame, BodyFrame]


@dataclass(frozen=True, slots=True)
class _Timing:
    """slow (T, 1): the way done of one slow movement; quick (3, T, 1): shares of three poses, of
    which the mouth and the lids take one after the other."""

    slow: np.ndarray
    quick: np.ndarray


class RandomMotion:
    """RandomMotion(skeleton, source, camera): pose() and clip() for one person.

    source: how the person sits in the portrait; camera: if given, most raised hands are shown
    """

    def __init__(
        self, skeleton: Skeleton, source: SourcePose, camera: CameraModel | None = None
    ) -> None:
        self._pose = BodyPose(skeleton)
        self._places = HandPlaces(skeleton, source)
        self._camera = camera

    def pose(self, seed: int) -> Motion:
        """One frame."""
        return self.clip(seed, 1)

    def clip(self, seed: int, frames: int = CLIP_FRAMES) -> Motion:
        """A smooth movement.

        Raises:
            ValueError: frames is less than one
        """
        if frames < 1:
            raise ValueError("a clip needs a frame at least")
        # One stream for each, so that hands drawn anew change nothing else.
        draws = [np.random.default_rng((seed, k)) for k in range(3)]
        timing = _timing(frames, draws[0])
        ways = draws[0].uniform(0.0, (_EXPRESSION_WAY, _HEAD_WAY, _TORSO_WAY, _HANDS_WAY))
        keys = [random_face(draws[1]) for _ in range(3)]
        faces = _faces(keys, timing, ways[:2], draws[0].uniform() < _SACCADE_CHANCE)
        viseme = np.tensordot(timing.quick[..., 0].T, np.stack([k.viseme for k in keys]), 1)
        state = State.SPEAKING if viseme.any() else State(int(draws[0].integers(len(State))))
        motion = Motion()
        for index, (face, body) in enumerate(self._frames(faces, timing, ways[2:], draws[2])):
            heard = viseme[index].astype(np.float32)
            motion.append(replace(face, viseme=heard, state=state), body)
        return motion

    def _frames(
        self, faces: np.ndarray, timing: _Timing, ways: np.ndarray, draw: np.random.Generator
    ) -> list[Frame]:
        """Faces with a body whose hands are where they may be."""
        raised = [random_raised(draw)] * 2
        if draw.uniform() < _RAISING_CHANCE:
            raised[1] = random_raised(draw)
        to_show = raised[0] == 2 and draw.uniform() < _SHOWN_SHARE
        moved: list[Frame] = []
        for attempt in range(_TRIES):
            bodies = _bodies([random_body(draw, count) for count in raised], timing, ways)
            if attempt == _TRIES - 1:
                bodies[:, HANDS] = np.tile(REST, 2)
            moved = [
                performed_frame(index, *rows, int(State.IDLE), self._pose)
                for index, rows in enumerate(zip(faces, bodies, strict=True))
            ]
            if self._free(moved) and not (to_show and self._hidden(moved[0])):
                break
        return moved

    def _free(self, frames: list[Frame]) -> bool:
        for frame in frames:
            points, chin = self._places.place(*frame)
            if self._places.in_face(points, chin).any() or self._places.meet(points):
                return False
        return True

    def _hidden(self, frame: Frame) -> bool:
        if self._camera is None:
            return False
        points, _ = self._places.place(*frame)
        return bool((share_in_frame(points, self._camera) < LEAST_SHOWN).any())


def _timing(frames: int, draw: np.random.Generator) -> _Timing:
    """A movement under way or starting; three poses with the second anywhere near the middle."""
    begun, done = draw.uniform(0.0, 0.5), draw.uniform(0.6, 1.0)
    middle = draw.uniform(0.3, 0.7)
    passed = np.linspace(0.0, 1.0, frames)
    slow = ease(begun + (done - begun) * passed) - ease(np.array(begun))
    to_middle, to_end = ease(passed / middle), ease((passed - middle) / (1.0 - middle))
    quick = np.stack([1.0 - to_middle, to_middle - to_end, to_end])
    return _Timing(slow[:, None], quick[..., None])


def _bodies(ends: list[np.ndarray], timing: _Timing, ways: np.ndarray) -> np.ndarray:
    """(T, BODY_SIZE); ends: of the whole way; ways: shares of it of the torso and of the hands."""
    way = np.full(ends[0].shape, ways[0])
    way[HANDS] = ways[1]
    return ends[0] + timing.slow * way * (ends[1] - ends[0])


def _faces(keys: list[RandomFace], timing: _Timing, ways: np.ndarray, saccade: bool) -> np.ndarray:
    """(T, FACE_SIZE); ways: of the expression and of the head."""
    rows = np.stack([key.row for key in keys])
    way = np.full(rows.shape[1], ways[1])
    way[ACTIONS] = ways[0]
    faces = rows[0] + timing.slow * way * (rows[2] - rows[0])
    quick = (timing.quick * rows[:, None]).sum(0)
    faces[:, _QUICK] = quick[:, _QUICK]
    if saccade:
        faces[:, GAZE] = quick[:, GAZE]
    return eyes_in_reach(faces).astype(np.float32)
