import numpy as np

from pipeline.portrait.anchors import Detections, anchors, apart, decode, merged


def _boxes(*rows: tuple[float, float, float, float]) -> Detections:
    """Squares of (score, x, y, size) with one point in the middle."""
    score, x, y, size = np.array(rows).reshape(-1, 4).T
    centre = np.column_stack([x, y])
    return Detections(score, centre, np.column_stack([size, size]), centre[:, None])


def test_anchors_are_counted_as_the_models_do():
    assert len(anchors(128, (8, 16, 16, 16))) == 896
    assert len(anchors(192, (8, 16, 16, 16))) == 2016
    first = anchors(128, (8, 16, 16, 16))
    assert first[0].tolist() == first[1].tolist() == [0.03125, 0.03125]
    assert first[-1].tolist() == [0.9375, 0.9375]


def test_decoding_adds_what_was_answered_to_the_anchor():
    boxes = np.array([[10.0, -20, 40, 60, 5, 5], [0, 0, 1, 1, 0, 0]])
    found = decode(boxes, np.array([[2.0], [-2.0]]), np.array([[0.5, 0.5], [0.1, 0.1]]), 100, 0.5)
    assert len(found) == 1
    assert np.allclose(found.centre, [[0.6, 0.3]])
    assert np.allclose(found.size, [[0.4, 0.6]])
    assert np.allclose(found.points, [[[0.55, 0.55]]])
    assert np.allclose(found.score, 1 / (1 + np.exp(-2)))


def test_nothing_found_decodes_and_merges_to_nothing():
    none = decode(np.zeros((3, 16)), np.full((3, 1), -9.0), np.zeros((3, 2)), 128, 0.5)
    assert len(merged(none)) == 0
    assert none.points.shape == (0, 6, 2)


def test_overlapping_boxes_become_their_weighted_mean():
    found = merged(_boxes((0.9, 10, 10, 8), (0.6, 12, 10, 8), (0.7, 50, 50, 8)))
    assert found.score.tolist() == [0.9, 0.7]
    assert np.allclose(found.centre, [[10.8, 10], [50, 50]])


def test_a_piece_of_a_better_box_is_dropped():
    assert len(merged(_boxes((0.9, 50, 50, 40), (0.8, 55, 55, 10)))) == 1


def test_only_what_is_new_is_kept_apart_from_the_known():
    known = _boxes((0.9, 50, 50, 40))
    fresh = _boxes((0.8, 51, 50, 38), (0.7, 52, 52, 6), (0.6, 150, 50, 40))
    assert apart(fresh, known).score.tolist() == [0.6]
