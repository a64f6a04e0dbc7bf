"""Place the face mesh's landmarks on the template where the tracker sees them.

    python -m training.template.place_landmarks --assets A --views FOLDER

Renders random people (half a minute each without a GPU), tracks them, and puts each landmark on the
point of the skin nearby that lies, over all views, nearest to where it is seen. A fifth of the
people at a time is left out to say how well that holds for others; `bench.people faces` says it of
people who had no part in it. Lids, by which eyes are drawn, only slide along their margins, and
inner lips stay as the template has them. Writes training/people/tracked_place.npz.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import KDTree

from pipeline.face_landmarks import LOWER_LID, LOWER_LIP_INNER, UPPER_LID, UPPER_LIP_INNER
from pipeline.names import ACTION_INDEX
from pipeline.portrait.landmark_model import LIDS, MESH_LANDMARKS, OUTLINE
from pipeline.template import Part, TemplateModel, load_template
from training.people.render_avatar import CACHE
from training.people.tracked_place import FILE, tracked_place
from training.template.landmark_views import LandmarkView, read_views, render_views

PEOPLE, FOLDS = 40, 5
# How far a landmark wanders at most; into how many strips a triangle is cut for the search.
REACH_M, STRIPS = 0.012, 4
# In inter-ocular distances: misses below it count evenly, far ones only by their length.
ROBUST = 0.03
# A landmark stays on skin that moves alike: upper lip on upper lip, lid on lid.
ALIKE_ACTIONS = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight")
ALIKE_WEIGHT, EYE_DISTANCE_M = 0.1, 0.062
KEPT = [*UPPER_LIP_INNER, *LOWER_LIP_INNER]
# Lids only slide: what leaves the line of its margin costs as much as a miss so many times as far.
MARGINS = (*UPPER_LID, *LOWER_LID)
LEAVING_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Places:
    """corners (N, 3) vertices and weights (N, 3): points on the mesh."""

    corners: np.ndarray
    weights: np.ndarray

    def read(self, values: np.ndarray) -> np.ndarray:
        """Values of vertices (V, C) at the points (N, C)."""
        return (values[self.corners] * self.weights[..., None]).sum(1)

    def some(self, rows: np.ndarray) -> "Places":
        """Those of these rows."""
        return Places(self.corners[rows], self.weights[rows])


class Skin:
    """Skin(model): points of the face that a landmark can lie on, and those on its other side."""

    def __init__(self, model: TemplateModel, strips: int = STRIPS) -> None:
        self.rest = model.rest_vertices.astype(np.float64)
        self.drawn = template_places(model)
        self.motion = np.zeros((len(self.rest), 3 * len(ALIKE_ACTIONS)))
        for index, name in enumerate(ALIKE_ACTIONS):
            delta = model.action_deltas[ACTION_INDEX[name]]
            self.motion[model.action_vertices, 3 * index : 3 * index + 3] = delta
        triangles = model.triangles[model.part == Part.HEAD]
        a, b, c = (self.rest[triangles[:, k]] for k in range(3))
        normals = np.cross(b - a, c - a)
        forward = normals[:, 2] > -0.6 * np.linalg.norm(normals, axis=1)
        triangles = triangles[forward & ((a + b + c)[:, 2] / 3 > -0.03)]
        weights = inner_points(strips)
        corners = np.repeat(triangles, len(weights), 0)
        self.points = Places(corners, np.tile(weights, (len(triangles), 1)))
        other = np.asarray(KDTree(self.rest).query(self.rest * [-1, 1, 1])[1])
        self.mirrored = Places(other[corners], self.points.weights)

    def moved(self, places: Places, views: Sequence[LandmarkView]) -> Places:
        """The landmarks where the views see them; places: where they were."""
        corners, weights = places.corners.copy(), places.weights.copy()
        rest = places.read(self.rest)
        tree = KDTree(self.points.read(self.rest))
        near = [np.array(rows) for rows in tree.query_ball_point(rest, REACH_M)]
        asked = [k for k in range(MESH_LANDMARKS) if k not in KEPT]
        used = np.unique(np.concatenate([near[k] for k in asked]))
        own, mirrored = (
            _projected(side.some(used), views) for side in (self.points, self.mirrored)
        )
        counterpart = mirror_of(rest).tolist()
        for landmark in asked:
            other = counterpart[landmark]
            alone = other in KEPT
            if other < landmark and not alone:
                continue
            rows = np.searchsorted(used, near[landmark])
            cost = self._strayed(near[landmark], landmark, other)
            cost += _missed(own[:, rows], views, landmark)
            if not alone:
                cost += _missed(mirrored[:, rows], views, other)
            best = near[landmark][np.argmin(cost)]
            if not alone:
                corners[other] = self.mirrored.corners[best]
                weights[other] = self.mirrored.weights[best]
            corners[landmark] = self.points.corners[best]
            weights[landmark] = self.points.weights[best]
        return Places(corners, weights)

    def _strayed(self, points: np.ndarray, landmark: int, other: int) -> np.ndarray:
        """(P,) what it costs that points are another kind of skin than that on which the template
        has a landmark; other: its counterpart."""
        if landmark in OUTLINE:
            return np.zeros(len(points))
        here = self.points.some(points)
        if landmark not in LIDS:
            strange = here.read(self.motion) - self.drawn.read(self.motion)[landmark]
            return ALIKE_WEIGHT * np.linalg.norm(strange, axis=1) / EYE_DISTANCE_M
        drawn = self.drawn.read(self.rest)
        left = np.zeros(len(points))
        for margin in map(list, MARGINS):
            for place, lid in ((here, landmark), (self.mirrored.some(points), other)):
                if lid in margin:
                    left += off_line(place.read(self.rest), drawn[margin])
        return LEAVING_WEIGHT * left / EYE_DISTANCE_M


def template_places(model: TemplateModel) -> Places:
    """Where the template itself has the landmarks, by which lids and lips are drawn."""
    weights = model.landmark_weights[:MESH_LANDMARKS].astype(np.float64)
    return Places(model.landmark_vertices[:MESH_LANDMARKS], weights)


def off_line(points: np.ndarray, line: np.ndarray) -> np.ndarray:
    """(P,) distances of points (P, 3) from a line through points (L, 3)."""
    start, way = line[:-1], np.diff(line, axis=0)
    along = ((points[:, None] - start) * way).sum(-1) / np.square(way).sum(-1)
    foot = start + np.clip(along, 0, 1)[..., None] * way
    return np.linalg.norm(points[:, None] - foot, axis=-1).min(1)


def inner_points(strips: int) -> np.ndarray:
    """(strips squared, 3) barycentric weights, evenly spread over a triangle."""
    points = []
    for i in range(strips):
        for j in range(strips - i):
            points.append((i + 1 / 3, j + 1 / 3))
            if i + j < strips - 1:
                points.append((i + 2 / 3, j + 2 / 3))
    two = np.array(points) / strips
    return np.column_stack([1 - two.sum(1), two])


def _projected(points: Places, views: Sequence[LandmarkView]) -> np.ndarray:
    """(views, points, 2) float32 in inter-ocular distances."""
    return np.stack(
        [
            (view.camera.project(points.read(view.vertices))[0] / view.unit_px).astype(np.float32)
            for view in views
        ]
    )


def _missed(points: np.ndarray, views: Sequence[LandmarkView], landmark: int) -> np.ndarray:
    """(P,) mean robust distance of points (views, P, 2) from a landmark where it is seen."""
    seen = np.stack([view.seen[landmark] / view.unit_px for view in views])
    shown = np.array([view.visible[landmark] for view in views], float)
    apart = np.square(points - seen[:, None]).sum(-1)
    return shown @ np.sqrt(apart + ROBUST**2) / max(shown.sum(), 1)


def mirror_of(places: np.ndarray) -> np.ndarray:
    """(N,) index of each point's counterpart on the other side of a face at rest (N, 3)."""
    apart = np.linalg.norm(places[:, None] - places * [-1, 1, 1], axis=2)
    return linear_sum_assignment(apart)[1]


