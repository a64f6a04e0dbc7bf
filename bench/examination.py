"""One avatar driven through the product's renderer and judged from its pixels alone."""

from dataclasses import dataclass

import numpy as np

from bench.background_motion import BackgroundMotion, background_motion
from bench.face_measures import measure
from bench.faces import command, sweeps, talking
from bench.identity_witness import IdentityWitness
from bench.puppet import Puppet
from pipeline.errors import AvatarError
from pipeline.portrait.landmark_model import MESH_LANDMARKS
from pipeline.portrait.landmarks import BodyPoint, FaceBox, FaceLandmarks
from pipeline.portrait.trackers import Trackers
from pipeline.stream_types import BodyFrame, FaceFrame

MOVEMENTS = ("jaw", "blink", "yaw", "pitch")
VISIBLE = 0.5
# Of talk, every third frame is looked at; of those and of all sweeps every fourth closely.
TALK_EVERY, CLOSE_EVERY = 3, 4
# Of all close looks together, for a figure about the background.
FEWEST_PATCHES = 60


@dataclass(frozen=True, slots=True)
class Examination:
    """landmark_pct: median distance of template and tracker, % of the inter-ocular distance
    shoulder_pct: mean distance of the shoulders, % of their width; None where they are not seen
    sweep, talk: correlation of command and tracked face by movement; follows: the worse of both
    gain: how far the tracked face goes in a sweep, relative to the template; for the blink the
    share of the lids' gap that is gone when they are told to be closed
    identity: 95th percentile of the distance of a driven face to the portrait's, None without the
    witness; identity_max; of one person filmed, 0.2 to 0.4 is usual, 0.6 where the head turns far
    background_px: 95th percentile of the displacement of what stands near the person, None where
    nothing does; background_max_px; background_lost: share of it that disappears
    untracked: driven frames in which the tracker saw no face
    """

    landmark_pct: float
    shoulder_pct: float | None
    sweep: dict[str, float]
    talk: dict[str, float]
    follows: dict[str, float]
    gain: dict[str, float]
    identity: float | None
    identity_max: float | None
    background_px: float | None
    background_max_px: float | None
    background_lost: float | None
    untracked: int


@dataclass(frozen=True, slots=True)
class _Driven:
    """One driven frame: what was asked, seen, and of the template expected; identity and
    background only where it was looked at closely."""

    face: FaceFrame
    seen: FaceLandmarks
    expected: np.ndarray
    identity: float | None = None
    background: BackgroundMotion | None = None


class Examiner:
    """Examiner(trackers, witness): both outlive many avatars; the witness may be missing."""

    def __init__(self, trackers: Trackers, witness: IdentityWitness | None) -> None:
        self._trackers, self._witness = trackers, witness

    def examine(self, puppet: Puppet) -> Examination:
        """All figures of one avatar under a renderer. Raises AvatarError where the tracker sees no
        face in it."""
        sitting = _Sitting(puppet, self._trackers, self._witness)
        swept = {name: sitting.driven(faces) for name, faces in sweeps().items()}
        talk = sitting.driven(talking(), TALK_EVERY)
        everything = [*talk, *(driven for part in swept.values() for driven in part)]
        seen, meant = sitting.source.points, sitting.neutral
        alone = {name: _followed(swept[name], name, seen, meant) for name in MOVEMENTS}
        together = {name: _followed(talk, name, seen, meant)[0] for name in MOVEMENTS}
        return Examination(
            sitting.landmark_pct(),
            sitting.shoulder_pct(),
            {name: correlation for name, (correlation, _) in alone.items()},
            together,
            {name: min(alone[name][0], together[name]) for name in MOVEMENTS},
            {name: gain for name, (_, gain) in alone.items()},
            *_identity([driven.identity for driven in everything if driven.identity is not None]),
            *_background([driven.background for driven in everything if driven.background]),
            sum(driven.seen.score < VISIBLE for driven in everything),
        )


