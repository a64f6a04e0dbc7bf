"""The mean person of the template that ships, in the layout of the base mesh."""

from functools import cache

import numpy as np

from pipeline.template import FOLDER, load_template
from training.people.body import BODY_VERTICES, Body

BASE_VERTICES = 19_158
# Helpers of the base mesh that the template leaves out lie where nothing looks.
AWAY_M = -5.0


@cache
def base_body() -> Body:
    """Head, neck, arms and torso; neither clothes' helpers nor legs."""
    model = load_template()
    with np.load(FOLDER / "template.npz") as file:
        base = file["base_index"].astype(np.int32)
    rest = np.full((BASE_VERTICES, 3), AWAY_M, np.float32)
    rest[base] = model.rest_vertices[: len(base)]
    deltas = np.zeros((52, BASE_VERTICES, 3), np.float32)
    on_body = model.action_vertices < len(base)
    deltas[:, base[model.action_vertices[on_body]]] = model.action_deltas[:, on_body]
    weights = np.zeros((BASE_VERTICES, len(model.joint_names)), np.float32)
    weights[base] = model.skin_weights[: len(base)]
    skin = np.zeros(len(model.rest_vertices), bool)
    skin[: len(base)] = base < BODY_VERTICES
    inside = np.flatnonzero(skin[model.triangles].all(1))
    skeleton = model.skeleton(np.zeros(len(model.identity_names), np.float32))
    return Body(
        rest, base[model.triangles[inside]], model.triangle_uv[inside], deltas, weights, skeleton
    )  # fmt: skip