def errors(places: Places, views: Sequence[LandmarkView]) -> np.ndarray:
    """Median distance of visible landmarks from where they are seen, percent, of each view."""
    medians = []
    for view in views:
        apart = view.camera.project(places.read(view.vertices))[0] - view.seen
        medians.append(100 * np.median(np.linalg.norm(apart[view.visible], axis=1)) / view.unit_px)
    return np.array(medians)


def cross_validated(skin: Skin, places: Places, people: list[list[LandmarkView]]) -> float:
    """Median percent over views of people who were left out."""
    found = []
    for fold in range(FOLDS):
        known = [view for k, views in enumerate(people) if k % FOLDS != fold for view in views]
        others = [view for views in people[fold::FOLDS] for view in views]
        found.append(errors(skin.moved(places, known), others))
    return float(np.median(np.concatenate(found)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="folder or pack")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh, or the pack")
    parser.add_argument("--views", type=Path, required=True, help="where what is seen is kept")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    render_views(arguments.assets, arguments.cache, arguments.views, arguments.people)
    model, people = load_template(), list(read_views(arguments.views))
    views = [view for some in people for view in some]
    skin = Skin(model)
    place = tracked_place()
    now = Places(place.corners, place.weights.astype(np.float64))
    print(f"{len(views)} views: {np.median(errors(now, views)):.2f} % now", flush=True)
    print(f"others, left out: {cross_validated(skin, now, people):.2f} %", flush=True)
    placed = skin.moved(now, views)
    print(f"all: {np.median(errors(placed, views)):.2f} %")
    np.savez_compressed(
        arguments.out,
        corners=placed.corners.astype(np.uint16), weights=placed.weights.astype(np.float32),
    )  # fmt: skip


if __name__ == "__main__":
    main()
