"""Which face of a picture becomes the avatar."""

from dataclasses import dataclass

import numpy as np

from pipeline.errors import AvatarError
from pipeline.portrait.landmarks import FaceBox, FaceLandmarks
from pipeline.portrait.manual_points import ManualPoints
from pipeline.portrait.picture_file import Picture
from pipeline.portrait.trackers import Trackers

# Of the mesh's own score: below it, it saw no face.
FACE_SCORE = 0.5
# Right and left iris, tip of the nose; lips; right and left edge of the face.
MARKS, LIPS, EARS = (468, 473, 1), (13, 14), (234, 454)


@dataclass(frozen=True, slots=True)
class ChosenFace:
    """landmarks, box: in pixels of the picture
    number: counted from 1, left to right; count: of the faces in the picture
    by_hand: the landmarks follow the user's points, no tracker saw a face there
    """

    landmarks: FaceLandmarks
    box: FaceBox
    number: int = 1
    count: int = 1
    by_hand: bool = False


def choose_face(
    picture: Picture,
    trackers: Trackers,
    number: int | None = None,
    points: ManualPoints | None = None,
) -> ChosenFace:
    """The largest face, or that of a number, or that at the user's points.

    number: from 1, left to right
    Raises AvatarError where there is no such face.
    """
    if points is not None:
        return _at_points(picture, trackers, points)
    faces = trackers.faces(picture.pixels)
    if not faces:
        raise AvatarError(
            "No face was found in the picture; use one that shows the face from the front, or "
            "give the places of eyes and mouth (avatar import --points)."
        )
    faces.sort(key=lambda face: face.left_px + face.width_px / 2)
    if number is not None and not 1 <= number <= len(faces):
        raise AvatarError(
            "The picture has no face {number}; there are {count}, counted from 1 from the left.",
            count=len(faces),
            number=number,
        )
    largest = int(np.argmax([face.width_px * face.height_px for face in faces]))
    index = largest if number is None else number - 1
    landmarks = trackers.face_landmarks(picture.pixels, faces[index])
    if landmarks.score < FACE_SCORE:
        raise AvatarError(
            "The face cannot be made out; use a picture in which eyes, nose and mouth are free "
            "and sharp, or give the places of eyes and mouth (avatar import --points)."
        )
    return ChosenFace(landmarks, faces[index], index + 1, len(faces))


def _at_points(picture: Picture, trackers: Trackers, points: ManualPoints) -> ChosenFace:
    """The tracker's landmarks where it sees a face at the points, else those of a usual face."""
    usual = points.landmarks(picture)
    seen = trackers.face_landmarks(picture.pixels, usual)
    if seen.score >= FACE_SCORE and points.agree_with(seen, picture):
        return ChosenFace(seen, _box_around(seen))
    return ChosenFace(usual, _box_around(usual), by_hand=True)


def _box_around(face: FaceLandmarks) -> FaceBox:
    """What the detector would have said of a face."""
    points = face.points[:, :2]
    low, high = points[:468].min(0), points[:468].max(0)
    left, top, width, height = (float(value) for value in (*low, *(high - low)))
    marks = np.stack([*points[list(MARKS)], points[list(LIPS)].mean(0), *points[list(EARS)]])
    return FaceBox(left, top, width, height, face.score, marks.astype(np.float32))
