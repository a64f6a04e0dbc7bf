import numpy as np

from pipeline.portrait.trimap import draw_trimap, face_hull, person_outline
from tests.pipeline.portrait.scene_people import posed


def test_the_truth_lies_in_the_trimap():
    for name in ("maya", "leon"):
        seen = posed(name)
        trimap = draw_trimap(seen.pixels, seen.probability, seen.face)
        alpha = seen.matte / 255
        assert (alpha[trimap.person] < 0.5).mean() < 0.002
        assert (alpha[trimap.background] > 0.5).mean() < 0.002
        assert not (trimap.person & trimap.background).any()


def test_the_band_is_wider_beside_hair_than_beside_shoulders():
    seen = posed("maya")
    trimap = draw_trimap(seen.pixels, seen.probability, seen.face)
    beside_hair, beside_arms = trimap.unknown[150:180], trimap.unknown[480:560]
    assert beside_hair.sum(1).mean() > 1.6 * beside_arms.sum(1).mean()


def test_others_in_the_picture_are_background():
    seen = posed("leon")
    probability = seen.probability.copy()
    probability[:120, :60] = 1
    outline = person_outline(probability, face_hull(seen.face, probability.shape))
    assert not outline[:120, :60].any()


def test_faults_of_the_segmentation_inside_the_person_are_mended():
    seen = posed("leon")
    probability = seen.probability.copy()
    probability[560:600, 240:262] = 0.3
    probability[740:, 300:316] = 0
    outline = person_outline(probability, face_hull(seen.face, probability.shape))
    assert outline[560:600, 240:262].all()
    assert outline[740:, 300:316].all()


def test_a_gap_under_the_arm_stays_open():
    seen = posed("leon")
    probability = seen.probability.copy()
    probability[500:620, 180:220] = 0.01
    outline = person_outline(probability, face_hull(seen.face, probability.shape))
    assert not outline[510:610, 185:215].any()
    assert np.count_nonzero(outline) > 100_000
