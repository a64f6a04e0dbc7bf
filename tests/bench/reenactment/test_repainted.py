import numpy as np
import pytest

from bench.reenactment.clip import Clip
from bench.reenactment.motions import motion_of
from bench.reenactment.repainted import Repainted
from pipeline.avatar import GALLERY

CHOSEN = [0, 100]


@pytest.fixture(scope="module")
def repainted() -> Repainted:
    return Repainted(Clip("maya", GALLERY / "maya", motion_of(0), CHOSEN))


def test_every_chosen_frame_has_its_own_gates(repainted):
    at_rest, speaking = (repainted.anywhere(index) for index in CHOSEN)
    assert at_rest.shape == (768, 512)
    assert speaking.sum() > at_rest.sum()
    assert (repainted.masks(100)["gates"] == speaking).all()
    with pytest.raises(KeyError):
        repainted.masks(50)


def test_the_gates_are_all_of_them_together(repainted):
    masks = repainted.masks(100)
    assert {"gate_mouth", "gate_hands", "gate_face", "gate_rims"} <= set(masks)
    each = [mask for name, mask in masks.items() if name != "gates"]
    # Those of a few pixels are left out.
    assert (masks["gates"] & ~np.any(each, axis=0)).sum() < 800
    assert not (np.any(each, axis=0) & ~masks["gates"]).any()
    assert masks["gate_hands"][500:].any()
    assert not masks["gate_mouth"][500:].any()


def test_hands_that_rest_open_no_gate(repainted):
    assert "gate_hands" not in repainted.masks(0)
