"""The base body: the full MakeHuman mesh with its actions, skin weights and joints."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np

from pipeline.skeleton import Skeleton
from training.people.assets import read_entry

BODY_ENTRY = "makehuman_full.npz"
EYE_VERTICES = {"L": slice(14598, 14670), "R": slice(14670, 14742)}
BODY_VERTICES = 13_380


@dataclass(frozen=True, slots=True)
class Body:
    """One person's base mesh at rest (hm08 with helpers, B = 19,158 vertices), in metres.

    rest: (B, 3) x to the person's left, y up, z towards the viewer, origin at the head joint
    triangles (T, 3) int32 and triangle_uv (T, 3, 2) of the visible body, without its helpers
    action_deltas: (52, B, 3) float32, names.FACIAL_ACTIONS
    skin_weights: (B, J) float32; skeleton: joints at rest
    """

    rest: np.ndarray
    triangles: np.ndarray
    triangle_uv: np.ndarray
    action_deltas: np.ndarray
    skin_weights: np.ndarray
    skeleton: Skeleton

    def joint(self, name: str) -> np.ndarray:
        """(3,) rest position of a joint in metres."""
        return self.skeleton.rest_positions[self.skeleton.index(name)]

    def eyeball(self, side: str) -> tuple[np.ndarray, float]:
        """Centre (3,) and radius in metres of an eyeball of the base mesh; side 'L' or 'R'."""
        ball = self.rest[EYE_VERTICES[side]]
        centre = ball.mean(0)
        # The coarse ball ends in a cornea: its outline across, not its depth, is the sclera's.
        radius = float(np.ptp(ball, axis=0)[:2].mean() / 2)
        return centre, radius


def body_file(cache: Path) -> BytesIO | Path:
    """What np.load reads: the file itself, or the one inside a pack of assets."""
    with zipfile.ZipFile(cache) as archive:
        packed = BODY_ENTRY in archive.namelist()
    return BytesIO(read_entry(cache, BODY_ENTRY)) if packed else cache


def load_body(cache: Path, identity: np.ndarray) -> Body:
    """The body of identity coefficients (K,) from training/template's makehuman_full.npz.

    cache: that file, or a pack of assets that holds it
    """
    with np.load(body_file(cache)) as file:
        data = {name: file[name] for name in file.files}
    moved = np.tensordot(identity, data["identity_basis"].astype(np.float32), 1)
    moved_joints = np.tensordot(identity, data["identity_joint_basis"].astype(np.float32), 1)
    skeleton = Skeleton(
        tuple(map(str, data["joint_names"])),
        data["parents"].astype(np.int32),
        (data["rest_joints"] + moved_joints).astype(np.float32),
    )
    visible = (data["triangles"] < BODY_VERTICES).all(1)
    return Body(
        (data["template"] + moved).astype(np.float32),
        data["triangles"][visible].astype(np.int32),
        data["triangle_uv"][visible].astype(np.float32),
        data["action_deltas"].astype(np.float32),
        data["skin_weights"].astype(np.float32),
        skeleton,
    )
