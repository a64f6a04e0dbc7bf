"""One person followed through a video by the trackers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.portrait.landmarks import BodyLandmarks, FaceBox, FaceLandmarks
from pipeline.portrait.trackers import Trackers
from pipeline.rates import FPS

FACE_SCORE = 0.5
# Frames that come quicker than the stream's are left out.
LEAST_STEP_S = 0.6 / FPS
# The body moves less quickly than the face, and is smoothed more.
BODY_EVERY = 2
# A face that is lost is looked for this often.
LOOK_EVERY = 3
# How far a lost face may have gone, in its own widths.
CONTINUITY_WIDTHS = 1.5
# A cut: mean change of a thumbnail's grey values, and against what is usual.
CUT_LEVEL, CUT_RATIO, USUAL_RATE = 22.0, 6.0, 0.1
THUMBNAIL_PX = (40, 24)


@dataclass(frozen=True, slots=True)
class TrackedFrame:
    """time_s; shot: counts the cuts before it; face: None where it is not seen; body: of this
    frame, None where nobody looked or none is seen; face_count: where the detector looked, else 0
    """

    time_s: float
    shot: int
    face: FaceLandmarks | None
    body: BodyLandmarks | None
    face_count: int


class _Cuts:
    """Tells the frames before which the camera was cut."""

    def __init__(self) -> None:
        self._last: np.ndarray | None = None
        self._usual = CUT_LEVEL / CUT_RATIO / 2.0

    def before(self, picture: np.ndarray) -> bool:
        small = cv2.resize(picture, THUMBNAIL_PX, interpolation=cv2.INTER_AREA)
        grey = small.astype(np.float32).mean(axis=2)
        last, self._last = self._last, grey
        if last is None:
            return False
        change = float(np.abs(grey - last).mean())
        cut = change > max(CUT_LEVEL, CUT_RATIO * self._usual)
        if not cut:
            self._usual += USUAL_RATE * (change - self._usual)
        return cut


def follow_person(
    frames: Iterable[tuple[float, np.ndarray]], trackers: Trackers
) -> Iterator[TrackedFrame]:
    """Track the largest face of the first frame that shows one, and its body, through
    (time in seconds, (H, W, 3) uint8) frames; a lost face is looked for where it was."""
    cuts, shot, due_s, count = _Cuts(), 0, -np.inf, 0
    follower = _Follower(trackers)
    for time_s, picture in frames:
        if time_s < due_s:
            continue
        due_s = time_s + LEAST_STEP_S
        if cuts.before(picture):
            shot += 1
            follower = _Follower(trackers)
        face, face_count = follower.face(picture)
        body = follower.body(picture) if face and count % BODY_EVERY == 0 else None
        yield TrackedFrame(time_s, shot, face, body, face_count)
        count += 1


class _Follower:
    """Keeps where the person was."""

    def __init__(self, trackers: Trackers) -> None:
        self._trackers = trackers
        self._face: FaceLandmarks | None = None
        self._place: np.ndarray | None = None
        self._box: FaceBox | None = None
        self._body: BodyLandmarks | None = None
        self._lost_frames = 0

    def face(self, picture: np.ndarray) -> tuple[FaceLandmarks | None, int]:
        """The face, and how many the detector saw if it was asked."""
        count = 0
        if self._face is not None:
            self._face = self._checked(self._trackers.face_landmarks(picture, self._face))
        self._lost_frames = 0 if self._face is not None else self._lost_frames + 1
        if self._face is None and self._lost_frames % LOOK_EVERY == 1:
            boxes = self._trackers.faces(picture)
            count = len(boxes)
            self._box = self._same(boxes)
            self._body = None
            if self._box is not None:
                self._face = self._checked(self._trackers.face_landmarks(picture, self._box))
        if self._face is not None:
            low, high = self._face.points[:468, :2].min(0), self._face.points[:468, :2].max(0)
            self._place = np.array([*(low + high) / 2.0, high[0] - low[0]])
        return self._face, count

    def body(self, picture: np.ndarray) -> BodyLandmarks | None:
        """The body below the face that was just found."""
        self._body = self._trackers.body_landmarks(picture, self._box, self._body)
        if self._body is None:
            return None
        # What lies beyond the picture's edge is the tracker's guess.
        inside = (self._body.points[:, :2] > 0) & (self._body.points[:, :2] < picture.shape[1::-1])
        visibility = np.where(inside.all(axis=1), self._body.visibility, 0.0)
        return replace(self._body, visibility=visibility.astype(np.float32))

    def _same(self, boxes: list[FaceBox]) -> FaceBox | None:
        """The largest face, or once it is known the one nearest to where it was."""
        if not boxes:
            return None
        if self._place is None:
            return max(boxes, key=lambda box: box.width_px * box.height_px)
        x, y, width = self._place

        def distance(box: FaceBox) -> float:
            return float(np.hypot(box.left_px + box.width_px / 2 - x,
                                  box.top_px + box.height_px / 2 - y))  # fmt: skip

        nearest = min(boxes, key=distance)
        return nearest if distance(nearest) < CONTINUITY_WIDTHS * width else None

    @staticmethod
    def _checked(face: FaceLandmarks) -> FaceLandmarks | None:
        return face if face.score >= FACE_SCORE else None
