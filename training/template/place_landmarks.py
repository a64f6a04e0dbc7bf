"""Place the face mesh's landmarks on the template where the tracker sees them.

    python -m training.template.place_landmarks --assets PEOPLE_ASSETS --views FOLDER

Renders people with brows, hair and clothes into FOLDER (half a minute each without a GPU), tracks
them and moves every landmark over the mesh until it lies, on average, where it is seen. Writes
resources/models/template/face_mesh.npz. Lids and inner lips stay as the template has them.
"""

import argparse
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import KDTree

from pipeline.face_landmarks import LOWER_LID, LOWER_LIP_INNER, UPPER_LID, UPPER_LIP_INNER
from pipeline.names import ACTION_INDEX
from pipeline.portrait.face_fit import projection_slope
from pipeline.portrait.landmark_model import MESH_LANDMARKS, OUTLINE
from pipeline.template import FOLDER, Part, TemplateModel, load_template
from training.checksums import write_checksums
from training.people.render_avatar import CACHE
from training.template.landmark_views import LandmarkView, read_views, render_views

PEOPLE = 31
ROUNDS, PLAIN_ROUNDS = 8, 3
ROBUST_PX, TURNED_RAD, TURNED_WEIGHT = 6.0, 0.3, 0.1
LARGEST_STEP_M = 0.02
# Ridge on a step, in views: depth is only seen by turned heads.
RIDGE = np.array([0.04, 0.04, 2.0]) / 32
CANDIDATES = 80
# A landmark stays on skin that moves alike: upper lip on upper lip, lid on lid.
ALIKE_ACTIONS = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight")
NOMINAL_PX_PER_M = 1066.0
KEPT = [*UPPER_LIP_INNER, *LOWER_LIP_INNER, *np.ravel(UPPER_LID), *np.ravel(LOWER_LID)]


class Placement:
    """corners and weights (468, 3) of the landmarks, moved by step()."""

    def __init__(self, model: TemplateModel, mirror: np.ndarray) -> None:
        self._model, self._mirror = model, mirror
        self.corners = model.landmark_vertices[:MESH_LANDMARKS].copy()
        self.weights = model.landmark_weights[:MESH_LANDMARKS].astype(np.float64)
        self._rest = model.rest_vertices.astype(np.float64)
        self._motion = np.zeros((len(self._rest), 3 * len(ALIKE_ACTIONS)))
        for index, name in enumerate(ALIKE_ACTIONS):
            delta = model.action_deltas[ACTION_INDEX[name]]
            self._motion[model.action_vertices, 3 * index : 3 * index + 3] = delta
        self._alike = self.read(self._motion)
        triangles = model.triangles[model.part == Part.HEAD]
        a, b, c = (self._rest[triangles[:, k]] for k in range(3))
        normals = np.cross(b - a, c - a)
        forward = normals[:, 2] > -0.6 * np.linalg.norm(normals, axis=1)
        self._triangles = triangles[forward & ((a + b + c)[:, 2] / 3 > -0.03)]
        self._tree = KDTree(self._rest[self._triangles].mean(1))

    def read(self, values: np.ndarray) -> np.ndarray:
        """Values of vertices (V, C) at the landmarks (468, C)."""
        return (values[self.corners] * self.weights[..., None]).sum(1)

    def step(self, views: list[LandmarkView], robust: bool) -> None:
        """Move every landmark towards where it is seen."""
        moved = self.read(self._rest) + self._wanted(views, robust)
        moved = (moved + moved[self._mirror] * [-1, 1, 1]) / 2
        for landmark in np.setdiff1d(np.arange(MESH_LANDMARKS), KEPT):
            self._put(landmark, moved[landmark])

    def _wanted(self, views: list[LandmarkView], robust: bool) -> np.ndarray:
        """Least-squares moves (468, 3) metres in the axes of the head."""
        head = self._model.joint_names.index("head")
        matrix = np.zeros((MESH_LANDMARKS, 3, 3)) + np.diag(
            RIDGE * len(views) * NOMINAL_PX_PER_M**2
        )
        right = np.zeros((MESH_LANDMARKS, 3))
        for view in views:
            camera = view.camera
            places = self.read(view.geometry.vertices)
            seen = places @ camera.rotation.T + camera.translation
            turn = camera.rotation @ view.geometry.rotations[head]
            slope = projection_slope(seen, camera.focal_px) @ turn
            miss = view.seen - camera.project(places)[0]
            weight = np.ones(MESH_LANDMARKS)
            if robust:
                weight /= 1 + np.square(miss).sum(1) / ROBUST_PX**2
            if abs(view.head_rotation[0]) > TURNED_RAD:
                weight[list(OUTLINE)] *= TURNED_WEIGHT
            matrix += np.einsum("n,nab,nac->nbc", weight, slope, slope)
            right += np.einsum("n,nab,na->nb", weight, slope, miss)
        move = np.linalg.solve(matrix, right[..., None])[..., 0]
        length = np.linalg.norm(move, axis=1, keepdims=True)
        return move * np.minimum(1, LARGEST_STEP_M / np.maximum(length, 1e-9))

    def _put(self, landmark: int, place: np.ndarray) -> None:
        """Onto the closest skin, for all but the outline only on skin that moves alike."""
        triangles = self._triangles[self._tree.query(place, CANDIDATES)[1]]
        corners = self._rest[triangles]
        weights = closest_weights(corners, place)
        distance = np.linalg.norm((corners * weights[..., None]).sum(1) - place, axis=1)
        if landmark not in OUTLINE:
            motion = (self._motion[triangles] * weights[..., None]).sum(1)
            distance += np.linalg.norm(motion - self._alike[landmark], axis=1)
        best = distance.argmin()
        self.corners[landmark], self.weights[landmark] = triangles[best], weights[best]


