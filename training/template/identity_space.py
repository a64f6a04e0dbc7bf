"""The linear identity space of the template: principal components of adults plus local changes.

Anny's phenotypes (age, gender, weight ...) blend 624 targets non-linearly; a fit wants few linear
numbers. Random adults are drawn, the body is centred on its head joint, and the principal
components become the first coefficients. Symmetric local changes of head, neck and shoulders
follow, one coefficient each, so that a face can be matched more closely than by phenotype alone.
"""

from dataclasses import dataclass

import numpy as np
import torch

ADULTS = 400
PRINCIPAL = 24
LOCAL_AREAS = (
    "cheek",
    "chin",
    "ear",
    "eye",
    "eyebrows",
    "forehead",
    "head",
    "mouth",
    "nose",
    "neck",
)
LOCAL_BODY = ("measure-shoulder-dist-incr", "torso-vshape-incr", "torso-scale-depth-incr")
PHENOTYPES = (
    "gender", "age", "muscle", "weight", "height", "proportions", "cupsize", "firmness",
    "african", "asian", "caucasian",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IdentitySpace:
    """mean (N, 3) and basis (K, N, 3) of vertices followed by joints, metres; names (K,)."""

    mean: np.ndarray
    basis: np.ndarray
    names: list[str]


def to_template_axes(points):
    """Anny's x, -forward, up -> template's x (avatar's left), y up, z towards the viewer."""
    p = np.asarray(points)
    return np.stack([p[..., 0], p[..., 2], -p[..., 1]], -1)


def body_points(model, phenotype: dict, local_changes: dict, head_joint: int) -> np.ndarray:
    """Rest vertices and joints (V + J, 3) of one person, centred on the head joint."""
    with torch.no_grad():
        out = model(phenotype_kwargs=phenotype, local_changes_kwargs=local_changes)
    points = np.concatenate(
        [to_template_axes(out["rest_vertices"][0]), to_template_axes(out["rest_bone_heads"][0])]
    )
    return points - points[len(out["rest_vertices"][0]) + head_joint]


def random_adult(rng: np.random.Generator) -> dict[str, float]:
    """Phenotype values of a plausible adult; ancestry is close to one of three corners."""
    ancestry = rng.dirichlet(np.where(np.arange(3) == rng.integers(3), 6.0, 0.6))
    values = {
        "gender": float(np.clip(rng.choice([0.08, 0.92]) + rng.normal(0, 0.08), 0, 1)),
        "age": float(rng.uniform(0.6, 0.95)),
        "muscle": float(rng.uniform(0.25, 0.75)),
        "weight": float(rng.uniform(0.2, 0.8)),
        "height": float(rng.uniform(0.3, 0.7)),
        "proportions": float(rng.uniform(0.3, 0.95)),
        "cupsize": float(rng.uniform(0.2, 0.7)),
        "firmness": float(rng.uniform(0.3, 0.8)),
    }
    return values | dict(zip(("african", "asian", "caucasian"), map(float, ancestry), strict=True))


def _is_local(label: str) -> bool:
    if label.startswith("r-") or "trans-in" in label or "age" in label:
        return False
    return label in LOCAL_BODY or label.removeprefix("l-").split("-")[0] in LOCAL_AREAS


def _both_sides(label: str, amount: float, labels: set[str]) -> dict[str, float]:
    mirrored = "r-" + label.removeprefix("l-")
    return {label: amount} | ({mirrored: amount} if mirrored in labels else {})


def build(model, head_joint: int, seed: int = 0) -> IdentitySpace:
    """Principal components of random adults, then half differences of the local changes."""
    rng = np.random.default_rng(seed)
    people = np.stack(
        [body_points(model, random_adult(rng), {}, head_joint) for _ in range(ADULTS)]
    )
    mean = people.mean(0)
    # The head counts more than the body: it is what a portrait is recognised by.
    weight = np.where(np.linalg.norm(mean, axis=1) < 0.2, 1.0, 0.15)[:, None]
    _, scale, rows = np.linalg.svd(
        ((people - mean) * weight).reshape(ADULTS, -1), full_matrices=False
    )
    rows = rows[:PRINCIPAL] * scale[:PRINCIPAL, None] / np.sqrt(ADULTS)
    basis = [row.reshape(mean.shape) / weight for row in rows]
    names = [f"component{index:02d}" for index in range(PRINCIPAL)]
    average = {name: 0.5 for name in PHENOTYPES} | {"age": 0.7}
    labels = set(model.local_change_labels)
    for label in model.local_change_labels:
        if not _is_local(label):
            continue
        plus, minus = (
            body_points(model, average, _both_sides(label, amount, labels), head_joint)
            for amount in (1.0, -1.0)
        )
        basis.append((plus - minus) / 2)
        names.append(label.removeprefix("l-"))
    return IdentitySpace(mean, np.stack(basis), names)


def turn_alike(space: IdentitySpace, index: np.ndarray, reference: np.ndarray) -> None:
    """Give principal components, whose sign is chance, the signs of another export: fits of
    avatars go on meaning the same person.

    index: (U,) vertices that the reference (K, U, 3) has
    """
    alike = (space.basis[:PRINCIPAL, index] * reference[:PRINCIPAL].astype(np.float64)).sum((1, 2))
    space.basis[:PRINCIPAL] *= np.where(alike < 0, -1.0, 1.0)[:, None, None]


def identity_from_points(
    space: IdentitySpace, points: np.ndarray, ridge: float = 0.05
) -> np.ndarray:
    """Least-squares coefficients (K,) of a person given as (V + J, 3) centred points."""
    weight = np.where(np.linalg.norm(space.mean, axis=1) < 0.2, 1.0, 0.3)[:, None]
    matrix = (space.basis * weight).reshape(len(space.basis), -1)
    gram = matrix @ matrix.T
    gram += ridge * np.diag(np.diag(gram))
    return np.linalg.solve(gram, matrix @ ((points - space.mean) * weight).ravel())
