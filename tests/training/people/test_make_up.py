import numpy as np

from training.people.look import Look
from training.people.make_up import on_skin

EUROPEAN, AFRICAN = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)


def looks(woman: bool, ancestry=EUROPEAN, count: int = 300) -> list[Look]:
    rng = np.random.default_rng(1)
    return [Look(**on_skin(woman, 40, ancestry, rng)) for _ in range(count)]


def test_some_women_paint_their_lips_and_lids_and_no_men():
    women, men = looks(True), looks(False)
    for name in ("lip_painted", "lid_lined", "lid_shaded"):
        share = np.mean([getattr(look, name) > 0 for look in women])
        assert 0.25 < share < 0.6
        assert not any(getattr(look, name) for look in men)


def test_freckles_are_for_light_skins():
    assert 0.2 < np.mean([look.freckles > 0 for look in looks(False)]) < 0.4
    assert not any(look.freckles for look in looks(False, AFRICAN))


def test_lipsticks_are_reddish():
    for look in looks(True):
        red, green, blue = look.lip_paint
        assert red > green
        assert red > blue
