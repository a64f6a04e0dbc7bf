"""Hair too short to stand out: a painted layer on the skin of scalp or chin."""

import numpy as np

from training.people.body import Body
from training.people.hair_card import Grown
from training.people.hair_texture import COATS, coat_uv, strength
from training.people.scalp import on_head
from training.people.subdivision import vertex_normals

OVER_SKIN_M = 0.0005
# Triangles of the body are wider than the narrowest areas.
MARGIN_M = 0.016


def coat(body: Body, name: str) -> Grown:
    """The piece of one of hair_texture.COATS; it moves with the skin."""
    rows = on_head(body)
    corner, uv = body.triangles[rows].ravel(), body.triangle_uv[rows].reshape(-1, 2)
    near = strength(COATS[name], uv).reshape(-1, 3).max(1) > -MARGIN_M
    corner, uv = corner.reshape(-1, 3)[near].ravel(), uv.reshape(-1, 3, 2)[near].reshape(-1, 2)
    key = np.concatenate([corner[:, None], np.round(uv * 16384).astype(np.int64)], 1)
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    vertex = corner[first]
    normal = vertex_normals(body.rest, body.triangles)[vertex]
    backwards = np.tile(np.array([0.0, 0.6, -0.8]), (len(vertex), 1))
    if COATS[name].beard:
        backwards[:] = (0.0, 1.0, 0.0)
    return Grown(
        points=body.rest[vertex] + OVER_SKIN_M * normal,
        tangent=backwards - normal * (backwards * normal).sum(1, keepdims=True),
        uv=coat_uv(uv[first]),
        triangles=inverse.reshape(-1, 3),
        skin=body.skin_weights[vertex],
        normal_of=vertex,
        texture=name,
        delta=body.action_deltas[:, vertex],
        on_face=bool(COATS[name].beard),
    )
