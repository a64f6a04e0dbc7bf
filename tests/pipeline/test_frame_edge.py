"""What a person cut off by the picture's edge looks like there once they move."""

import numpy as np

from pipeline.frame_edge import MOST, REACH_PX, FrameEdge
from pipeline.rates import FIELD_STRIDE_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX

CELLS = REACH_PX // FIELD_STRIDE_PX
SIZE = FRAME_HEIGHT_PX // FIELD_STRIDE_PX, FRAME_WIDTH_PX // FIELD_STRIDE_PX


def edge_of(rows: slice, columns: slice) -> FrameEdge:
    """Of a person who fills these pixels."""
    matte = np.zeros((FRAME_HEIGHT_PX, FRAME_WIDTH_PX), np.uint8)
    matte[rows, columns] = 255
    return FrameEdge(matte)


def held(edge: FrameEdge, across: float, down: float) -> np.ndarray:
    flow = np.empty((2, *SIZE), np.float32)
    flow[0], flow[1] = across, down
    edge.hold(flow)
    return flow


def test_a_sleeve_that_leaves_the_picture_is_stretched_where_it_leaves():
    edge = edge_of(slice(400, None), slice(None))
    low = SIZE[0] - 20
    for across, here in ((12.0, -1), (-12.0, 0)):
        flow = held(edge, across, 0.0)
        assert abs(flow[0, low, here]) < 1e-5
        np.testing.assert_allclose(flow[0, low, SIZE[1] // 2], across)
        # nothing is turned over on the way
        assert (np.diff(flow[0, low]) > -FIELD_STRIDE_PX).all()


def test_where_the_room_meets_the_edge_everything_moves():
    flow = held(edge_of(slice(400, None), slice(None)), 12.0, 0.0)
    np.testing.assert_allclose(flow[0, :80], 12.0, atol=1e-4)


def test_nothing_below_the_portrait_is_asked_for_and_what_moves_down_is_free():
    edge = edge_of(slice(400, None), slice(100, 400))
    middle = SIZE[1] // 2
    rising = held(edge, 0.0, 9.0)
    assert abs(rising[1, -1, middle]) < 1e-5
    np.testing.assert_allclose(rising[1, :-CELLS, middle], 9.0)
    np.testing.assert_allclose(held(edge, 0.0, -9.0)[1], -9.0)


def test_far_beyond_the_edge_the_stretch_ends():
    flow = held(edge_of(slice(None), slice(None)), 100.0, 0.0)
    np.testing.assert_allclose(flow[0, 50, -1], 100 - MOST * REACH_PX, atol=1e-4)
