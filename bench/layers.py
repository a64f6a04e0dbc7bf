"""How well portraits are taken apart: matte and background against what is known exactly.

`python -m bench.layers [--json]`: the people of the gallery before painted scenes.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass

import cv2
import numpy as np

from bench.scenes import SCENES, Scene, paint_scene, put_before
from pipeline.avatar import Avatar, list_avatars, read_avatar
from pipeline.portrait.layers import Layers, separate_layers
from pipeline.portrait.straight_edges import sample
from pipeline.portrait.trackers import Trackers

# What a turning head uncovers at once, and what a large gesture does.
NEAR_PX, RIM_PX = 12, 40
ACROSS_PX = np.arange(-6, 6.01, 0.25)
# An edge with less than this share of its true contrast is lost.
FOUND = 0.4


@dataclass(frozen=True, slots=True)
class LayerScore:
    """matte_sad_px: sum of the absolute differences of alpha; matte_mse
    near_db, rim_db: PSNR of the background in the hidden 12 and 40 px beside the outline
    edge_px: mean distance of straight edges in that rim from where they run; edges_lost: share of
    them that do not go on; None without straight edges; cpu_s: time taken, this process alone
    """

    matte_sad_px: float
    matte_mse: float
    near_db: float
    rim_db: float
    edge_px: float | None
    edges_lost: float | None
    cpu_s: float


def score(trackers: Trackers, person: Avatar, scene: Scene) -> LayerScore:
    """Put a person before a scene, take the picture apart and compare."""
    pixels = put_before(person.portrait, person.matte, person.background, scene.pixels)
    faces = trackers.faces(pixels)
    face = trackers.face_landmarks(pixels, faces[0])
    probability = trackers.person_probability(pixels)
    started = time.process_time()
    layers = separate_layers(pixels, probability, None, face)
    cpu_s = time.process_time() - started
    return compare(layers, person.matte, scene, cpu_s)


def compare(layers: Layers, matte: np.ndarray, scene: Scene, cpu_s: float) -> LayerScore:
    """matte (768, 512) uint8, the true one."""
    gap = (layers.matte.astype(np.float64) - matte) / 255
    hidden = matte > 5
    depth = cv2.distanceTransform(hidden.astype(np.uint8), cv2.DIST_L2, 5)
    near, rim = (psnr_db(layers.background, scene.pixels, hidden & (depth < reach))
                 for reach in (NEAR_PX, RIM_PX))  # fmt: skip
    offsets = edge_offsets(layers.background, scene, (depth > 2) & (depth < RIM_PX))
    edge_px = lost = None
    if len(offsets):
        found = np.isfinite(offsets)
        lost = float(1 - found.mean())
        edge_px = float(offsets[found].mean()) if found.any() else None
    return LayerScore(
        float(np.abs(gap).sum()), float((gap**2).mean()), near, rim, edge_px, lost, cpu_s
    )


def psnr_db(picture: np.ndarray, truth: np.ndarray, where: np.ndarray) -> float:
    error = ((picture[where].astype(np.float64) - truth[where]) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def edge_offsets(background: np.ndarray, scene: Scene, where: np.ndarray) -> np.ndarray:
    """Distances (N,) px of the scene's edges in the background from where they run, inf if lost.

    where (H, W) bool: on which stretches of the edges
    """
    true, made = (
        cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 1).astype(np.float32)
        for picture in (scene.pixels, background)
    )
    offsets = []
    for first, last in scene.edges:
        direction = (last - first) / np.linalg.norm(last - first)
        normal = np.array([-direction[1], direction[0]])
        for along in np.arange(0, np.linalg.norm(last - first), 3.0):
            point = first + along * direction
            column, row = np.clip(point.astype(int), 0, (where.shape[1] - 1, where.shape[0] - 1))
            if not where[row, column]:
                continue
            line = point + ACROSS_PX[:, None] * normal
            slopes = [np.gradient(sample(grey, line).astype(float)) for grey in (true, made)]
            offsets.append(_offset(*slopes))
    return np.array(offsets)


def _offset(true: np.ndarray, made: np.ndarray) -> float:
    """Distance (px) of the steepest places of two profiles with the same sign of slope."""
    middle = len(true) // 2
    core = slice(middle - 8, middle + 9)
    sign = np.sign(true[core][np.argmax(np.abs(true[core]))])
    places = []
    for slope in (sign * true, sign * made):
        peak = int(np.argmax(slope[core])) + core.start
        around = slice(max(peak - 11, 0), peak + 12)
        weight = np.clip(slope[around], 0, None) ** 2
        places.append((float((weight * ACROSS_PX[around]).sum() / max(weight.sum(), 1e-9)),
                       float(slope[peak])))  # fmt: skip
    (true_at, true_peak), (made_at, made_peak) = places
    return abs(made_at - true_at) if made_peak > FOUND * true_peak else float("inf")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    trackers = Trackers.load()
    scores = {}
    for entry in list_avatars()[:3]:
        person = read_avatar(entry.folder)
        scenes = {name: paint_scene(name) for name in SCENES}
        scenes["own"] = Scene(person.background, np.zeros((0, 2, 2)))
        for name, scene in scenes.items():
            result = score(trackers, person, scene)
            scores[f"{entry.name} {name}"] = asdict(result)
            if not options.json:
                print(f"{entry.name:8s}{name:10s}" + "  ".join(
                    f"{key} {value:.4g}" for key, value in asdict(result).items()
                    if value is not None))  # fmt: skip
    if options.json:
        print(json.dumps(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
