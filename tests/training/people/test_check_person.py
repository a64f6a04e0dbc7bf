"""A paper doll of flat pieces: whole it passes, and each fault built into it is named."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("moderngl")

from pipeline.skeleton import Skeleton
from training.people.body import Body
from training.people.camera import portrait_camera
from training.people.character import Character, Kind, Part
from training.people.check_person import check
from training.people.pose import PosedCharacter
from training.people.scalp import LIP_CORNER, MIDLINE_V

JOINTS = ("spine05", "spine01", "head")
CAMERA = portrait_camera(np.array([0.0, -0.15, 0.0]), 0.7, pitch_rad=0.0)
# name: kind, left, bottom, right, top, z (metres), joint
PIECES = {
    "face": (Kind.SKIN, -0.08, -0.12, 0.08, 0.12, 0.00, "head"),
    "left eye": (Kind.EYE, 0.02, -0.005, 0.04, 0.015, 0.01, "head"),
    "right eye": (Kind.EYE, -0.04, -0.005, -0.02, 0.015, 0.01, "head"),
    "teeth": (Kind.TEETH, -0.02, -0.08, 0.02, -0.07, -0.02, "head"),
    "hair": (Kind.HAIR, -0.10, 0.05, 0.10, 0.14, 0.02, "head"),
    "chest": (Kind.SKIN, -0.2, -0.3, 0.2, -0.15, 0.00, "spine01"),
    "belly": (Kind.SKIN, -0.2, -0.5, 0.2, -0.3, 0.00, "spine05"),
    "glasses": (Kind.GLASSES, -0.06, -0.025, 0.06, -0.010, 0.02, "head"),
    "hat": (Kind.HEADWEAR, -0.11, 0.045, 0.11, 0.15, 0.03, "head"),
    "shirt": (Kind.CLOTH, -0.2, -0.5, 0.2, -0.16, 0.01, "spine01"),
}


def doll(**changes) -> PosedCharacter:
    """changes: piece -> None (gone) or a dict of left, bottom, right, top, z to replace."""
    names = ("kind", "left", "bottom", "right", "top", "z", "joint")
    points, joints, parts = [], [], []
    for name, values in PIECES.items():
        change = changes.get(name.replace(" ", "_"), {})
        if change is None:
            continue
        piece = dict(zip(names, values, strict=True)) | change
        x, y = np.meshgrid(
            np.linspace(piece["left"], piece["right"], 9),
            np.linspace(piece["bottom"], piece["top"], 9),
        )
        first = 81 * len(parts)
        points.append(np.stack([x.ravel(), y.ravel(), np.full(81, piece["z"])], 1))
        joints += [JOINTS.index(piece["joint"])] * 81
        corner = (np.arange(8)[:, None] * 9 + np.arange(8)).ravel()
        triangles = np.concatenate(
            [np.stack([corner, corner + 1, corner + 10], 1),
             np.stack([corner, corner + 10, corner + 9], 1)]
        )  # fmt: skip
        uv = np.stack([x.ravel() - x.min(), y.ravel() - y.min()], 1).astype(np.float32)
        source = np.arange(first, first + 81)
        texture = "hair" if piece["kind"] == Kind.HAIR else ""
        parts.append(Part(piece["kind"], source, uv, triangles, np.zeros((81, 3)), texture))
    rest = np.concatenate(points).astype(np.float32)
    eyes = np.array([[0.03, 0.005, 0.0], [-0.03, 0.005, 0.0]])
    count = len(rest)
    body = Body(
        rest, np.zeros((0, 3), np.int32), np.zeros((0, 3, 2)), np.zeros((52, 0, 3)),
        np.zeros((0, 3)), Skeleton(JOINTS, np.array([-1, 0, 1]), np.zeros((3, 3), np.float32)),
    )  # fmt: skip
    character = Character(
        body, rest, np.zeros(0, int), np.zeros((52, 0, 3)), np.ones((count, 1), np.float32),
        np.array(joints)[:, None], eyes, 0.012, 0.0, np.arange(count), parts,
    )  # fmt: skip
    return PosedCharacter(
        character, rest, np.zeros_like(rest), np.eye(3), np.tile([0.0, 0.0, 1.0], (2, 1)), eyes
    )


def faults(person: PosedCharacter, hair_alpha: dict[str, np.ndarray] | None = None) -> set[str]:
    return {finding.name for finding in check(person, CAMERA, hair_alpha)}


def test_a_whole_person_passes():
    assert faults(doll()) == set()


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("bare_scalp", {"hair": None, "hat": None}),
        ("bare_scalp", {"hair": {"left": 0.06}, "hat": None}),
        ("hidden_eye", {"hair": {"left": 0.0, "right": 0.10, "bottom": -0.05, "z": 0.03}}),
        ("poking", {"chest": {"z": 0.012}}),
        ("midriff", {"shirt": {"bottom": -0.35}}),
        ("teeth_mm2", {"teeth": {"z": 0.002}}),
        ("sunken", {"glasses": {"z": -0.002}}),
        ("sunken", {"hat": {"z": 0.017}}),
        ("hidden_eye", {"hat": {"bottom": -0.02}}),
    ],
)
def test_a_fault_is_named(fault, change):
    assert fault in faults(doll(**change))


def test_a_hat_covers_a_bald_head():
    assert faults(doll(hair=None)) == set()


def test_a_hand_well_in_front_of_the_shirt_pokes_through_nothing():
    assert faults(doll(chest={"z": 0.10})) == set()


def test_transparent_hair_covers_nothing():
    assert "bare_scalp" in faults(doll(hat=None), hair_alpha={"hair": np.zeros((4, 4))})


def with_lips(person: PosedCharacter) -> PosedCharacter:
    """The same doll whose face is laid out like a body's, with lips 7 cm below the eyes."""
    face = person.character.parts[0]
    place = person.character.rest[face.source]
    uv = np.stack([LIP_CORNER[0] - 0.07 - place[:, 1], MIDLINE_V + place[:, 0]], 1)
    parts = [replace(face, uv=uv.astype(np.float32)), *person.character.parts[1:]]
    return replace(person, character=replace(person.character, parts=parts))


def test_hair_over_the_lips_is_named():
    assert "hidden_lips" not in faults(with_lips(doll()))
    assert "hidden_lips" in faults(with_lips(doll(hair={"bottom": -0.12})))


def test_a_finding_says_how_much_there_is_and_how_much_may_be():
    (finding,) = check(doll(hair=None, hat=None), CAMERA)
    assert str(finding) == "bare_scalp 1 (at most 0.3)"
    assert replace(finding, amount=0.5).amount == 0.5


def test_clothes_that_one_sees_into_are_named():
    person = doll()
    *others, shirt = person.character.parts
    turned = replace(shirt, triangles=shirt.triangles[:, ::-1])
    character = replace(person.character, parts=[*others, turned])
    assert "hollow" in faults(replace(person, character=character))
