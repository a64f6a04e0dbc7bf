"""Poses of gesturing hands: where they wait, and where they go on a stress."""

from training.performance.hand_shapes import hand_pose

READY = (
    hand_pose((0.01, -0.22, 0.25), (5, 0, 0), "relaxed"),
    hand_pose((-0.02, -0.12, 0.24), (8, -22, 4), "cup", swivel_deg=4),
    hand_pose((0.0, -0.125, 0.24), (62, -14, 0), "flat", swivel_deg=4),
    hand_pose((-0.02, -0.145, 0.24), (25, -4, 4), "relaxed"),
    hand_pose((0.0, -0.2, 0.25), (8, 0, 0), "relaxed"),
    hand_pose((0.0, -0.11, 0.24), (10, -20, 14), "flat", swivel_deg=4),
    hand_pose((0.0, -0.115, 0.24), (35, -18, 6), "pinch", swivel_deg=4),
    hand_pose((0.01, -0.11, 0.24), (25, -12, 8), "fist", swivel_deg=4),
    hand_pose((0.02, -0.09, 0.24), (30, -20, 8), "point", swivel_deg=5),
    hand_pose((-0.05, -0.17, 0.24), (55, -4, 4), "flat"),
)
STROKES = (
    hand_pose((0.025, -0.15, 0.25), (-55, -8, 0), "open", swivel_deg=4),
    hand_pose((-0.03, -0.185, 0.25), (4, -18, -6), "cup", swivel_deg=2),
    hand_pose((0.01, -0.19, 0.26), (70, -24, 0), "open", swivel_deg=4),
    hand_pose((-0.01, -0.2, 0.25), (18, 2, -6), "relaxed"),
    hand_pose((0.02, -0.125, 0.25), (-52, -8, 0), "open", swivel_deg=4),
    hand_pose((-0.01, -0.19, 0.26), (6, -16, -12), "flat"),
    hand_pose((0.0, -0.175, 0.26), (30, -6, -4), "pinch", swivel_deg=2),
    hand_pose((0.01, -0.185, 0.26), (20, 4, -8), "fist"),
    hand_pose((0.02, -0.145, 0.26), (35, -2, 0), "point", swivel_deg=3),
    hand_pose((0.03, -0.15, 0.24), (45, -12, -10), "open", swivel_deg=5),
)