def closest_weights(corners: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Barycentric weights (T, 3), clamped to each triangle (T, 3, 3), of the foot of a point."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    way = point - corners[:, 0]
    aa, ab, bb = ((u * v).sum(1) for u, v in ((first, first), (first, second), (second, second)))
    pa, pb = (way * first).sum(1), (way * second).sum(1)
    scale = aa * bb - ab * ab + 1e-18
    v, w = (bb * pa - ab * pb) / scale, (aa * pb - ab * pa) / scale
    weights = np.clip(np.stack([1 - v - w, v, w], 1), 0, None)
    return weights / weights.sum(1, keepdims=True)


def mirror_of(views: list[LandmarkView]) -> np.ndarray:
    """(468,) index of each landmark's counterpart on the other side, from frontal faces."""
    frontal = [view.seen for view in views if np.abs(view.head_rotation).max() < 0.06]
    mean = np.mean([(f - f.mean(0)) / np.ptp(f[:, 0]) for f in frontal], 0)
    middle = mean[[33, 263, 61, 291], 0].mean()
    mirrored = np.column_stack([2 * middle - mean[:, 0], mean[:, 1]])
    cost = np.linalg.norm(mean[:, None] - mirrored, axis=2)
    return linear_sum_assignment(cost)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="MakeHuman assets folder")
    parser.add_argument("--views", type=Path, required=True, help="where renders are kept")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh of the template")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--out", type=Path, default=FOLDER / "face_mesh.npz")
    arguments = parser.parse_args()
    render_views(arguments.assets, arguments.cache, arguments.views, arguments.people)
    model = load_template()
    views = list(read_views(arguments.views, model))
    placement = Placement(model, mirror_of(views))
    for index in range(ROUNDS):
        placement.step(views, robust=index >= PLAIN_ROUNDS)
        miss = [v.seen - v.camera.project(placement.read(v.geometry.vertices))[0] for v in views]
        print(f"round {index}: median {np.median(np.linalg.norm(miss, axis=2)):.2f} px")
    np.savez_compressed(
        arguments.out,
        corners=placement.corners.astype(np.uint16),
        weights=placement.weights.astype(np.float32),
    )
    if arguments.out.parent == FOLDER:
        write_checksums([FOLDER])


if __name__ == "__main__":
    main()
