"""The person of a clip: identity and camera from its best frames, then a pose for every frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.face_landmarks import LOWER_LID, LOWER_LIP_INNER, UPPER_LID, UPPER_LIP_INNER
from pipeline.portrait.face_fit import (
    NEXT_FRAME,
    PORTRAIT,
    Earlier,
    FaceFit,
    FaceProblem,
    Lens,
    first_guess,
)
from pipeline.portrait.fit import PortraitFit, fit_portrait
from pipeline.portrait.frame_fit import ACTION_STEP_SIGMA, FrameFit, fit_frame, own_landmarks
from pipeline.portrait.framing import Face, straightening, transform_points
from pipeline.portrait.landmarks import BodyLandmarks, FaceLandmarks
from pipeline.portrait.person_track import TrackedFrame
from pipeline.portrait.posture import SIZE
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import load_template

BEST_FRAMES = 9
EYES_PX, EYE_LINE = 78.0, 0.32
# A frame further from the last fitted one than this starts anew.
LONGEST_STEP_S = 0.12
# The torso moves slowly and takes long to fit.
LEAST_POSTURE_STEP_S, LONGEST_POSTURE_STEP_S = 0.15, 0.5
NOSE_TIP, EYE_CORNERS = 1, (33, 263)


@dataclass(frozen=True, slots=True)
class ClipFit:
    """Every frame of a clip, T of them.

    portrait: who it is, in typical frames; matrix (2, 3): pixels of the clip to the portrait's
    faces (T,): None where no face is seen; postures (T, 7): see `posture`, NaN in between the
    frames that were looked at; lip_gaps (T,): see `lip_gap`, NaN without a face
    bodies (T,): in pixels of the portrait, None where nobody looked or none is seen
    """

    portrait: PortraitFit
    matrix: np.ndarray
    faces: tuple[FaceFit | None, ...]
    postures: np.ndarray
    lip_gaps: np.ndarray
    bodies: tuple[BodyLandmarks | None, ...]


def fit_clip(
    tracked: Sequence[TrackedFrame], on_frame: Callable[[int], None] | None = None
) -> ClipFit:
    """Fit every frame of one shot that shows a face; at least one must.

    on_frame: told after each frame how many are done
    """
    best = best_frames([frame.face for frame in tracked])
    matrix = _portrait_matrix(tracked[best[0]])
    portrait = fit_portrait(*_typical([tracked[index] for index in best], matrix))
    person = _Person(portrait)
    faces, bodies = [], []
    postures, gaps = np.full((len(tracked), SIZE), np.nan), np.full(len(tracked), np.nan)
    for index, frame in enumerate(tracked):
        body = None if frame.body is None else _placed_body(frame.body, matrix)
        bodies.append(body)
        face = None
        if frame.face is not None:
            seen = FaceLandmarks(transform_points(matrix, frame.face.points), frame.face.score)
            face = person.face(seen, frame.time_s)
            gaps[index] = lip_gap(seen)
            if body is not None:
                postures[index] = person.posture(seen, body, frame.time_s)
        faces.append(face)
        if on_frame is not None:
            on_frame(index + 1)
    return ClipFit(portrait, matrix, tuple(faces), postures, gaps, tuple(bodies))


class _Person:
    """Fits one known person frame by frame, each from the one before."""

    def __init__(self, portrait: PortraitFit) -> None:
        self._portrait = portrait
        self._lens = Lens(portrait.camera.focal_px, portrait.camera.centre_px)
        self._landmarks = own_landmarks(portrait, load_template())
        self._face: FaceFit | None = None
        self._seen_s = -np.inf
        self._frame: FrameFit | None = None
        self._posed_s = -np.inf

    def face(self, seen: FaceLandmarks, time_s: float) -> FaceFit:
        """Expression, gaze and place of the head."""
        last = self._face if time_s - self._seen_s < LONGEST_STEP_S else None
        if last is None:
            guess, schedule, earlier = (
                first_guess(self._landmarks, seen, self._lens, 0),
                PORTRAIT,
                None,
            )
        else:
            guess, schedule = last, NEXT_FRAME
            earlier = Earlier(last.actions, ACTION_STEP_SIGMA)
        problem = FaceProblem(self._landmarks, (), seen, self._lens, earlier)
        self._face, self._seen_s = problem.solve(guess, schedule), time_s
        return self._face

    def posture(self, seen: FaceLandmarks, body: BodyLandmarks, time_s: float) -> np.ndarray:
        """(7,) of the torso, or NaN where it was found a moment ago."""
        if time_s - self._posed_s < LEAST_POSTURE_STEP_S:
            return np.full(SIZE, np.nan)
        last = self._frame
        if (
            last is not None
            and self._face is not None
            and time_s - self._posed_s < LONGEST_POSTURE_STEP_S
        ):
            last = replace(last, face=self._face, actions=self._face.actions.astype(np.float32))
        else:
            last = None
        self._frame, self._posed_s = fit_frame(seen, body, self._portrait, last), time_s
        return self._frame.posture


def lip_gap(face: FaceLandmarks) -> float:
    """Mean distance of the inner lips about the middle, see `unit_px`."""
    upper, lower = (list(lip[3:-3]) for lip in (UPPER_LIP_INNER, LOWER_LIP_INNER))
    gap = np.linalg.norm(face.points[upper, :2] - face.points[lower, :2], axis=1).mean()
    return float(gap / unit_px(face))


def lid_gap(face: FaceLandmarks) -> float:
    """Mean distance of the lids about the middle of both eyes, see `unit_px`."""
    upper = [point for lid in UPPER_LID for point in lid[3:-3]]
    lower = [point for lid in LOWER_LID for point in lid[3:-3]]
    gap = np.linalg.norm(face.points[upper, :2] - face.points[lower, :2], axis=1).mean()
    return float(gap / unit_px(face))


def unit_px(face: FaceLandmarks) -> float:
    """Distance of the outer corners of the eyes with their depth, in pixels; a turned head keeps
    it."""
    corners = face.points[list(EYE_CORNERS)]
    return max(float(np.linalg.norm(corners[0] - corners[1])), 1.0)


def best_frames(faces: Sequence[FaceLandmarks | None]) -> list[int]:
    """Up to 9 frames, the best first, in which the face looks ahead with closed lips and open
    eyes, and is as large as usual."""
    index = [place for place, face in enumerate(faces) if face is not None]
    known = [face for face in faces if face is not None]
    lips, lids, size, turn = np.array([_looks(face) for face in known]).T
    cost = 4.0 * lips + 8.0 * np.maximum(np.median(lids) - lids, 0.0)
    cost += turn + np.abs(np.log(size / np.median(size)))
    return [index[place] for place in np.argsort(cost, kind="stable")[:BEST_FRAMES]]


def _looks(face: FaceLandmarks) -> tuple[float, float, float, float]:
    """Gap of the lips, gap of the lids, size in pixels, and turn of the head by the nose."""
    right, left = (face.points[corner, :2] for corner in EYE_CORNERS)
    nose, unit = face.points[NOSE_TIP, :2], unit_px(face)
    turn = abs(float(np.linalg.norm(nose - left) - np.linalg.norm(nose - right))) / unit
    return lip_gap(face), lid_gap(face), unit, turn


def _portrait_matrix(best: TrackedFrame) -> np.ndarray:
    """(2, 3) from pixels of the clip to those of a portrait."""
    assert best.face is not None
    face = Face.of(best.face)
    askew_rad = straightening(face, best.body)
    scale = EYES_PX / face.eyes_px
    cos, sin = scale * np.cos(askew_rad), scale * np.sin(askew_rad)
    turn = np.array([[cos, sin], [-sin, cos]])
    target = np.array([0.5 * FRAME_WIDTH_PX, EYE_LINE * FRAME_HEIGHT_PX])
    return np.concatenate([turn, (target - turn @ face.centre)[:, None]], axis=1)


def _typical(
    best: Sequence[TrackedFrame], matrix: np.ndarray
) -> tuple[FaceLandmarks, BodyLandmarks | None]:
    """The median face, laid upon the best one, and the median body, in pixels of the portrait."""
    faces = [transform_points(matrix, frame.face.points) for frame in best if frame.face]
    laid = np.stack([_laid_upon(points, faces[0]) for points in faces])
    score = float(np.median([frame.face.score for frame in best if frame.face]))
    face = FaceLandmarks(np.median(laid, axis=0).astype(np.float32), score)
    bodies = [_placed_body(frame.body, matrix) for frame in best if frame.body]
    if not bodies:
        return face, None
    middle = {
        name: np.median([getattr(body, name) for body in bodies], axis=0).astype(np.float32)
        for name in ("points", "visibility", "world")
    }
    return face, BodyLandmarks(**middle, score=float(np.median([b.score for b in bodies])))


def _laid_upon(points: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Points (N, 3) px moved, turned in the picture and scaled to lie on the target's."""
    centre, target_centre = points.mean(axis=0), target.mean(axis=0)
    a = (points - centre)[:, :2] @ np.array([1.0, 1.0j])
    b = (target - target_centre)[:, :2] @ np.array([1.0, 1.0j])
    similarity = (a.conj() @ b) / max(float((a.conj() @ a).real), 1e-9)
    laid = a * similarity
    depth = (points - centre)[:, 2] * abs(similarity)
    return np.stack([laid.real, laid.imag, depth], axis=1) + target_centre


def _placed_body(body: BodyLandmarks, matrix: np.ndarray) -> BodyLandmarks:
    """In pixels of the portrait, the metres turned along."""
    turn = matrix[:, :2] / np.sqrt(abs(np.linalg.det(matrix[:, :2])))
    world = np.array(body.world)
    world[:, :2] = body.world[:, :2] @ turn.T
    return replace(body, points=transform_points(matrix, body.points), world=world)
