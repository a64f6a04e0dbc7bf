import numpy as np

from pipeline.portrait.colours import AVERAGE_SKIN, find_colours
from pipeline.regions import Region
from tests.pipeline.portrait.scene_people import posed


def painted(arms: tuple[int, int, int] | None) -> tuple[np.ndarray, np.ndarray]:
    """Pixels and regions of a person in a blue shirt; arms: colour of bare forearms."""
    face = posed("leon").face
    pixels = np.full((768, 512, 3), 200, np.uint8)
    regions = np.full((768, 512), Region.BACKGROUND, np.uint8)
    chin = int(face.points[152, 1])
    regions[:chin], pixels[:chin] = Region.SKIN, (200, 150, 120)
    regions[chin + 40 :], pixels[chin + 40 :] = Region.CLOTH, (40, 60, 120)
    if arms is not None:
        for side in (slice(0, 150), slice(362, 512)):
            regions[chin + 250 :, side], pixels[chin + 250 :, side] = Region.SKIN, arms
    return pixels, regions


def test_colours_are_those_of_face_and_shirt():
    found = find_colours(*painted(None), posed("leon").face)
    assert np.allclose(found.skin * 255, (200, 150, 120), atol=1)
    assert np.allclose(found.sleeve * 255, (40, 60, 120), atol=1)
    assert found.long_sleeves


def test_bare_forearms_mean_short_sleeves():
    assert not find_colours(*painted((195, 148, 118)), posed("leon").face).long_sleeves


def test_without_any_skin_or_cloth_usual_colours_are_taken():
    pixels = np.zeros((768, 512, 3), np.uint8)
    regions = np.full((768, 512), Region.BACKGROUND, np.uint8)
    found = find_colours(pixels, regions, posed("leon").face)
    assert np.allclose(found.skin, AVERAGE_SKIN)
    assert np.allclose(found.sleeve, AVERAGE_SKIN)
