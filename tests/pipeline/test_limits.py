import numpy as np

from pipeline.limits import limited


def test_values_outside_are_brought_to_the_limits_and_others_stay():
    values = np.array([-2.0, 0.25, 3.0], np.float32)
    np.testing.assert_array_equal(limited(values), [0, 0.25, 1])
    np.testing.assert_array_equal(limited(values, -1, 2), [-1, 0.25, 2])
    assert limited(values).dtype == np.float32
