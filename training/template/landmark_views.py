"""Rendered people with exact poses, and what the face tracker sees of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.portrait.face_fit import ONE_SIDED
from pipeline.portrait.landmark_model import MESH_LANDMARKS
from pipeline.portrait.trackers import Trackers
from pipeline.template import Geometry, SourcePose, Template, TemplateModel, load_template
from training.people.avatar_folder import GALLERY_FOLDER, read_identity
from training.people.gallery import PEOPLE
from training.people.portrait import Portrait
from training.people.pose import actions_from, posed

PRINCIPAL, LOCAL_SIGMA, COMPONENT_SIGMA = 24, 0.18, 0.75
PASSES, SUPERSAMPLE = 2, 1
EXPRESSIONS = (
    # Action, how often it is shown, at most how strongly.
    ("mouthSmile", 0.6, 0.5), ("jawOpen", 0.5, 0.35), ("browInnerUp", 0.4, 0.5),
    ("eyeBlink", 0.3, 0.5), ("browDown", 0.2, 0.5), ("mouthPucker", 0.2, 0.5),
)  # fmt: skip
HEAD_SIGMA_RAD = np.array([0.25, 0.1, 0.05])
GAZE_SIGMA_RAD = 0.12


@dataclass(frozen=True, slots=True)
class LandmarkView:
    """geometry and camera: the truth; head_rotation (3,); seen (468, 2) px by the tracker."""

    geometry: Geometry
    camera: CameraModel
    head_rotation: np.ndarray
    seen: np.ndarray


def render_views(assets: Path, cache: Path, folder: Path, count: int) -> None:
    """Write N.png and N.npz for each person that is not there yet. The first ones are the people
    of the gallery at rest, the others random ones dressed like them."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(PEOPLE, key=lambda name: PEOPLE[name].order)
    for seed in range(count):
        if (folder / f"{seed}.npz").is_file():
            continue
        name = names[seed % len(names)]
        identity = read_identity(GALLERY_FOLDER / name).copy()
        rng = np.random.default_rng(seed)
        if seed >= len(names):
            _vary(identity, rng)
        portrait = Portrait(PEOPLE[name], assets, cache, identity)
        source = portrait.source if seed < len(names) else _random_pose(portrait.source, rng)
        picture = portrait.draw(posed(portrait.character, source), PASSES, SUPERSAMPLE)
        cv2.imwrite(str(folder / f"{seed}.png"), picture.portrait[..., ::-1])
        np.savez(
            folder / f"{seed}.npz", identity=identity, actions=source.actions,
            head=source.head_rotation, gaze=source.gaze, joints=source.joint_rotation,
            R=portrait.camera.rotation, t=portrait.camera.translation,
            focal_px=portrait.camera.focal_px, centre_px=portrait.camera.centre_px,
        )  # fmt: skip


def _vary(identity: np.ndarray, rng: np.random.Generator) -> None:
    identity[:PRINCIPAL] *= 0.3
    identity[:PRINCIPAL] += rng.normal(0, COMPONENT_SIGMA, PRINCIPAL)
    body = ("torso", "measure", "neck", *ONE_SIDED)
    for index, name in enumerate(load_template().identity_names[PRINCIPAL:], PRINCIPAL):
        if not name.startswith(body):
            identity[index] = rng.normal(0, LOCAL_SIGMA)


def _random_pose(rest: SourcePose, rng: np.random.Generator) -> SourcePose:
    shown = {
        name: rng.uniform(0, most) for name, often, most in EXPRESSIONS if rng.random() < often
    }
    head = (rng.normal(0, 1, 3) * HEAD_SIGMA_RAD).astype(np.float32)
    gaze = np.tile(rng.normal(0, GAZE_SIGMA_RAD, 2), (2, 1)).astype(np.float32)
    return SourcePose(actions_from(shown), head, gaze, rest.joint_rotation)


def read_views(folder: Path, model: TemplateModel) -> Iterator[LandmarkView]:
    """Track every rendered person in which a face is found."""
    trackers = Trackers.load()
    for path in sorted(folder.glob("*.npz"), key=lambda path: int(path.stem)):
        picture = cv2.imread(str(path.with_suffix(".png")), cv2.IMREAD_COLOR_RGB)
        faces = trackers.faces(picture)
        if not faces:
            continue
        found = trackers.face_landmarks(picture, trackers.face_landmarks(picture, faces[0]))
        with np.load(path) as file:
            truth = {key: file[key] for key in file.files}
        source = SourcePose(*(truth[key] for key in ("actions", "head", "gaze", "joints")))
        template = Template(model, truth["identity"], source, source.joint_rotation)
        focal_px = float(truth.get("focal_px", 1600.0))
        centre_px = truth.get("centre_px", np.array([256.0, 384.0]))
        yield LandmarkView(
            template.source_geometry(),
            CameraModel(focal_px, centre_px, truth["R"], truth["t"]),
            source.head_rotation,
            found.points[:MESH_LANDMARKS, :2].astype(np.float64),
        )
