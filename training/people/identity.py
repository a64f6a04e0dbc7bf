"""Identity coefficients of a person described by Anny's phenotype and local changes."""

import warnings
from functools import cache as memory
from pathlib import Path

import numpy as np

from training.people.body import body_file

RIDGE = 0.002
BODY_VERTICES = 13_380


def identity_from_phenotype(
    cache: Path, phenotype: dict[str, float], local_changes: dict[str, float]
) -> np.ndarray:
    """(K,) float32 in the basis of makehuman_full.npz. Needs Anny (training only).

    local_changes: Anny's labels; one without `l-` or `r-` means both sides.
    """
    from training.template.identity_space import body_points

    model = _anny()
    head = list(model.bone_labels).index("head")
    changes = _both_sides(local_changes, set(model.local_change_labels))
    with np.load(body_file(cache)) as data:
        mean, basis = data["template"], data["identity_basis"].astype(np.float32)
    points = body_points(model, phenotype, changes, head)[: len(mean)]
    return solve(mean[:BODY_VERTICES], basis[:, :BODY_VERTICES], points[:BODY_VERTICES])


@memory
def _anny():
    """Anny's model, built once: a build takes seconds, a person milliseconds."""
    from training.template.export_template import build_model

    warnings.filterwarnings("ignore", category=UserWarning)
    return build_model()


def solve(mean: np.ndarray, basis: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Ridge regression of (V, 3) points; the head counts more than the body."""
    weight = np.where(np.linalg.norm(mean, axis=1) < 0.2, 1.0, 0.3)[:, None]
    matrix = (basis * weight).reshape(len(basis), -1)
    gram = matrix @ matrix.T
    gram += RIDGE * np.diag(np.diag(gram))
    right = matrix @ ((points - mean) * weight).ravel()
    return np.linalg.solve(gram, right).astype(np.float32)


def _both_sides(changes: dict[str, float], labels: set[str]) -> dict[str, float]:
    full = {}
    for name, amount in changes.items():
        sides = [name] if name in labels else [f"l-{name}", f"r-{name}"]
        if not labels.issuperset(sides):
            raise ValueError(f"Anny has no local change {name!r}.")
        full |= dict.fromkeys(sides, amount)
    return full
