"""What a pixel of a rendered person shows, finer than the material."""

from enum import IntEnum

import numpy as np

from pipeline.portrait.landmark_model import landmark_model
from pipeline.template import Part as Region
from pipeline.template import TemplateModel, load_template
from training.people.character import Character, Kind, Part

SOFT_MASK = 0.5
# Landmarks of the person's right jaw from its corner to the chin; at rest both sides are alike.
JAW = [58, 172, 136, 150, 149, 176, 148, 152]
JAW_MARGIN_M = 0.004


class Label(IntEnum):
    """Left and right are the person's own; sleeves are cloth that moves with an arm; the face is
    the skin before the ears from the jaw to the crown, the head what is behind; lenses are seen
    where they hide more than half."""

    NONE = 0
    FACE = 1
    LIPS = 2
    EAR = 3
    HEAD = 4
    NECK = 5
    TORSO = 6
    LEFT_ARM = 7
    RIGHT_ARM = 8
    LEFT_HAND = 9
    RIGHT_HAND = 10
    CAVITY = 11
    UPPER_TEETH = 12
    LOWER_TEETH = 13
    TONGUE = 14
    LEFT_EYE = 15
    RIGHT_EYE = 16
    BROW = 17
    LASH = 18
    HAIR = 19
    CLOTH = 20
    LEFT_SLEEVE = 21
    RIGHT_SLEEVE = 22
    GLASSES = 23
    LENS = 24
    HEADWEAR = 25
    HEADPHONES = 26
    EARRING = 27
    NECKLACE = 28
    BEARD = 29


# What a face mesh lies on; hair, hands and garments before it hide it.
FACE_LABELS = (
    Label.FACE, Label.LIPS, Label.EAR, Label.HEAD, Label.LEFT_EYE, Label.RIGHT_EYE, Label.BROW,
    Label.LASH, Label.BEARD,
)  # fmt: skip
SKIN_LABELS = (
    Label.FACE, Label.LIPS, Label.EAR, Label.HEAD, Label.NECK, Label.TORSO, Label.LEFT_ARM,
    Label.RIGHT_ARM, Label.LEFT_HAND, Label.RIGHT_HAND,
)  # fmt: skip
CLOTH_LABELS = (Label.CLOTH, Label.LEFT_SLEEVE, Label.RIGHT_SLEEVE)
KIND_OF_LABEL = {
    Label.CAVITY: Kind.SKIN,
    Label.UPPER_TEETH: Kind.TEETH,
    Label.LOWER_TEETH: Kind.TEETH,
    Label.TONGUE: Kind.TONGUE,
    Label.LEFT_EYE: Kind.EYE,
    Label.RIGHT_EYE: Kind.EYE,
    Label.BROW: Kind.BROW,
    Label.LASH: Kind.LASH,
    Label.HAIR: Kind.HAIR,
    Label.BEARD: Kind.HAIR,
    Label.GLASSES: Kind.GLASSES,
    Label.LENS: Kind.LENS,
    Label.HEADWEAR: Kind.HEADWEAR,
    Label.HEADPHONES: Kind.HEADPHONES,
    Label.EARRING: Kind.JEWELLERY,
    Label.NECKLACE: Kind.JEWELLERY,
    **dict.fromkeys(SKIN_LABELS, Kind.SKIN),
    **dict.fromkeys(CLOTH_LABELS, Kind.CLOTH),
}

ONE_LABEL = {
    Kind.BROW: Label.BROW,
    Kind.LASH: Label.LASH,
    Kind.HAIR: Label.HAIR,
    Kind.GLASSES: Label.GLASSES,
    Kind.LENS: Label.LENS,
    Kind.HEADWEAR: Label.HEADWEAR,
    Kind.HEADPHONES: Label.HEADPHONES,
}
LABEL_OF_REGION = {
    Region.NONE: Label.TORSO,
    Region.HEAD: Label.HEAD,
    Region.TORSO: Label.TORSO,
    Region.CAVITY: Label.CAVITY,
    Region.UPPER_TEETH: Label.UPPER_TEETH,
    Region.LOWER_TEETH: Label.LOWER_TEETH,
    Region.TONGUE: Label.TONGUE,
}
SIDED = {
    Region.UPPER_ARM: (Label.LEFT_ARM, Label.RIGHT_ARM),
    Region.FOREARM: (Label.LEFT_ARM, Label.RIGHT_ARM),
    Region.HAND: (Label.LEFT_HAND, Label.RIGHT_HAND),
    Region.EYE: (Label.LEFT_EYE, Label.RIGHT_EYE),
}


