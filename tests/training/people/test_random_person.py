import numpy as np
import pytest

from training.people.cloth_pattern import KINDS
from training.people.complexion import grey_share, hair_colours, skin_tint
from training.people.face_shape import LARGEST_CHANGE, LEAST_BROW_ANGLE
from training.people.look import Look
from training.people.make_up import LIP_BALM
from training.people.neckwear import SHAPES
from training.people.random_person import AGE_SCALE, AGE_YEARS, random_person
from training.people.wardrobe import COLLARED, GARMENTS, HAIR, SKINS, fits

COUNT = 240
BENCHMARK = 80


@pytest.fixture(scope="module")
def people():
    return [random_person(seed) for seed in range(COUNT)]


@pytest.fixture(scope="module")
def held_out():
    return [random_person(seed, held_out=True) for seed in range(BENCHMARK)]


def test_a_seed_is_the_same_person_again_and_another_seed_somebody_else(people):
    assert random_person(7) == people[7]
    assert random_person(7) != people[8]
    assert random_person(7, held_out=True) != people[7]


def test_a_seed_drawn_again_gives_somebody_else_from_the_same_stock():
    again = random_person(7, held_out=True, draw=1)
    assert again == random_person(7, held_out=True, draw=1)
    assert again != random_person(7, held_out=True)
    assert any(skin.name == again.skin and skin.held_out for skin in SKINS)


def test_teeth_and_lips_differ_between_people_of_training(people):
    assert len({person.look.teeth for person in people}) == COUNT
    bare = [person.look for person in people if person.phenotype["gender"] < 0.5]
    assert len({look.lip_paint for look in bare}) == len(bare)
    assert all(0 < look.lip_painted < 0.7 for look in bare)


def test_held_out_people_keep_the_mouths_that_true_frames_show(held_out):
    assert all(person.look.teeth == Look().teeth for person in held_out)
    assert {person.look.lip_paint for person in held_out if person.phenotype["gender"] < 0.5} == {
        Look().lip_paint, LIP_BALM,
    }  # fmt: skip


def test_phenotypes_stay_within_what_anny_knows_as_people_from_16_to_80(people):
    for person in people:
        values = person.phenotype
        assert 0.46 < values["age"] < 0.96
        assert all(0 <= value <= 1 for value in values.values())
        assert values["african"] + values["asian"] + values["caucasian"] == pytest.approx(1)
        assert max(map(abs, person.local_changes.values())) <= LARGEST_CHANGE


def test_nobody_scowls(people):
    for person in people:
        assert person.local_changes["eyebrows-angle-up"] >= LEAST_BROW_ANGLE
        assert person.expression["mouthSmile"] > 0.2


def test_colours_are_physical(people):
    for person in people:
        look = person.look
        for colour in (look.hair_colour, look.hair_tip_colour, look.iris_colour, look.cloth_colour):
            assert 0 < min(colour) <= max(colour) < 0.9
        if person.pattern:
            assert min(person.pattern.ground + person.pattern.figure) >= 0
            assert max(person.pattern.ground + person.pattern.figure) < 0.9


def test_skin_hair_and_clothes_suit_the_sex(people, held_out):
    for person in people + held_out:
        sex = person.phenotype["gender"]
        for stock, name in ((SKINS, person.skin), (HAIR, person.hair), (GARMENTS, person.outfit)):
            assert fits(sex, next(item for item in stock if item.name == name).sex)


def test_nobody_under_22_wears_a_suit_and_everybody_has_hair(people):
    young = [p for p in people if p.phenotype["age"] < np.interp(22, (10, 25), (1 / 3, 2 / 3))]
    assert young
    assert not [p for p in young if "elegant" in p.outfit]
    assert all(person.hair for person in people)


def test_held_out_people_share_no_skin_hair_or_garment_with_training(people, held_out):
    for field in ("skin", "hair", "outfit"):
        training = {getattr(person, field) for person in people}
        reserved = {getattr(person, field) for person in held_out}
        assert training
        assert reserved
        assert not training & reserved


def test_everything_in_the_wardrobe_is_worn(people, held_out):
    for field, stock in (("skin", SKINS), ("hair", HAIR), ("outfit", GARMENTS)):
        seen = {getattr(person, field) for person in people + held_out}
        assert seen == {item.name for item in stock}


def test_every_pattern_and_plain_cloth_occur(people):
    kinds = {person.pattern.kind for person in people if person.pattern}
    assert kinds == set(KINDS)
    plain = [p for p in people if p.pattern is None and not p.outfit_colours]
    assert 0.15 < len(plain) / COUNT < 0.6


def test_people_wear_every_cut_layer_and_fabric(people):
    worn = {(p.outfit, p.layers.cut, p.layers.under, p.layers.neckwear is not None) for p in people}
    assert len(worn) >= 14
    assert any(p.layers.under and p.layers.under_material for p in people)
    assert {p.layers.neckwear.shape for p in people if p.layers.neckwear} == set(SHAPES)
    for fabric in ("cloth_knit", "cloth_twill", "cloth_gloss"):
        share = np.mean([getattr(p.look, fabric) > 0 for p in people])
        assert 0.01 < share < 0.4


