import numpy as np

from tests.training.people.base_body import base_body
from tests.training.people.test_tailoring import overall
from training.people.over_cloth import OverCloth
from training.people.tailoring import above, skin_of

BODY = base_body()
BASE = BODY.joint("neck01")
STANDS_OFF_M = 0.03


def shoulder() -> tuple[np.ndarray, np.ndarray]:
    """Skin (P, 3) at breast and shoulders, and its normals."""
    _, points, normals = skin_of(BODY)
    low = (points[:, 1] < BASE[1] - 0.04) & (points[:, 1] > BASE[1] - 0.15)
    chosen = np.flatnonzero(low & (np.abs(points[:, 0]) < 0.1) & (normals[:, 2] > 0.5))[::9]
    return points[chosen], normals[chosen]


def test_hair_lies_over_cloth_that_stands_off_the_skin_and_keeps_its_order():
    skin, normal = shoulder()
    over = OverCloth(overall(STANDS_OFF_M), BODY)
    inner, outer = (over.lifted(skin + off * normal) for off in (0.010, 0.025))
    low, high = (above(points, skin_of(BODY))[0] for points in (inner, outer))
    assert np.quantile(low, 0.05) > STANDS_OFF_M
    assert np.median(high - low) > 0.001


def test_hair_beyond_the_cloth_and_on_the_head_stays_where_it_is():
    skin, normal = shoulder()
    over = OverCloth(overall(STANDS_OFF_M), BODY)
    free = skin + 0.06 * normal
    assert np.allclose(over.lifted(free), free)
    head = np.array([[0.09, 0.08, 0.0], [0.0, 0.17, 0.0]])
    assert np.array_equal(over.lifted(head), head)
