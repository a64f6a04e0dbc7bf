import numpy as np
import torch

from pipeline.networks.packing import Packing

SHAPES = {"small": (3,), "large": (2, 5), "single": (1, 1)}


def test_parts_are_views_through_which_an_array_is_filled():
    packing = Packing(SHAPES)
    flat = np.zeros(packing.size, np.float32)
    for count, place in enumerate(packing.parts(flat).values(), 1):
        place[...] = count
    assert flat.tolist() == [1.0] * 3 + [2.0] * 10 + [3.0] + [0.0] * 2


def test_parts_have_their_shapes_and_order():
    parts = Packing(SHAPES).parts(torch.zeros(16))
    assert {name: tuple(part.shape) for name, part in parts.items()} == SHAPES
    assert list(parts) == list(SHAPES)


def test_many_arrays_are_taken_apart_at_once():
    packing = Packing(SHAPES)
    flat = torch.randn(7, packing.size)
    for name, parts in packing.parts(flat).items():
        torch.testing.assert_close(parts[4], packing.parts(flat[4])[name], atol=0, rtol=0)
