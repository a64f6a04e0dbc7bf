import numpy as np

from pipeline.portrait.region_map import map_regions, without_specks
from pipeline.regions import Region
from tests.pipeline.portrait.scene_people import posed


def test_a_blue_cap_is_a_hat():
    seen = posed("leon")
    brow = int(seen.face.points[10, 1]) - 4
    pixels = seen.pixels.copy()
    cap = (seen.matte > 127) & (np.arange(768)[:, None] < brow)
    shade = np.linspace(0.6, 1, 512)[None, :, None]
    pixels[cap] = np.broadcast_to(np.array([30, 60, 190]) * shade, pixels.shape)[cap]
    regions = map_regions(pixels, seen.matte.astype(np.float32) / 255, seen.face)
    assert (regions[cap] == Region.HAT).mean() > 0.7
    assert not (regions[brow + 20 :] == Region.HAT).any()


def test_specks_get_the_kind_around_them():
    labels = np.full((100, 100), Region.CLOTH, np.uint8)
    labels[40:47, 40:47] = Region.SKIN
    labels[70:, 70:] = Region.HAIR
    clean = without_specks(labels)
    assert (clean[:60, :60] == Region.CLOTH).all()
    assert (clean[75:, 75:] == Region.HAIR).all()
