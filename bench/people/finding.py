"""Are the faces and hands that were rendered found by those who never saw a rendered one?

Witnesses: MediaPipe's detectors and trackers, which the product imports photographs with (their
weights know neither this template nor these pictures; only the places of the 478 points on the
template were chosen to agree with the face mesh, on other people: training.template), and dlib's
MMOD detector, which nothing here was ever tuned on.

A landmark's error is the distance of the tracker's point (face_witness) from the projected
template's, both in the picture, of all points that the camera truly sees, the face's outline too.
It has three parts: ours, what a surface leaves open (nothing marks a place on a cheek), and the
tracker's own, whose makers report 3.96 % in the mean against annotated photographs (Kartynnik et
al., Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs, 2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bench.people.face_witness import seen_face
from bench.people.renders import RenderedPerson, Truth
from pipeline.errors import ModelError
from pipeline.portrait.landmark_model import IRIS, LIDS, LIPS, OUTLINE
from pipeline.portrait.landmarks import FaceBox
from pipeline.portrait.trackers import Trackers

FOREHEAD, CHIN = 10, 152
FEATURES = (*LIPS, *LIDS, *IRIS[0], *IRIS[1])
# A find is this face, or this hand, if it is no further from it than half its size.
NEAR = 0.5


@dataclass(frozen=True, slots=True)
class FrameFinding:
    """found, found_by_dlib: is the face; landmark_error: median over points seen; feature_error:
    over those of lips, lids and irises, whose places no surface leaves open; outline_error: over
    the face's outline, where a surface turns away; tracker_scatter: of the tracker's own answers;
    in inter-ocular distances of the portrait, NaN where no face is found; hands: found among shown
    ones."""

    seed: int
    frame: int
    found: bool
    found_by_dlib: bool | None
    landmark_error: float
    feature_error: float
    outline_error: float
    tracker_scatter: float
    hands_shown: int
    hands_found: int


class DlibDetector:
    """dlib's MMOD face detector (CC0), as it ships with face_recognition_models."""

    def __init__(self) -> None:
        """Raises ModelError when its packages are not installed."""
        package = find_spec("face_recognition_models")
        if package is None or not package.submodule_search_locations or find_spec("dlib") is None:
            raise ModelError(
                "The second face detector is not installed: pip install dlib-bin "
                "face_recognition_models, or leave it out with --no-dlib."
            )
        import dlib

        folder = Path(next(iter(package.submodule_search_locations)), "models")
        self._detect = dlib.cnn_face_detection_model_v1(  # pyright: ignore[reportAttributeAccessIssue]
            str(folder / "mmod_human_face_detector.dat")
        )

    def centres(self, picture: np.ndarray) -> np.ndarray:
        """(N, 2) px of the faces in a picture (H, W, 3) uint8."""
        boxes = [find.rect for find in self._detect(np.ascontiguousarray(picture))]
        return np.array([[box.center().x, box.center().y] for box in boxes]).reshape(-1, 2)


def find_person(
    person: RenderedPerson, trackers: Trackers, dlib: DlibDetector | None
) -> list[FrameFinding]:
    """What is found in each frame of a person; dlib: None leaves it out."""
    return [
        _find(person, frame, trackers, dlib) for frame in range(len(person.pictures))
    ]  # fmt: skip


def _find(person: RenderedPerson, frame: int, trackers: Trackers, dlib) -> FrameFinding:
    picture, truth = person.pictures[frame], person.truths[frame]
    middle, height_px = _face(truth)
    boxes = [box for box in trackers.faces(picture)
             if _near(_centre(box), middle, height_px)]  # fmt: skip
    face = max(boxes, key=lambda box: box.score, default=None)
    error, features, outline, scatter, body = *[float("nan")] * 4, None
    if face is not None:
        seen, iod_px = seen_face(picture, face, trackers), person.portrait_iod_px
        error = landmark_error(seen.points, truth, iod_px)
        features = landmark_error(seen.points, truth, iod_px, FEATURES)
        outline = landmark_error(seen.points, truth, iod_px, OUTLINE)
        scatter = float(np.median(seen.scatter[truth.visible])) / iod_px
        body = trackers.body_landmarks(picture, face)
    shown, found = int(truth.shown.sum()), 0
    if shown:
        middles = [hand.points[:, :2].mean(0) for hand in trackers.hands(picture, body)]
        found = sum(_hand_found(truth.hand_px[k], middles) for k in np.flatnonzero(truth.shown))
    by_dlib = None
    if dlib is not None:
        by_dlib = any(_near(centre, middle, height_px) for centre in dlib.centres(picture))
    return FrameFinding(
        person.seed, frame, face is not None, by_dlib, error, features, outline, scatter, shown,
        found,
    )  # fmt: skip


def landmark_error(
    seen_px: np.ndarray, truth: Truth, iod_px: float, points: Sequence[int] = range(478)
) -> float:
    """Median distance of tracked points (478, 2) from the template's that the camera sees; NaN
    where it sees none of `points`."""
    chosen = np.intersect1d(np.flatnonzero(truth.visible), points)
    if not len(chosen):
        return float("nan")
    apart = np.linalg.norm(seen_px[chosen] - truth.landmark_px[chosen], axis=1)
    return float(np.median(apart)) / iod_px


def _face(truth: Truth) -> tuple[np.ndarray, float]:
    """Middle (2,) px and height of the true face."""
    top, bottom = truth.landmark_px[FOREHEAD], truth.landmark_px[CHIN]
    return (top + bottom) / 2, float(np.linalg.norm(top - bottom))


def _centre(box: FaceBox) -> np.ndarray:
    return np.array([box.left_px + box.width_px / 2, box.top_px + box.height_px / 2])


def _near(place: np.ndarray, truth: np.ndarray, size_px: float) -> bool:
    return bool(np.linalg.norm(place - truth) <= NEAR * size_px)


def _hand_found(hand_px: np.ndarray, middles: list[np.ndarray]) -> bool:
    size_px = float(np.linalg.norm(np.ptp(hand_px, axis=0)))
    return any(_near(middle, hand_px.mean(0), size_px) for middle in middles)
