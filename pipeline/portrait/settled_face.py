"""What a portrait's mouth and lids look like at rest belongs to the person, not to the pose.

Lips and lids are driven absolutely: of the portrait's expression only smile, brows and cheeks stay.
A fit explains thin lips by pressing them and narrow eyes by a little blink; dropped with the pose,
they would change a face that does not move. Such actions are moved into the shape.
"""

from dataclasses import replace

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.face_landmarks import landmark_points
from pipeline.names import FACIAL_ACTIONS
from pipeline.portrait.fit import PortraitFit
from pipeline.source_lips import PARTED_M
from pipeline.template import KEPT_EXPRESSION, Template, TemplateModel, load_template

# These part the lips of an open mouth, and are what closes it when they go.
OPENING = np.array(
    [
        name.startswith(
            ("jawOpen", "mouthClose", "mouthFunnel", "mouthLowerDown", "mouthUpperUp", "tongueOut")
        )
        for name in FACIAL_ACTIONS
    ]
)
BLINK = np.array([name.startswith("eyeBlink") for name in FACIAL_ACTIONS])
# Lids that are further down are caught in a blink.
NARROW_EYES = 0.35
INNER_LIPS = ((13, 14), (82, 87), (312, 317))


def settled(fit: PortraitFit, model: TemplateModel | None = None) -> PortraitFit:
    """The same portrait, with the actions of its resting mouth and lids as part of its shape.

    An open mouth keeps what parts its lips, so that it can be closed.
    """
    model = model or load_template()
    moved = ~KEPT_EXPRESSION & ~BLINK
    if lip_gap_m(fit, model) > PARTED_M:
        moved &= ~OPENING
    share = np.where(moved, fit.source.actions, 0)
    share = np.where(BLINK, np.minimum(fit.source.actions, NARROW_EYES), share).astype(np.float32)
    shape = np.zeros_like(model.rest_vertices)
    shape[model.action_vertices] = np.tensordot(share, model.action_deltas, 1)
    return replace(
        fit,
        source=replace(fit.source, actions=fit.source.actions - share),
        correction=(fit.correction + shape).astype(np.float32),
    )


def lip_gap_m(fit: PortraitFit, model: TemplateModel) -> float:
    """Mean distance of the inner lips about their middle, as the portrait shows them."""
    template = Template(model, fit.identity, fit.source, fit.source.joint_rotation, fit.correction)
    camera: CameraModel = fit.camera
    points, depth = camera.project(template.source_geometry().vertices)
    ends = np.array([landmark_points(model, points, pair) for pair in INNER_LIPS])
    gap_px = np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1).mean()
    lips = model.landmark_vertices[list(INNER_LIPS[0])].ravel()
    return float(gap_px * np.median(depth[lips]) / camera.focal_px)
