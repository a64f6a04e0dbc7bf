"""One avatar driven through the product's renderer and judged from its pixels alone."""

from dataclasses import dataclass

import numpy as np

from bench.background_motion import BackgroundMotion, background_motion
from bench.face_measures import measure
from bench.faces import command, sweeps, talking
from bench.identity_witness import IdentityWitness
from bench.puppet import Puppet
from pipeline.avatar import Avatar
from pipeline.errors import AvatarError
from pipeline.portrait.landmarks import BodyPoint, FaceLandmarks
from pipeline.portrait.trackers import Trackers
from pipeline.stream_types import FaceFrame

MOVEMENTS = ("jaw", "blink", "yaw", "pitch")
VISIBLE = 0.5
MESH_POINTS = 468
# Of all driven frames together, for a figure about the background.
FEWEST_PATCHES = 200


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
    """One driven frame: what was asked, seen, and of the template expected."""

    face: FaceFrame
    seen: np.ndarray
    expected: np.ndarray
    identity: float | None
    background: BackgroundMotion


class Examiner:
    """Examiner(trackers, witness): both outlive many avatars; the witness may be missing."""

    def __init__(self, trackers: Trackers, witness: IdentityWitness | None) -> None:
        self._trackers, self._witness = trackers, witness

    def examine(self, avatar: Avatar) -> Examination:
        """All figures of one avatar. Raises AvatarError where the tracker sees no face in it."""
        puppet, source = Puppet(avatar), self._source(avatar)
        neutral = puppet.landmarks(puppet.template.source_geometry())
        person = self._trackers.person_probability(avatar.portrait)
        own = self._described(avatar.portrait, source)
        untracked = 0

        def drive(face: FaceFrame) -> _Driven:
            nonlocal untracked
            picture = puppet.picture(face)
            seen = self._tracked(picture, source)
            untracked += seen.score < VISIBLE
            apart = None
            if own is not None:
                apart = float(np.linalg.norm(self._described(picture, seen) - own))
            now = self._trackers.person_probability(picture)
            return _Driven(
                face, seen.points, puppet.landmarks(puppet.geometry(face)), apart,
                background_motion(avatar.portrait, picture, person, now),
            )  # fmt: skip

        swept = {name: [drive(face) for face in faces] for name, faces in sweeps().items()}
        talk = [drive(face) for face in talking()]
        everything = [*talk, *(driven for part in swept.values() for driven in part)]
        alone = {name: _followed(swept[name], name, source.points, neutral) for name in MOVEMENTS}
        together = {name: _followed(talk, name, source.points, neutral)[0] for name in MOVEMENTS}
        return Examination(
            self._landmark_pct(source, neutral),
            self._shoulder_pct(puppet, source),
            {name: correlation for name, (correlation, _) in alone.items()},
            together,
            {name: min(alone[name][0], together[name]) for name in MOVEMENTS},
            {name: gain for name, (_, gain) in alone.items()},
            *_identity([driven.identity for driven in everything]),
            *_background([driven.background for driven in everything]),
            untracked,
        )

    def _source(self, avatar: Avatar) -> FaceLandmarks:
        boxes = self._trackers.faces(avatar.portrait)
        if not boxes:
            raise AvatarError(f"The tracker sees no face in the portrait of {avatar.name!r}.")
        largest = max(boxes, key=lambda box: box.width_px)
        return self._tracked(avatar.portrait, largest)

    def _tracked(self, picture: np.ndarray, face) -> FaceLandmarks:
        """Twice: the second look is centred on what the first has found."""
        found = self._trackers.face_landmarks(picture, face)
        return self._trackers.face_landmarks(picture, found)

    def _described(self, picture: np.ndarray, face: FaceLandmarks) -> np.ndarray | None:
        return self._witness.descriptor(picture, face.points) if self._witness else None

    @staticmethod
    def _landmark_pct(source: FaceLandmarks, neutral: np.ndarray) -> float:
        apart = np.linalg.norm(source.points[:MESH_POINTS, :2] - neutral[:MESH_POINTS, :2], axis=1)
        return round(100 * float(np.median(apart)) / source.inter_ocular_px, 2)

    def _shoulder_pct(self, puppet: Puppet, source: FaceLandmarks) -> float | None:
        boxes = self._trackers.faces(puppet.avatar.portrait)
        largest = max(boxes, key=lambda box: box.width_px)
        body = self._trackers.body_landmarks(puppet.avatar.portrait, largest)
        shoulders = [BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER]
        if body is None or body.visibility[shoulders].min() < VISIBLE:
            return None
        seen = body.points[shoulders, :2]
        apart = np.linalg.norm(puppet.shoulders_px() - seen, axis=1).mean()
        return round(100 * float(apart / np.linalg.norm(seen[0] - seen[1])), 2)


def _followed(
    driven: list[_Driven], name: str, source: np.ndarray, neutral: np.ndarray
) -> tuple[float, float]:
    """Correlation of command and tracked face, and gain as `Examination` has it."""
    told = np.array([command(one.face, name) for one in driven])
    seen = np.array([getattr(measure(one.seen, source), name) for one in driven])
    meant = np.array([getattr(measure(one.expected, neutral), name) for one in driven])
    if seen.std() < 1e-9:
        return 0.0, 0.0
    if name == "blink":
        # The template's own lids may meet early and cross, so they are no measure.
        gain = 1 - (1 - seen[told.argmax()]) / max(1 - seen[told.argmin()], 1e-6)
    else:
        gain = np.polyfit(told, seen, 1)[0] / np.polyfit(told, meant, 1)[0]
    return round(float(np.corrcoef(told, seen)[0, 1]), 3), round(float(gain), 2)


def _identity(values: list[float | None]) -> tuple[float | None, float | None]:
    known = [value for value in values if value is not None]
    if not known:
        return None, None
    return round(float(np.percentile(known, 95)), 3), round(max(known), 3)


def _background(motions: list[BackgroundMotion]) -> tuple[float | None, float | None, float | None]:
    moved = np.concatenate([motion.displacement_px for motion in motions])
    patches = sum(motion.patches for motion in motions)
    if len(moved) < FEWEST_PATCHES:
        return None, None, None
    lost = sum(motion.lost for motion in motions) / patches
    return round(float(np.percentile(moved, 95)), 2), round(float(moved.max()), 2), round(lost, 4)
