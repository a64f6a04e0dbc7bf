import numpy as np

from pipeline import z_buffer


def test_the_nearest_of_a_cell_is_kept_in_any_order():
    for order in ([0, 1, 2], [2, 1, 0]):
        buffer = z_buffer.empty_buffer(2, 3)
        depth = np.array([3.0, 1.0, 2.0], np.float32)
        z_buffer.put_nearest(buffer, np.full(3, 4), depth[order], np.array([7, 8, 9])[order])
        assert z_buffer.indices(buffer).tolist() == [[-1, -1, -1], [-1, 8, -1]]


def test_a_second_pass_does_not_lose_the_first():
    buffer = z_buffer.empty_buffer(1, 2)
    near, far = np.array([0.5], np.float32), np.array([2.0], np.float32)
    z_buffer.put_nearest(buffer, np.array([0]), near, np.array([1]))
    z_buffer.put_nearest(buffer, np.array([0]), far, np.array([2]))
    assert z_buffer.indices(buffer)[0, 0] == 1
