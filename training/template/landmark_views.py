"""Random people with exact poses, and what the face tracker sees of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.portrait.landmark_model import IRIS, MESH_LANDMARKS
from pipeline.portrait.landmarks import FaceBox
from pipeline.portrait.trackers import Trackers
from training.people.good_person import good_person
from training.people.ground_truth import GroundTruthRenderer
from training.people.motion_frame import MotionPoses, reach_of
from training.people.portrait import Portrait
from training.people.pose import PosedCharacter, posed
from training.people.random_motion import RandomMotion
from training.people.template_points import SeenPoints, template_rows

# bench.people measures others.
FIRST_SEED = 5000
POSES = 2
PASSES, SUPERSAMPLE = 2, 1
FOREHEAD, CHIN = 10, 152
# A face so far from the true one, in inter-ocular distances, is another.
LOST = 0.15


@dataclass(frozen=True, slots=True)
class LandmarkView:
    """A rendered frame.

    vertices: (V, 3) of the template, posed; seen: (468, 2) px by the tracker; visible: (468,) bool,
    truly; unit_px: inter-ocular distance of the person at rest
    """

    vertices: np.ndarray
    camera: CameraModel
    seen: np.ndarray
    visible: np.ndarray
    unit_px: float


def render_views(assets: Path, cache: Path, folder: Path, count: int) -> None:
    """Write SEED.npz for each person that is not there yet: at rest and in some poses.

    assets, cache: as of training.people.portrait
    """
    folder.mkdir(parents=True, exist_ok=True)
    trackers = Trackers.load(threads=1)
    for seed in range(FIRST_SEED, FIRST_SEED + count):
        file = folder / f"{seed}.npz"
        if not file.is_file():
            portrait = good_person(seed, assets, cache).portrait
            arrays = _tracked(portrait, _poses(portrait, seed), trackers)
            np.savez_compressed(file, allow_pickle=False, **arrays)


def _poses(portrait: Portrait, seed: int) -> list[PosedCharacter]:
    """At rest first."""
    source, skeleton = portrait.source, portrait.character.body.skeleton
    motion = RandomMotion(skeleton, source, portrait.camera)
    frames = MotionPoses(source, skeleton, reach_of(portrait.identity, source))
    moved = [portrait.resting]
    for number in range(POSES):
        face, body = next(motion.pose(POSES * seed + number).frames())
        moved.append(posed(portrait.character, *frames.pose(face, body), portrait.loose))
    return moved


def _tracked(
    portrait: Portrait, poses: list[PosedCharacter], trackers: Trackers
) -> dict[str, np.ndarray]:
    """Arrays of all poses of a person; seen is NaN where the tracker finds no face."""
    renderer = portrait.renderer(SUPERSAMPLE)
    maps = GroundTruthRenderer(portrait.textures(), renderer.context)
    rest = portrait.shot(portrait.resting)
    true = [maps.draw(rest, portrait.shot(pose)).landmarks for pose in poses]
    pictures = [portrait.draw(pose, PASSES, SUPERSAMPLE).portrait for pose in poses]
    seen = [_seen(*frame, trackers) for frame in zip(pictures, true, strict=True)]
    renderer.context.release()
    rows, camera = template_rows(portrait.character), portrait.camera
    return {
        "vertices": np.stack([pose.vertices[rows] for pose in poses]).astype(np.float32),
        "seen": np.stack(seen),
        "truth": np.stack([points.pixel for points in true]),
        "visible": np.stack([points.visible for points in true]),
        "cam_r": camera.rotation, "cam_t": camera.translation,
        "focal": np.array(camera.focal_px), "centre": camera.centre_px,
    }  # fmt: skip


def _seen(picture: np.ndarray, true: SeenPoints, trackers: Trackers) -> np.ndarray:
    """(478, 2) px of the face nearest to the true one."""
    middle = true.pixel[[FOREHEAD, CHIN]].mean(0)

    def away(box: FaceBox) -> float:
        centre = np.array([box.left_px + box.width_px / 2, box.top_px + box.height_px / 2])
        return float(np.linalg.norm(centre - middle))

    faces = trackers.faces(picture)
    if not faces:
        return np.full(true.pixel.shape, np.nan)
    first = trackers.face_landmarks(picture, min(faces, key=away))
    return trackers.face_landmarks(picture, first).points[:, :2]


def read_views(folder: Path) -> Iterator[list[LandmarkView]]:
    """The views of each person in which the tracker follows the face."""
    left, right = IRIS[0][0], IRIS[1][0]
    for path in sorted(folder.glob("*.npz"), key=lambda path: int(path.stem)):
        with np.load(path) as file:
            data = {name: file[name] for name in file.files}
        camera = CameraModel(float(data["focal"]), data["centre"], data["cam_r"], data["cam_t"])
        unit_px = float(np.linalg.norm(data["truth"][0][left] - data["truth"][0][right]))
        views = []
        for vertices, seen, truth, visible in zip(
            *(data[name] for name in ("vertices", "seen", "truth", "visible")), strict=True
        ):
            apart = np.linalg.norm(seen - truth, axis=1)[visible]
            if len(apart) and np.median(apart) < LOST * unit_px:
                points = seen[:MESH_LANDMARKS].astype(np.float64)
                shown = visible[:MESH_LANDMARKS]
                views.append(LandmarkView(vertices, camera, points, shown, unit_px))
        yield views
