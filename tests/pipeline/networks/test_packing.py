import numpy as np
import torch

from pipeline.networks.packing import Packing

SHAPES = {"small": (3,), "large": (2, 5), "single": (1, 1)}


def test_what_is_packed_comes_out_again():
    parts = {name: torch.randn(shape) for name, shape in SHAPES.items()}
    packing = Packing(SHAPES)
    flat = packing.packed(parts)
    assert flat.shape == (packing.size,) == (14,)
    for name, value in packing.parts(flat).items():
        torch.testing.assert_close(value, parts[name], atol=0, rtol=0)


def test_parts_are_views_through_which_an_array_is_filled():
    packing = Packing(SHAPES)
    flat = np.zeros(packing.size, np.float32)
    for count, place in enumerate(packing.parts(flat).values(), 1):
        place[...] = count
    assert sorted(flat.tolist()) == [1.0] * 10 + [2.0] * 3 + [3.0]


def test_the_largest_part_comes_first():
    assert list(Packing(SHAPES).parts(np.zeros(14))) == ["large", "small", "single"]
