import cv2
import numpy as np
import pytest

from pipeline.portrait.poisson import solve_poisson
from pipeline.portrait.straight_edges import find_edges
from pipeline.portrait.wanted_gradients import edge_gradients, families

WIDTH, HEIGHT = 300, 260


def half_plane(angle_deg: float, offset_px: float) -> np.ndarray:
    """(H, W, 3) float32: light above, dark below a line through (150 + offset, 130)."""
    angle = np.radians(angle_deg)
    row, column = np.mgrid[0 : HEIGHT * 4, 0 : WIDTH * 4].astype(np.float32) / 4 + 0.125
    across = (column - 150 - offset_px) * -np.sin(angle) + (row - 130) * np.cos(angle)
    large = np.where(across[..., None] > 0, (60, 70, 80), (180, 170, 160)).astype(np.float32)
    return cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)


def hole_of(radius: float = 60) -> np.ndarray:
    row, column = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.hypot(row - 130, column - 150) < radius


def filled(picture: np.ndarray, hole: np.ndarray) -> np.ndarray:
    return solve_poisson(picture, hole)


@pytest.mark.parametrize("angle_deg", [0.0, 17.0, 64.0, 90.0])
def test_an_edge_across_the_hole_is_joined_within_a_tenth_of_a_pixel(angle_deg):
    picture, hole = half_plane(angle_deg, 5.0), hole_of()
    edges = find_edges(filled(picture, hole), hole)
    joined = [edge for edge in edges if edge.end_profile is not None]
    assert len(joined) == 1
    edge, angle = joined[0], np.radians(angle_deg)
    normal = np.array([-np.sin(angle), np.cos(angle)])
    for end in (edge.start, edge.start + edge.length_px * edge.direction):
        assert abs((end - np.array([155.0, 130.0])) @ normal) < 0.1


def test_an_edge_seen_on_one_side_goes_in_as_far_as_its_length_warrants():
    picture, hole = half_plane(0.0, 0.0), hole_of()
    picture[hole.any(1), 155:] = picture[130, 200]
    level = [e for e in find_edges(filled(picture, hole), hole) if abs(e.direction[0]) > 0.9]
    assert len(level) == 1
    assert level[0].end_profile is None
    assert level[0].direction[0] > 0.999
    assert level[0].seen_px > 60


def test_the_outline_of_the_person_is_no_edge_of_the_scene():
    hole = np.zeros((HEIGHT, WIDTH), bool)
    hole[:, 140:200] = True
    picture = np.full((HEIGHT, WIDTH, 3), 150, np.float32)
    picture[:, 134:140] = 60
    assert find_edges(filled(picture, hole), hole) == []


def test_gradients_of_an_edge_rebuild_it_inside_the_hole():
    picture, hole = half_plane(17.0, 5.0), hole_of()
    smooth = filled(picture, hole)
    gradients = edge_gradients(hole.shape, find_edges(smooth, hole))
    rebuilt = solve_poisson(picture, hole, gradients.divergence())
    before, after = (np.abs(p - picture)[hole].mean() for p in (smooth, rebuilt))
    assert after < 0.1 * before


def test_crossing_edges_are_of_different_families():
    picture = (half_plane(0.0, 0.0) + half_plane(90.0, 0.0)) / 2
    hole = hole_of()
    groups = families(find_edges(filled(picture, hole), hole))
    assert len(groups) == 2
