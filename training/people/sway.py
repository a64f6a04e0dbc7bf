"""Hair and clothes that lag behind the body and swing: a damped spring for each loose group.

Each group has one particle. A spring pulls it to where the rigid body would carry the group; its
damping acts partly against the still air, so that fast movement leaves it behind, and gravity bends
what hangs when the head tilts. At rest nothing is displaced. Integrated semi-implicitly.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.rates import FPS
from training.people.character import Character
from training.people.looseness import Loose
from training.people.pose import JointPose

SUBSTEPS = 4
GRAVITY_M_S2 = 9.81
# Stiffer than a free pendulum of the same length: hair and cloth hold their shape.
STIFFNESS = 1.6
HAIR_DAMPING, CLOTH_DAMPING = 0.22, 0.35
# Share of the damping that acts against the body; the rest is air.
WITH_BODY = 0.75
# Share of a pendulum's turn towards the vertical that hair gives way to.
SAGS = 0.35
# Never further than this share of the length that hangs.
REACH = 0.45


@dataclass(frozen=True, slots=True)
class SwayState:
    """position, velocity: (G, 3) metres and metres a second of the particles, template axes."""

    position: np.ndarray
    velocity: np.ndarray


@dataclass(frozen=True, slots=True)
class _Carried:
    """Where the rigid body carries the groups: place (G, 3), rest place of gravity's pull
    (G, 3) relative to it, rotation (G, 3, 3) of each group's joint."""

    place: np.ndarray
    pull: np.ndarray
    rotation: np.ndarray


class Sway:
    """Sway(character, loose): step(pose, state) -> (sway (G, 3), state), at 30 poses a second.

    sway: metres in the rest axes of each group's joint, as Loose.offsets takes it; the same poses
    always give the same sway
    """

    def __init__(self, character: Character, loose: Loose) -> None:
        self._character, self._groups = character, loose.groups
        length_m = np.array([group.length_m for group in loose.groups])
        is_hair = np.array([group.name.startswith("hair") for group in loose.groups], bool)
        self._reach_m = REACH * length_m[:, None]
        self._frequency = STIFFNESS * np.sqrt(GRAVITY_M_S2 / np.maximum(length_m, 0.03))[:, None]
        self._damping = np.where(is_hair, HAIR_DAMPING, CLOTH_DAMPING)[:, None]
        self._sag_m = (SAGS * length_m * is_hair)[:, None]

    def init_state(self, pose: JointPose) -> SwayState:
        """Hanging still in a pose."""
        carried = self._carried(pose)
        return SwayState(carried.place + carried.pull, np.zeros_like(carried.place))

    def hanging(self, pose: JointPose) -> np.ndarray:
        """(G, 3): the sway of somebody who keeps still in a pose."""
        return self._sway(self._carried(pose), self.init_state(pose).position)

    def step(self, before: JointPose, pose: JointPose, state: SwayState):
        """One frame on, from the pose `before`: sway (G, 3) and the state after it."""
        start, end = self._carried(before), self._carried(pose)
        position, velocity = state.position, state.velocity
        step_s = 1 / (FPS * SUBSTEPS)
        body_velocity = (end.place - start.place) * FPS
        for k in range(1, SUBSTEPS + 1):
            share = k / SUBSTEPS
            target = start.place + share * (end.place - start.place)
            target = target + start.pull + share * (end.pull - start.pull)
            spring = self._frequency**2 * (target - position)
            drag = 2 * self._damping * self._frequency * (velocity - WITH_BODY * body_velocity)
            velocity = velocity + step_s * (spring - drag)
            position = position + step_s * velocity
        # A jump leaves nothing behind further than it reaches.
        away = position - end.place
        position = end.place + _within(away, self._reach_m)
        sway = self._sway(end, position)
        return sway, SwayState(position, velocity)

    def _sway(self, carried: _Carried, position: np.ndarray) -> np.ndarray:
        away = _within(position - carried.place, self._reach_m)
        return np.einsum("gji,gj->gi", carried.rotation, away).astype(np.float32)

    def _carried(self, pose: JointPose) -> _Carried:
        rotation = pose.rotation[[group.joint for group in self._groups]].reshape(-1, 3, 3)
        place = np.array([self._mean(group.tip, pose) for group in self._groups]).reshape(-1, 3)
        down = np.array([0.0, -1.0, 0.0])
        pull = self._sag_m * (down - rotation @ down)
        return _Carried(place.astype(np.float64), pull, rotation.astype(np.float64))

    def _mean(self, vertices: np.ndarray, pose: JointPose) -> np.ndarray:
        """(3,) centre of some vertices carried by the bones alone."""
        character = self._character
        joint, weight = character.joint[vertices], character.weight[vertices][..., None]
        arm = character.rest[vertices][:, None] - character.body.skeleton.rest_positions[joint]
        turned = np.einsum("vkij,vkj->vki", pose.rotation[joint], arm) + pose.position[joint]
        return (turned * weight).sum(1).mean(0)


def sways(sway: Sway, poses: list[JointPose]) -> list[np.ndarray]:
    """(G, 3) of each pose of a movement that starts from rest."""
    state = sway.init_state(poses[0])
    out = [sway.hanging(poses[0])]
    for before, pose in pairwise(poses):
        moved, state = sway.step(before, pose, state)
        out.append(moved)
    return out


def _within(away: np.ndarray, reach_m: np.ndarray) -> np.ndarray:
    """Softly no longer than reach_m: small displacements stay as they are."""
    length = np.linalg.norm(away, axis=1, keepdims=True)
    return away * (np.tanh(length / reach_m) * reach_m / np.maximum(length, 1e-9))