class _Sitting:
    """One avatar before the trackers: source as they see the portrait, neutral as the template
    has it."""

    def __init__(self, puppet: Puppet, trackers: Trackers, witness: IdentityWitness | None) -> None:
        self._avatar, self._trackers, self._witness = puppet.avatar, trackers, witness
        self._puppet = puppet
        self.neutral = self._puppet.landmarks(self._puppet.template.source_geometry())
        self._box = self._nearest_face()
        self.source = self._tracked(self._avatar.portrait, self._box)
        self._person = trackers.person_probability(self._avatar.portrait)
        self._own = (
            witness.descriptor(self._avatar.portrait, self.source.points) if witness else None
        )

    def driven(self, faces: list[FaceFrame], every: int = 1) -> list[_Driven]:
        """Each of `every` neighbours in time rendered and tracked."""
        moves = self._puppet.moves(faces)[::every]
        return [self._driven(*move, index % CLOSE_EVERY == 0) for index, move in enumerate(moves)]

    def _driven(self, face: FaceFrame, body: BodyFrame, closely: bool) -> _Driven:
        picture = self._puppet.picture(face, body)
        seen = self._tracked(picture, self.source)
        expected = self._puppet.landmarks(self._puppet.geometry(face))
        if not closely:
            return _Driven(face, seen, expected)
        now = self._trackers.person_probability(picture)
        moved = background_motion(self._avatar.portrait, picture, self._person, now)
        apart = None
        if self._witness is not None:
            described = self._witness.descriptor(picture, seen.points)
            apart = float(np.linalg.norm(described - self._own))
        return _Driven(face, seen, expected, apart, moved)

    def _nearest_face(self) -> FaceBox:
        """The one that the template was fitted to, if there are several."""
        boxes = self._trackers.faces(self._avatar.portrait)
        if not boxes:
            raise AvatarError(f"The tracker sees no face in the portrait of {self._avatar.name!r}.")
        middle = self.neutral[:, :2].mean(0)
        return min(boxes, key=lambda box: np.linalg.norm(box.points[:4].mean(0) - middle))

    def _tracked(self, picture: np.ndarray, face: FaceBox | FaceLandmarks) -> FaceLandmarks:
        """Twice: the second look is centred on what the first has found."""
        found = self._trackers.face_landmarks(picture, face)
        return self._trackers.face_landmarks(picture, found)

    def landmark_pct(self) -> float:
        """See Examination."""
        apart = (self.source.points - self.neutral)[:MESH_LANDMARKS, :2]
        median = float(np.median(np.linalg.norm(apart, axis=1)))
        return round(100 * median / self.source.inter_ocular_px, 2)

    def shoulder_pct(self) -> float | None:
        """See Examination."""
        body = self._trackers.body_landmarks(self._avatar.portrait, self._box)
        shoulders = [BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER]
        if body is None or body.visibility[shoulders].min() < VISIBLE:
            return None
        seen = body.points[shoulders, :2]
        apart = np.linalg.norm(self._puppet.shoulders_px() - seen, axis=1).mean()
        return round(100 * float(apart / np.linalg.norm(seen[0] - seen[1])), 2)


def _followed(
    driven: list[_Driven], name: str, source: np.ndarray, neutral: np.ndarray
) -> tuple[float, float]:
    """Correlation of command and tracked face, and gain as `Examination` has it."""
    told = np.array([command(one.face, name) for one in driven])
    seen = np.array([getattr(measure(one.seen.points, source), name) for one in driven])
    meant = np.array([getattr(measure(one.expected, neutral), name) for one in driven])
    if seen.std() < 1e-9:
        return 0.0, 0.0
    if name == "blink":
        # The template's own lids may meet early and cross, so they are no measure.
        gain = 1 - (1 - seen[told.argmax()]) / max(1 - seen[told.argmin()], 1e-6)
    else:
        gain = np.polyfit(told, seen, 1)[0] / np.polyfit(told, meant, 1)[0]
    return round(float(np.corrcoef(told, seen)[0, 1]), 3), round(float(gain), 2)


def _identity(distances: list[float]) -> tuple[float | None, float | None]:
    if not distances:
        return None, None
    return round(float(np.percentile(distances, 95)), 3), round(max(distances), 3)


def _background(motions: list[BackgroundMotion]) -> tuple[float | None, float | None, float | None]:
    moved = np.concatenate([motion.displacement_px for motion in motions])
    if len(moved) < FEWEST_PATCHES:
        return None, None, None
    lost = sum(motion.lost for motion in motions) / sum(motion.patches for motion in motions)
    return round(float(np.percentile(moved, 95)), 2), round(float(moved.max()), 2), round(lost, 4)
