import numpy as np

from training.people.adornment import Adornment
from training.people.random_adornment import adornment


def crowd(
    woman: bool, age_years: float, count: int = 600, bare_neck: bool = True, high_hair: bool = False
) -> list[Adornment]:
    rng = np.random.default_rng(3)
    return [adornment(woman, age_years, bare_neck, rng, high_hair) for _ in range(count)]


def share(people: list[Adornment], name: str) -> float:
    return float(np.mean([getattr(person, name) is not None for person in people]))


def test_the_older_wear_glasses_more_often():
    assert share(crowd(True, 75), "glasses") > share(crowd(True, 20), "glasses") + 0.15


def test_nobody_wears_a_hat_and_headphones():
    people = crowd(True, 40)
    assert not [p for p in people if p.headwear is not None and p.headphones is not None]
    assert 0.03 < share(people, "headwear") < 0.10
    assert 0.04 < share(people, "headphones") < 0.13


def test_nobody_wears_headphones_that_their_hair_would_hide():
    assert share(crowd(True, 40, high_hair=True), "headphones") == 0


def test_nobody_wears_a_necklace_over_a_collar_or_a_scarf():
    assert share(crowd(True, 40, bare_neck=False), "necklace") == 0
    assert share(crowd(True, 40), "necklace") > 0.1


def test_men_wear_no_headscarf_and_no_drops():
    men = crowd(False, 40)
    assert not [p for p in men if p.headwear is not None and p.headwear.shape == "headscarf"]
    assert not [p for p in men if p.earrings is not None and p.earrings.shape == "drop"]


def test_glasses_come_in_metal_and_acetate_and_few_are_tinted():
    worn = [p.glasses for p in crowd(False, 80, 2000) if p.glasses is not None]
    metal = np.mean([one.frame.metal for one in worn])
    tinted = np.mean([one.lens.opacity > 0.5 for one in worn])
    assert 0.35 < metal < 0.55
    assert 0.01 < tinted < 0.06
    assert min(one.lens.opacity for one in worn if one.lens.opacity > 0.5) > 0.85
    assert len({one.shape for one in worn}) >= 7


def test_nobody_wears_sunglasses_under_a_hat():
    hatted = [p.glasses for p in crowd(True, 80, 3000) if p.headwear is not None]
    opacity = [worn.lens.opacity for worn in hatted if worn is not None]
    assert opacity
    assert max(opacity) < 0.5


def test_a_headscarf_is_worn_where_no_collar_or_scarf_is_in_its_way():
    shapes = {p.headwear.shape for p in crowd(True, 40, 3000, bare_neck=False) if p.headwear}
    assert "cap" in shapes
    assert "headscarf" not in shapes


def test_clear_lenses_are_coated_and_hide_nothing():
    worn = [p.glasses.lens for p in crowd(False, 80) if p.glasses is not None]
    assert min(lens.opacity for lens in worn) == 0
