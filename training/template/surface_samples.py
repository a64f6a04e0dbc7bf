"""Fixed points on the template's surface, denser where a portrait shows more detail."""

import numpy as np

from pipeline.template import Part

SPACING_M = {
    Part.HEAD: 0.0022,
    Part.TORSO: 0.0045,
    Part.UPPER_ARM: 0.0045,
    Part.EYE: 0.0015,
}
# Never seen from the front, whatever the pose: the back of head and body at rest.
BACK_NORMAL_Z = -0.35


def sample_surface(
    rest: np.ndarray, triangles: np.ndarray, part: np.ndarray, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Triangle index (S,) uint16 and the first two barycentric weights (S, 2) uint8 / 255.

    rest: (V, 3) metres; triangles: (T, 3); part: (T,) Part ids
    """
    rng = np.random.default_rng(seed)
    chosen, weights = [], []
    a, b, c = (rest[triangles[:, k]] for k in range(3))
    cross = np.cross(b - a, c - a)
    area = np.linalg.norm(cross, axis=1) / 2
    front = cross[:, 2] > BACK_NORMAL_Z * 2 * area
    for which, spacing in SPACING_M.items():
        index = np.flatnonzero((part == which) & front & (area > 0))
        if not len(index):
            continue
        draws = int(6 * area[index].sum() / spacing**2)
        triangle = index[rng.choice(len(index), draws, p=area[index] / area[index].sum())]
        root, second = np.sqrt(rng.random(draws)), rng.random(draws)
        weight = np.stack([1 - root, root * (1 - second)], 1)
        weight = np.round(weight * 255).clip(0, 255).astype(np.uint8)
        full = np.concatenate([weight, 255 - weight.sum(1, keepdims=True, dtype=int)], 1) / 255
        point = (rest[triangles[triangle]] * full[..., None]).sum(1)
        # One draw a voxel: an even spread without a slow Poisson-disc search.
        _, first = np.unique(np.floor(point / spacing).astype(int), axis=0, return_index=True)
        chosen.append(triangle[first])
        weights.append(weight[first])
    return np.concatenate(chosen).astype(np.uint16), np.concatenate(weights)
