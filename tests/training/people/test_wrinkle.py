import numpy as np
import pytest

from training.people.pose import actions_from
from training.people.wrinkle import furrows, wrinkles_at

FOREHEAD, FROWN, EYES, SMILE = range(4)


@pytest.mark.parametrize(
    ("expression", "channel"),
    [
        ({"browInnerUp": 1.0, "browOuterUp": 1.0}, FOREHEAD),
        ({"browDown": 1.0}, FROWN),
        ({"eyeSquint": 1.0, "cheekSquint": 1.0}, EYES),
        ({"mouthSmile": 1.0}, SMILE),
    ],
)
def test_an_expression_furrows_its_own_part_most_and_more_with_age(expression, channel):
    young, old = (furrows(actions_from(expression), age) for age in (0.0, 1.0))
    assert young[0].argmax() == channel
    assert old[0, channel] > 2 * young[0, channel] > 0.3


def test_one_brow_furrows_its_own_side():
    left, right = furrows(actions_from({"browDownLeft": 1.0}), 0.5)
    assert left[FROWN] > 2 * right[FROWN]


def test_a_young_face_at_rest_is_smooth_and_an_old_one_is_not():
    assert furrows(np.zeros(52), 0.0).max() == 0
    assert furrows(np.zeros(52), 1.0).min() > 0.2


def test_depths_stay_in_range_whatever_the_face_does():
    every = furrows(np.ones(52), 1.0)
    assert 0 <= every.min() <= every.max() <= 1


def test_wrinkles_come_with_age():
    rng = np.random.default_rng(0)
    at = {years: np.mean([wrinkles_at(years, rng) for _ in range(100)]) for years in (18, 45, 78)}
    assert at[18] < 0.05 < at[45] < 0.6 < at[78]
