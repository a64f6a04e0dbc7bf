"""One arm and hand of a skeleton: from a wrist target and wrist angles to joint rotations.

Analytic two-bone inverse kinematics with an elbow swivel. Upper arm and forearm each share their
twist among two joints, as muscles and bones do, so that the skin does not wring.
"""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.hand_pose import NOMINAL_ARM_M, REST, Slot
from pipeline.rotations import (
    UNTURNED,
    Quaternion,
    Vector,
    across,
    angle_about,
    cross,
    dot,
    inverse,
    mixed,
    product,
    rotated,
    rotation_vector,
    turn_about,
    turn_between,
    turn_of_frame,
    unit,
    vector,
)
from pipeline.skeleton import Skeleton

LARGEST_UPPER_ARM_SWING = math.radians(19.5)
# Plane of the breastbone's upper end, ahead of the shoulder joints (three bodies); the chest below
# reaches 0.05 m further forward.
CHEST_DEPTH_M = 0.10
CHEST_CLEARANCE_M = 0.12
CHIN_CLEARANCE_M = 0.08
CHIN_BELOW_HEAD_JOINT_M = 0.095
# Share of the half distance between the shoulders that the trunk fills.
TRUNK_WIDTH_SHARE = 0.9
ARM_JOINTS = 20

_FREE_UPPER_ARM_SWING = math.radians(16.0)
_LEAST_ELBOW_BEND = math.radians(8.0)
_UPPER_ARM_TWIST = (0.35, 0.85)
_FOREARM_TWIST = (0.15, 0.6)
_MIDLINE_GAP_M = 0.05
_EDGE_M = 0.01
# Joint limits in the order of Slot: wrist and swivel, then thumb, then four fingers.
_LOWEST = np.array([-0.3, -0.7, -0.1, -0.35, -1.4, -1.1, -0.4, -0.15, -0.25, -0.1, -0.1])
_LOWEST = np.concatenate((_LOWEST, [-0.25, -0.05, -0.05] * 4))
_HIGHEST = np.array([0.3, 0.1, 0.5, 0.6, 1.5, 1.1, 0.45, 0.2, 0.8, 1.0, 1.0])
_HIGHEST = np.concatenate((_HIGHEST, [1.55, 1.8, 1.2] * 4))


@dataclass(frozen=True, slots=True)
class Torso:
    """Where the chest is: rotation and position (metres) of the joint spine01."""

    rotation: Quaternion
    position: Vector


@dataclass(frozen=True, slots=True)
class ArmPose:
    """rotations: (20, 3) local axis-angle of upperarm01, upperarm02, lowerarm01, lowerarm02, wrist
    and the 15 finger joints; elbow, wrist: metres; upper_arm_swing: radians off hanging."""

    rotations: np.ndarray
    elbow: Vector
    wrist: Vector
    upper_arm_swing: float