def labels_of(character: Character, rows: np.ndarray) -> list[np.ndarray]:
    """Label (T,) uint8 of each triangle of each part; rows: of `template_points.template_rows`."""
    model = load_template()
    regions = _regions(model, character, rows)
    return [_labels_of_part(model, character, rows, part, regions) for part in character.parts]


def _regions(model: TemplateModel, character: Character, rows: np.ndarray) -> np.ndarray:
    """Region (N,) of each vertex of the character; where regions meet, the higher number."""
    region = np.zeros(len(model.rest_vertices), np.uint8)
    for column in range(3):
        np.maximum.at(region, model.triangles[:, column], model.part)
    out = np.full(len(character.rest), Region.NONE, np.uint8)
    out[rows] = region
    return out


def _labels_of_part(
    model: TemplateModel, character: Character, rows: np.ndarray, part: Part, regions: np.ndarray
) -> np.ndarray:
    triangles = part.source[part.triangles]
    if part.on_face:
        return np.full(len(triangles), Label.BEARD, np.uint8)
    if part.kind in ONE_LABEL:
        return np.full(len(triangles), ONE_LABEL[part.kind], np.uint8)
    left = character.rest[triangles][..., 0].mean(1) > 0
    if part.kind == Kind.EYE:
        return np.where(left, Label.LEFT_EYE, Label.RIGHT_EYE).astype(np.uint8)
    if part.kind == Kind.JEWELLERY:
        head = _share_of(character, ("head",))[triangles].mean(1) > 0.5
        return np.where(head, Label.EARRING, Label.NECKLACE).astype(np.uint8)
    if part.kind == Kind.CLOTH:
        arm = _share_of(character, ("upperarm", "lowerarm", "wrist"))[triangles].mean(1) > 0.5
        sleeve = np.where(left, Label.LEFT_SLEEVE, Label.RIGHT_SLEEVE)
        return np.where(arm, sleeve, Label.CLOTH).astype(np.uint8)
    # A triangle belongs to a region with all of its corners; the higher number won at borders.
    region = regions[triangles].min(1)
    label = np.array([LABEL_OF_REGION.get(Region(r), Label.NONE) for r in range(len(Region))])
    out = label[region]
    for one, (at_left, at_right) in SIDED.items():
        out = np.where(region == one, np.where(left, at_left, at_right), out)
    neck = _share_of(character, ("neck",))[triangles].mean(1) > 0.5
    out = np.where(neck & np.isin(out, (Label.HEAD, Label.TORSO)), Label.NECK, out)
    head = out == Label.HEAD
    for name, chosen in _head_areas(model, character, rows).items():
        out = np.where(head & chosen[triangles].all(1), name, out)
    return out.astype(np.uint8)


def _head_areas(
    model: TemplateModel, character: Character, rows: np.ndarray
) -> dict[Label, np.ndarray]:
    """Vertices (N,) bool of what the template calls head; a later area overrides."""
    lips, ears = np.zeros((2, len(character.rest)), np.float32)
    lips[rows], ears[rows] = model.lip_mask, model.ear_mask
    y, z = character.rest[:, 1], character.rest[:, 2]
    place = landmark_model(model).place
    jaw = (character.rest[rows[place.corners[JAW]]] * place.weights[JAW, :, None]).sum(1)
    below = y < np.interp(z, jaw[:, 2], jaw[:, 1]) - JAW_MARGIN_M
    return {
        Label.FACE: z > z[ears > SOFT_MASK].mean(),
        # The throat hangs on the head's joint too.
        Label.NECK: below,
        Label.EAR: ears > SOFT_MASK,
        Label.LIPS: lips > SOFT_MASK,
    }


def _share_of(character: Character, prefixes: tuple[str, ...]) -> np.ndarray:
    """How much (N,) of each vertex hangs on joints whose names begin with one of `prefixes`."""
    names = character.body.skeleton.joint_names
    chosen = np.array([name.startswith(prefixes) for name in names])
    return (character.weight * chosen[character.joint]).sum(1)
