"""What independent observers see in a driven picture: where the face is, whose it is, hands.

MediaPipe's trackers and dlib's recogniser have seen no picture of ours; nothing here is trained on
them.
"""

from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np

from bench.identity_witness import IdentityWitness
from bench.picture_scores import point_error_px
from bench.reenactment.figures import Figures, mean
from bench.reenactment.regions import HANDS
from bench.reenactment_score import Judge
from pipeline.errors import AvatarError
from pipeline.portrait.landmarks import FaceLandmarks, HandLandmarks
from pipeline.portrait.trackers import Trackers

# A hand of so many pixels is shown; a find is that hand if no further from it than half its size.
LEAST_HAND_PX = 800
NEAR = 0.5
VISIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Hand:
    """middle (2,) px and size_px, the diagonal of its box, of a hand of the true frame."""

    middle: np.ndarray
    size_px: float


class Witnesses:
    """Both observers outlive many people, who are met one after the other."""

    def __init__(self, trackers: Trackers, identity: IdentityWitness | None) -> None:
        self._trackers, self._identity = trackers, identity
        self._judge = Judge(trackers)
        self.own: np.ndarray | None = None

    def meet(self, portrait: np.ndarray) -> None:
        """Take this portrait (768, 512, 3) uint8 for what the person looks like: own is the face's
        descriptor (128,), None without the recogniser."""
        self.own = self._described(portrait, self._judge.face(portrait))

    def look(self, picture: np.ndarray, truth: np.ndarray, label: np.ndarray) -> Figures:
        """landmark_pct: mean error of the tracked points in % of the distance of the irises;
        identity, identity_distance: cosine and distance of the face's descriptor and the
        portrait's; hand_confidence: mean score of the hands that truth shows, 0 for one that is not
        found. Those that cannot be had are left out.

        picture, truth (768, 512, 3) uint8; label (768, 512) of truth
        """
        figures: Figures = {}
        try:
            real = self._judge.face(truth)
        except AvatarError:
            real = None
        if real is not None and real.score > VISIBLE:
            figures |= self._of_face(picture, real)
        if shown := shown_hands(label):
            figures["hand_confidence"] = float(np.mean(self._confidences(picture, shown)))
        return figures

    def _of_face(self, picture: np.ndarray, real: FaceLandmarks) -> Figures:
        seen = self._judge.face(picture, real)
        error = point_error_px(seen.points, real.points) / real.inter_ocular_px
        figures = {"landmark_pct": 100 * error}
        described = self._described(picture, seen)
        if described is not None and self.own is not None:
            figures |= likeness(described, self.own)
        return figures

    def _described(self, picture: np.ndarray, face: FaceLandmarks) -> np.ndarray | None:
        return self._identity.descriptor(picture, face.points) if self._identity else None

    def _confidences(self, picture: np.ndarray, shown: list[Hand]) -> list[float]:
        faces = self._trackers.faces(picture)
        body = self._trackers.body_landmarks(picture, faces[0]) if faces else None
        found = self._trackers.hands(picture, body)
        return [confidence(hand, found) for hand in shown]


def identity_witness(wanted: bool = True) -> IdentityWitness | None:
    """The recogniser, unless it is not wanted. Raises ModelError when it is not installed."""
    return IdentityWitness() if wanted else None


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def likeness(one: np.ndarray, other: np.ndarray) -> Figures:
    """identity and identity_distance of two descriptors (128,). The recogniser was taught by the
    distance, of which 0.6 is the limit of one person; cosines of strangers are near one, too."""
    distance = float(np.linalg.norm(one - other))
    return {"identity": cosine(one, other), "identity_distance": distance}


def likeness_of_strangers(descriptors: list[np.ndarray]) -> Figures:
    """likeness, on average, of different people: what it is worth can only be said beside this.
    Empty for fewer than two."""
    return mean(likeness(*pair) for pair in combinations(descriptors, 2))


def shown_hands(label: np.ndarray) -> list[Hand]:
    """The hands that a frame shows wholly enough to be found; label (H, W) uint8 Label."""
    hands = []
    for side in HANDS:
        shown = (label == side).astype(np.uint8)
        if shown.sum() < LEAST_HAND_PX:
            continue
        left, top, width, height = cv2.boundingRect(shown)
        middle = np.array([left + width / 2, top + height / 2])
        hands.append(Hand(middle, float(np.hypot(width, height))))
    return hands


def confidence(hand: Hand, found: list[HandLandmarks]) -> float:
    """The best score of what was found where a hand is, 0 if nothing was."""
    near = [
        one.score for one in found
        if np.linalg.norm(one.points[:, :2].mean(0) - hand.middle) <= NEAR * hand.size_px
    ]  # fmt: skip
    return float(max(near, default=0.0))