class Arm:
    """Arm(skeleton, "L" or "R"): rest geometry measured once, solve() per frame."""

    def __init__(self, skeleton: Skeleton, side: str) -> None:
        def rest(joint: str) -> Vector:
            return vector(skeleton.rest_positions[skeleton.index(joint)])

        self.sign = 1.0 if side == "L" else -1.0
        self.chest = rest("spine01")
        self.shoulder = rest(f"upperarm01.{side}")
        self._clavicle = rest(f"clavicle.{side}")
        elbow, wrist = rest(f"lowerarm01.{side}"), rest(f"wrist.{side}")
        upper, fore = mixed(elbow, 1.0, self.shoulder, -1.0), mixed(wrist, 1.0, elbow, -1.0)
        self._upper_m, self._fore_m = math.hypot(*upper), math.hypot(*fore)
        self._upper, self._fore = unit(upper), unit(fore)
        self._hinge = unit(cross(upper, fore))
        self._scale = (self._upper_m + self._fore_m) / NOMINAL_ARM_M
        chin_y = rest("head")[1] - CHIN_BELOW_HEAD_JOINT_M
        self._highest_up_m = chin_y - CHIN_CLEARANCE_M - self.shoulder[1]
        self._measure_hand(rest, side)
        self._back = (0.3 * self.sign, 0.0, -1.0)
        self._hang = self._back
        self._hang = self._upper_arm(self.wrist_offset(REST.tolist()), 0.0)

    def _measure_hand(self, rest, side: str) -> None:
        """The hand's own directions, and the axes that curl each joint towards the palm."""
        knuckles = [rest(f"finger{finger}-1.{side}") for finger in range(1, 6)]
        along = unit(mixed(knuckles[2], 1.0, rest(f"wrist.{side}"), -1.0))
        thumbward = unit(mixed(knuckles[1], 1.0, knuckles[4], -1.0))
        normal = cross(along, thumbward)
        self._along = along
        self._palm = unit(mixed(normal, self.sign, normal, 0.0))
        opposition = mixed(thumbward, -1.0, self._palm, 0.8)
        axes = []
        for finger in range(1, 6):
            joints = [rest(f"finger{finger}-{k}.{side}") for k in range(1, 4)]
            for start, end in ((0, 1), (1, 2), (1, 2)):
                bone = unit(mixed(joints[end], 1.0, joints[start], -1.0))
                axes.append(unit(cross(bone, opposition if finger == 1 else self._palm)))
        self._curl_axes = np.array(axes)
        # Fingers fan out from between index and middle finger; the thumb has its own joints.
        fan = self.sign * np.array([0.0, 1.3, 0.3, -0.7, -1.7])
        self._fan = fan[:, None] * np.array(self._palm)

    def wrist_offset(self, pose: list[float]) -> Vector:
        """The wrist relative to the shoulder at rest, in chest axes; kept off trunk and face."""
        scale = self._scale
        half_width = abs(self.shoulder[0])
        up = min(pose[Slot.UP] * scale, self._highest_up_m)
        lateral = max(pose[Slot.LATERAL] * scale, _MIDLINE_GAP_M - half_width)
        floor = self._nearest_forward_m(lateral)
        gap = pose[Slot.FORWARD] * scale - floor
        forward = floor + 0.5 * (gap + math.sqrt(gap * gap + _EDGE_M * _EDGE_M))
        return self.sign * lateral, up, forward

    def _nearest_forward_m(self, lateral: float) -> float:
        """How far ahead of the shoulder a wrist must be: before the trunk it keeps clear of it,
        beside the trunk it may hang."""
        margin = (1.0 - TRUNK_WIDTH_SHARE) * abs(self.shoulder[0]) + lateral
        beside = min(max(margin / (0.9 * float(REST[Slot.LATERAL]) * self._scale), 0.0), 1.0)
        beside *= beside * (3.0 - 2.0 * beside)
        ahead = CHEST_DEPTH_M + CHEST_CLEARANCE_M
        hanging = float(REST[Slot.FORWARD]) * self._scale - 0.1
        return ahead + (hanging - ahead) * beside

    def _forearm(self, wrist: Vector, elbow: Vector) -> Vector:
        """Unit direction of the forearm towards the wrist; one that an upper arm at its limit
        leaves too near to the trunk is tipped forward."""
        fore = unit(mixed(wrist, 1.0, elbow, -1.0))
        origin = mixed(self.shoulder, 1.0, self.chest, -1.0)
        lateral = self.sign * (elbow[0] + self._fore_m * fore[0] - origin[0])
        least = (self._nearest_forward_m(lateral) + origin[2] - elbow[2]) / self._fore_m
        if fore[2] >= least or least >= 0.99:
            return fore
        scale = math.sqrt((1.0 - least * least) / (1.0 - fore[2] * fore[2]))
        return fore[0] * scale, fore[1] * scale, least

    def _upper_arm(self, way: Vector, swivel: float) -> Vector:
        """Unit direction of the upper arm that lets the wrist reach `way`, in chest axes.

        The elbow stays as close to hanging as the wrist allows, then swivels outwards.
        """
        a, b = self._upper_m, self._fore_m
        longest = math.sqrt(a * a + b * b + 2.0 * a * b * math.cos(_LEAST_ELBOW_BEND))
        reach = min(max(math.hypot(*way), abs(a - b) + 0.03), longest)
        way = unit(way)
        pole = across(mixed(self._hang, 1.0, self._back, 0.25), way)
        pole = rotated(turn_about(way, self.sign * swivel), pole)
        cosine = (a * a + reach * reach - b * b) / (2.0 * a * reach)
        return mixed(way, cosine, pole, math.sqrt(max(1.0 - cosine * cosine, 0.0)))

    def _limited(self, upper: Vector) -> tuple[Vector, float]:
        """Keep the upper arm within a narrow cone about hanging: (direction, swing)."""
        swing = math.acos(min(max(dot(upper, self._hang), -1.0), 1.0))
        if swing <= _FREE_UPPER_ARM_SWING:
            return upper, swing
        room = LARGEST_UPPER_ARM_SWING - _FREE_UPPER_ARM_SWING
        swing = _FREE_UPPER_ARM_SWING + room * math.tanh((swing - _FREE_UPPER_ARM_SWING) / room)
        aside = across(upper, self._hang)
        return mixed(self._hang, math.cos(swing), aside, math.sin(swing)), swing

    def solve(self, pose: np.ndarray, torso: Torso, lift: float) -> ArmPose:
        """Joint rotations for a (POSE_SIZE,) hand pose, a torso, and a clavicle raised by `lift`
        radians."""
        pose = np.minimum(np.maximum(pose, _LOWEST), _HIGHEST)
        values = pose.tolist()
        clavicle_turn = turn_about((0.0, 0.0, 1.0), self.sign * lift)
        bone = mixed(self.shoulder, 1.0, self._clavicle, -1.0)
        # Shoulder and wrist relative to the chest joint, in chest axes.
        shoulder = mixed(self._clavicle, 1.0, self.chest, -1.0)
        shoulder = mixed(shoulder, 1.0, rotated(clavicle_turn, bone), 1.0)
        wrist = mixed(self.shoulder, 1.0, self.chest, -1.0)
        wrist = mixed(wrist, 1.0, self.wrist_offset(values), 1.0)
        way = mixed(wrist, 1.0, shoulder, -1.0)
        upper, swing = self._limited(self._upper_arm(way, values[Slot.SWIVEL]))
        elbow = mixed(shoulder, 1.0, upper, self._upper_m)
        fore = self._forearm(wrist, elbow)
        wrist = mixed(elbow, 1.0, fore, self._fore_m)
        hinge = unit(cross(upper, fore))
        # The chain in chest axes; the torso's turn cancels out of local rotations.
        chain = [clavicle_turn, *self._turn_upper_arm(clavicle_turn, upper, hinge)]
        chain += self._turn_forearm(fore, hinge, values)
        rotations = np.empty((ARM_JOINTS, 3))
        for joint in range(5):
            local = product(inverse(chain[joint]), chain[joint + 1])
            rotations[joint] = rotation_vector(local)
        rotations[5:] = self._curl_axes * pose[Slot.CURL :, None]
        rotations[5::3] += self._fan * values[Slot.SPREAD]
        return ArmPose(rotations, _placed(torso, elbow), _placed(torso, wrist), swing)

    def _turn_upper_arm(
        self, carried: Quaternion, upper: Vector, hinge: Vector
    ) -> list[Quaternion]:
        swing = turn_between(rotated(carried, self._upper), upper)
        swing = product(swing, carried)
        twist = angle_about(upper, rotated(swing, self._hinge), hinge)
        return [product(turn_about(upper, share * twist), swing) for share in _UPPER_ARM_TWIST]

    def _turn_forearm(self, fore: Vector, hinge: Vector, values: list[float]) -> list[Quaternion]:
        low = turn_of_frame(self._fore, self._hinge, fore, hinge)
        palm = mixed(hinge, self.sign, hinge, 0.0)
        palm = rotated(turn_about(fore, self.sign * values[Slot.PRONATION]), palm)
        c, s = math.cos(values[Slot.FLEXION]), math.sin(values[Slot.FLEXION])
        along, palm = mixed(fore, c, palm, s), mixed(palm, c, fore, -s)
        thumbward = cross(palm, along)
        deviation = values[Slot.DEVIATION]
        along = mixed(along, math.cos(deviation), thumbward, self.sign * math.sin(deviation))
        hand = turn_of_frame(self._along, self._palm, along, palm)
        straight = product(turn_between(rotated(hand, self._fore), fore), hand)
        twist = angle_about(fore, hinge, rotated(straight, self._hinge))
        turned = [product(turn_about(fore, share * twist), low) for share in _FOREARM_TWIST]
        return [*turned, hand]


def resting_torso(arm: Arm) -> Torso:
    """The torso as in the template's rest pose."""
    return Torso(UNTURNED, arm.chest)


def _placed(torso: Torso, place: Vector) -> Vector:
    return mixed(torso.position, 1.0, rotated(torso.rotation, place), 1.0)