def test_there_are_fourteen_garments_and_held_out_ones_are_others():
    shown = {(g.name, g.cut, g.under, g.neckwear) for g in GARMENTS if not g.held_out}
    assert len(shown) >= 14
    names = {g.name for g in GARMENTS if g.held_out}
    assert names.isdisjoint({g.name for g in GARMENTS if not g.held_out})


def test_young_hair_has_no_grey_and_old_hair_has():
    rng = np.random.default_rng(0)
    assert max(grey_share(18, rng) for _ in range(50)) == 0
    assert np.mean([grey_share(78, rng) for _ in range(50)]) > 0.6


def test_only_who_has_mostly_european_forebears_is_blond():
    rng = np.random.default_rng(2)
    reds = {
        european: max(
            hair_colours((0.9 - european, 0.1, european), 25, rng)[0][0] for _ in range(300)
        )
        for european in (0.45, 0.6)
    }
    assert reds[0.45] < 0.1
    assert reds[0.6] > 0.2


def test_more_african_ancestry_means_darker_skin_whatever_the_texture():
    def luminance(ancestry, texture):
        tints = [skin_tint(ancestry, texture, np.random.default_rng(k)) for k in range(40)]
        return np.mean([np.dot(np.multiply(t, texture), (0.21, 0.72, 0.07)) for t in tints])

    light, dark = (0.767, 0.465, 0.311), (0.145, 0.043, 0.019)
    assert luminance((0.1, 0.1, 0.8), light) > luminance((0.5, 0.1, 0.4), dark)
    assert luminance((0.5, 0.1, 0.4), dark) > luminance((0.95, 0.0, 0.05), dark)


def test_a_dark_texture_on_lighter_people_turns_neither_yellow_nor_grey():
    texture = (0.142, 0.033, 0.009)
    for seed in range(40):
        tint = skin_tint((0.5, 0.2, 0.3), texture, np.random.default_rng(seed))
        red, green, blue = np.multiply(tint, texture)
        assert 1.2 < red / green < 2.6
        assert 1.2 < green / blue < 2.6


def saturated_light(colour) -> float:
    """Saturation times value of a linear colour, as picture editors show it."""
    coded = np.power(colour, 1 / 2.2)
    return float(coded.max() - coded.min())


def test_clothes_are_never_loud(people):
    for person in people:
        worn = [person.look.cloth_colour]
        if person.pattern:
            worn += [person.pattern.ground, person.pattern.figure]
        if person.layers.under_material:
            worn.append(person.layers.under_material.colour)
        if person.layers.neckwear:
            worn.append(person.layers.neckwear.material.colour)
        if person.adornment.headwear:
            worn += [person.adornment.headwear.cloth.colour, person.adornment.headwear.trim.colour]
        assert max(map(saturated_light, worn)) < 0.45


def test_leather_is_dark_and_denim_blue_or_grey(people):
    leather = [p.look.cloth_colour for p in people if p.look.cloth_gloss > 0.5]
    denim = [p.look.cloth_colour for p in people if p.look.cloth_twill]
    assert leather
    assert denim
    assert max(map(max, leather)) < 0.45
    assert all(blue > 0.85 * red for red, _, blue in denim)


def test_most_people_are_of_working_age_and_few_are_old(people):
    years = [float(np.interp(p.phenotype["age"], AGE_SCALE, AGE_YEARS)) for p in people]
    assert 33 < np.median(years) < 48
    assert np.mean(np.array(years) < 22) > 0.03
    assert 0.02 < np.mean(np.array(years) > 62) < 0.25
    hair = [p.look.hair_colour for p in people]
    grey = [max(colour) > 0.11 and saturated_light(colour) < 0.06 for colour in hair]
    assert np.mean(grey) < 0.25


def test_a_necklace_shows_only_over_a_low_neckline(people):
    worn = [person for person in people if person.adornment.necklace]
    assert worn
    assert all(p.layers.cut.neckline and not p.layers.neckwear for p in worn)


def test_lips_of_dark_skins_have_a_natural_colour(people):
    dark = [p for p in people if p.phenotype["african"] >= 0.5]
    assert dark
    assert min(p.look.lip_painted for p in dark) >= 0.3


def test_no_collar_cuts_through_plaits_and_no_hair_hides_headphones(people):
    roped, high = ({h.name for h in HAIR if getattr(h, kind)} for kind in ("roped", "high"))
    plaited = [p for p in people if p.hair in roped]
    assert plaited
    assert not [p for p in plaited if p.outfit in COLLARED or p.layers.neckwear]
    worn = [p.hair for p in people if p.adornment.headphones]
    assert worn
    assert not high & set(worn)
