import cv2
import numpy as np

from pipeline.portrait.beard import find_beard
from pipeline.regions import Region
from tests.pipeline.portrait.scene_people import posed


def test_a_drawn_beard_is_found_below_the_mouth():
    seen = posed("leon")
    points, random = seen.face.points[:, :2], np.random.default_rng(2)
    jaw = (172, 150, 176, 152, 400, 379, 397, 410, 164, 186)
    patch = np.zeros(seen.matte.shape, np.uint8)
    cv2.fillPoly(patch, [np.round(points[list(jaw)]).astype(np.int32)], 1)
    lips = cv2.convexHull(np.round(points[[61, 0, 291, 17]]).astype(np.int32))
    cv2.fillConvexPoly(patch, lips, 0)
    hairs = random.normal(48, 16, (*patch.shape, 1)).clip(8, 90)
    pixels = np.where(patch[..., None] > 0, hairs, seen.pixels).astype(np.uint8)
    regions = np.full(patch.shape, Region.SKIN, np.uint8)
    found = find_beard(pixels, regions, seen.face)
    assert found[patch > 0].mean() > 0.6
    assert not found[: int(points[1, 1]) - 5].any()


def test_shaven_faces_have_no_beard():
    for name in ("maya", "leon", "amara"):
        seen = posed(name)
        regions = np.full(seen.matte.shape, Region.SKIN, np.uint8)
        assert not find_beard(seen.pixels, regions, seen.face).any()
