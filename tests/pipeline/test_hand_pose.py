import numpy as np
import pytest

from pipeline.hand_pose import POSE_SIZE, REST, REST_FORMS, Slot, resting_hands


def test_arms_hang_of_the_first_seed():
    np.testing.assert_array_equal(resting_hands(0), [REST, REST])


def test_seeds_are_spread_over_the_forms_by_their_shares():
    held = [resting_hands(seed) for seed in range(400)]
    for form in REST_FORMS:
        found = np.mean([np.array_equal(hands, form.hands[::-1]) for hands in held])
        assert found == pytest.approx(form.share, abs=0.01)


def test_where_one_hand_is_higher_it_is_the_right_one():
    for seed in range(40):
        left, right = resting_hands(seed)
        assert left.shape == (POSE_SIZE,)
        assert left[Slot.UP] <= right[Slot.UP]
