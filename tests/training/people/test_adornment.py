from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import KDTree

from pipeline.skeleton import rotation_from_head_angles
from pipeline.template import FOLDER, load_template
from tests.training.people.base_body import base_body
from training.people.adornment import Adorned, Adornment
from training.people.assets import Asset, Fit, Mesh
from training.people.character import Builder, Character, Kind
from training.people.glasses import CLEAR, Glasses, tinted
from training.people.head_shape import head_shape
from training.people.headwear import Headwear
from training.people.jewellery import EARRINGS, NECKLACES, Earrings, Necklace, necklace
from training.people.label import Label, labels_of
from training.people.material import Material

GOLD = Material((0.8, 0.6, 0.3), metal=1.0)
ROUND = Glasses("round", 0.0012, GOLD, CLEAR)
EVERYTHING = Adornment(
    glasses=ROUND,
    headwear=Headwear("cap", GOLD, GOLD),
    earrings=Earrings("hoop", 0.03, GOLD),
    necklace=Necklace("pendant", 0.02, GOLD),
)


def collar() -> Asset:
    """A triangle on the chest, as a garment."""
    reference = np.tile(np.array([[1000, 2000, 3000]], np.int32), (3, 1))
    mesh = Mesh(np.zeros((3, 3)), np.array([[0, 1, 2]]), np.zeros((3, 2)), np.array([[0, 1, 2]]))
    scale = ((0, 1, 1.0), (0, 1, 1.0), (0, 1, 1.0))
    weight = np.eye(3, dtype=np.float32)
    offset = np.zeros((3, 3), np.float32)
    return Asset("collar", mesh, Fit(reference, weight, offset, scale, np.zeros(0, np.int32)))


def wearing(adornment: Adornment) -> Character:
    body = base_body()
    adorned = Adorned(adornment, body, collar())
    builder = Builder(body, adorned.over_hair)
    builder.add_skin(np.zeros(0, np.int32), "")
    adorned.put_on(builder)
    return builder.finish()


def turned(character: Character, names: tuple[str, ...]) -> np.ndarray:
    """Vertices with these joints turned."""
    skeleton = character.body.skeleton
    local = np.tile(np.eye(3, dtype=np.float32), (len(skeleton.parents), 1, 1))
    for name in names:
        local[skeleton.index(name)] = rotation_from_head_angles(np.array([0.4, 0.2, 0.1]))
    offset = np.zeros((len(local), 3), np.float32)
    return character.posed(np.zeros(52), *skeleton.forward_kinematics(local, offset))


def test_nothing_is_added_to_who_wears_nothing():
    assert {part.kind for part in wearing(Adornment()).parts} == {Kind.SKIN}


def test_everything_on_the_head_turns_with_it_as_one_piece():
    character = wearing(EVERYTHING)
    moved = turned(character, ("neck01", "neck03", "head"))
    rigid = [part for part in character.parts if part.kind not in (Kind.SKIN, Kind.JEWELLERY)]
    rows = np.concatenate([part.source for part in rigid])[::7]
    before, after = character.rest[rows].astype(float), moved[rows].astype(float)
    spans = [np.linalg.norm(x - x[::-1], axis=1) for x in (before, after)]
    assert np.allclose(*spans, atol=1e-5)
    assert np.abs(after - before).max() > 0.02


def test_a_necklace_stays_when_only_the_head_turns():
    character = wearing(Adornment(necklace=EVERYTHING.necklace))
    rows = character.parts[1].source
    still = np.abs(turned(character, ("head",))[rows] - character.rest[rows]).max()
    assert still < 0.01


def test_each_thing_has_its_own_label():
    character = wearing(EVERYTHING)
    rows = np.zeros(len(load_template().rest_vertices), np.int64)
    with np.load(FOLDER / "template.npz") as file:
        rows[: len(file["base_index"])] = file["base_index"]
    named = {
        Label(name)
        for part, labels in zip(character.parts, labels_of(character, rows), strict=True)
        for name in np.unique(labels)
        if part.kind != Kind.SKIN
    }
    assert named == {
        Label.GLASSES, Label.LENS, Label.HEADWEAR, Label.EARRING, Label.NECKLACE
    }  # fmt: skip


@pytest.mark.parametrize("shape", EARRINGS)
def test_earrings_hang_at_both_lobes(shape):
    character = wearing(Adornment(earrings=Earrings(shape, 0.02, GOLD)))
    points = character.rest[character.parts[1].source]
    assert points[:, 0].min() < -0.05
    assert points[:, 0].max() > 0.05
    assert points[:, 1].max() < base_body().eyeball("L")[0][1]


@pytest.mark.parametrize("shape", NECKLACES)
def test_a_necklace_lies_around_the_neck_on_the_skin(shape):
    character = wearing(Adornment(necklace=Necklace(shape, 0.01, GOLD)))
    points = character.rest[character.parts[1].source]
    neck = base_body().joint("neck01")
    azimuth = np.arctan2(points[:, 0], points[:, 2] - neck[2])
    assert np.diff(np.sort(azimuth)).max() < 0.2
    skin = character.parts[0].source
    distance, near = KDTree(character.rest[skin]).query(points)
    normal = character.normals(character.rest)[skin][near]
    above = ((points - character.rest[skin][near]) * normal).sum(1)
    assert (above > -0.001).mean() > 0.95
    assert distance.max() < 0.03


def test_a_chain_does_not_hover_over_the_slope_of_the_shoulders():
    head = head_shape(base_body())
    chain = necklace(Necklace("chain", 0.01, GOLD), head)
    assert np.quantile(KDTree(head.skin).query(chain.points)[0], 0.9) < 0.0063


def test_unknown_jewellery_is_named():
    with pytest.raises(ValueError, match="anchor"):
        wearing(Adornment(earrings=Earrings("anchor", 0.02, GOLD)))
    with pytest.raises(ValueError, match="rope"):
        necklace(Necklace("rope", 0.0, GOLD), head_shape(base_body()))


def test_dark_lenses_hide_and_clear_ones_do_not():
    dark = replace(ROUND, lens=tinted((0.01, 0.01, 0.01), 0.9))
    both = (dark, ROUND)
    opacity = [wearing(Adornment(glasses=worn)).parts[2].material for worn in both]
    assert opacity[0] is not None
    assert opacity[0].opacity > 0.5
    assert opacity[1] is not None
    assert opacity[1].opacity < 0.5
