"""The mean template, dressed, with two curtains of long hair beside its face."""

from dataclasses import replace

import numpy as np

from tests.training.people.test_ground_truth import dressed
from training.people.character import Character, Kind, Part

ROOT_Y, TIP_Y = 0.12, -0.24
ROWS, COLUMNS = 19, 5


def long_haired() -> Character:
    """Hair hangs from the head's joint in front of both shoulders."""
    character = dressed()
    parts = [part for part in character.parts if part.kind != Kind.HAIR]
    count = len(character.rest)
    row, column = (x.ravel() for x in np.mgrid[:ROWS, :COLUMNS])
    y = ROOT_Y + (TIP_Y - ROOT_Y) * row / (ROWS - 1)
    z = -0.01 + 0.10 * column / (COLUMNS - 1)
    sides = [np.stack([np.full(len(y), x), y, z], 1) for x in (0.115, -0.115)]
    points = np.concatenate(sides).astype(np.float32)
    corner = (np.arange(ROWS - 1)[:, None] * COLUMNS + np.arange(COLUMNS - 1)).ravel()
    square = np.stack([corner, corner + COLUMNS, corner + 1, corner + COLUMNS + 1], 1)
    one = np.concatenate([square[:, [0, 1, 2]], square[:, [2, 1, 3]]])
    triangles = np.concatenate([one, one + len(y)]).astype(np.int32)
    rows = count + np.arange(len(points))
    uv = np.full((len(points), 2), 0.5, np.float32)
    still = np.zeros((len(points), 3), np.float32)
    joint = np.zeros((len(points), 8), np.int32)
    joint[:, 0] = character.body.skeleton.index("head")
    return replace(
        character,
        rest=np.concatenate([character.rest, points]),
        parts=[*parts, Part(Kind.HAIR, rows, uv, triangles, still, "skin")],
        normal_of=np.arange(count + len(points)),
        weight=np.concatenate([character.weight, np.eye(1, 8, dtype="f4").repeat(len(points), 0)]),
        joint=np.concatenate([character.joint, joint]),
    )
