"""Vectors and unit quaternions of single bones, as tuples of floats.

A few bones a frame are turned one after the other; plain floats do that several times faster than
arrays of three numbers. Vector: (x, y, z); Quaternion: (w, x, y, z), turning like a right hand.
"""

import math
from collections.abc import Sequence

Vector = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]

UNTURNED: Quaternion = (1.0, 0.0, 0.0, 0.0)


def vector(values: Sequence[float]) -> Vector:
    """A row of an array as a Vector."""
    x, y, z = values
    return float(x), float(y), float(z)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def mixed(a: Vector, share_a: float, b: Vector, share_b: float) -> Vector:
    """share_a a + share_b b."""
    return (
        a[0] * share_a + b[0] * share_b,
        a[1] * share_a + b[1] * share_b,
        a[2] * share_a + b[2] * share_b,
    )


def unit(a: Vector) -> Vector:
    """At length 1 (zero stays zero)."""
    scale = 1.0 / max(math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]), 1e-12)
    return a[0] * scale, a[1] * scale, a[2] * scale


def across(a: Vector, axis: Vector) -> Vector:
    """The unit direction of the part of `a` that is perpendicular to a unit axis."""
    return unit(mixed(a, 1.0, axis, -dot(a, axis)))


def product(p: Quaternion, q: Quaternion) -> Quaternion:
    """First q, then p."""
    pw, px, py, pz = p
    qw, qx, qy, qz = q
    return (
        pw * qw - px * qx - py * qy - pz * qz,
        pw * qx + px * qw + py * qz - pz * qy,
        pw * qy - px * qz + py * qw + pz * qx,
        pw * qz + px * qy - py * qx + pz * qw,
    )


def inverse(q: Quaternion) -> Quaternion:
    return q[0], -q[1], -q[2], -q[3]


def rotated(q: Quaternion, a: Vector) -> Vector:
    """q applied to a vector."""
    w, x, y, z = q
    tx = 2.0 * (y * a[2] - z * a[1])
    ty = 2.0 * (z * a[0] - x * a[2])
    tz = 2.0 * (x * a[1] - y * a[0])
    return (
        a[0] + w * tx + y * tz - z * ty,
        a[1] + w * ty + z * tx - x * tz,
        a[2] + w * tz + x * ty - y * tx,
    )


def turn_about(axis: Vector, angle: float) -> Quaternion:
    """By an angle about a unit axis."""
    s = math.sin(0.5 * angle)
    return math.cos(0.5 * angle), axis[0] * s, axis[1] * s, axis[2] * s


def turn_between(source: Vector, target: Vector) -> Quaternion:
    """The shortest turn of one unit vector into another, which must not be its opposite."""
    w = 1.0 + dot(source, target)
    x, y, z = cross(source, target)
    scale = 1.0 / math.sqrt(w * w + x * x + y * y + z * z)
    return w * scale, x * scale, y * scale, z * scale


def angle_about(axis: Vector, source: Vector, target: Vector) -> float:
    """Signed angle from source to target, both perpendicular to a unit axis."""
    return math.atan2(dot(cross(source, target), axis), dot(source, target))


def turn_of_frame(along: Vector, side: Vector, new_along: Vector, new_side: Vector) -> Quaternion:
    """Takes the direction `along` to `new_along` and the perpendicular `side` to `new_side`."""
    swing = turn_between(along, new_along)
    angle = angle_about(new_along, rotated(swing, side), new_side)
    return product(turn_about(new_along, angle), swing)


def turn_of_rotation_vector(a: Vector) -> Quaternion:
    """From axis times angle (radians)."""
    angle = math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])
    scale = math.sin(0.5 * angle) / angle if angle > 1e-9 else 0.5
    return math.cos(0.5 * angle), a[0] * scale, a[1] * scale, a[2] * scale


def rotation_vector(q: Quaternion) -> Vector:
    """To axis times angle (radians), the angle at most pi."""
    w, x, y, z = q if q[0] >= 0.0 else (-q[0], -q[1], -q[2], -q[3])
    sine = math.sqrt(x * x + y * y + z * z)
    scale = 2.0 * math.atan2(sine, w) / sine if sine > 1e-9 else 2.0
    return x * scale, y * scale, z * scale
