import numpy as np

from pipeline.template import Part
from training.template.surface_samples import SPACING_M, sample_surface

# A square of 20 cm that faces the viewer, and its back.
SQUARE = np.array([[0, 0, 0], [0.2, 0, 0], [0.2, 0.2, 0], [0, 0.2, 0]])
FACES = np.array([[0, 1, 2], [0, 2, 3]])


def points_of(triangle: np.ndarray, weight: np.ndarray, faces: np.ndarray) -> np.ndarray:
    first = weight / 255
    full = np.concatenate([first, 1 - first.sum(1, keepdims=True)], 1)
    return (SQUARE[faces[triangle]] * full[..., None]).sum(1)


def test_samples_cover_the_surface_evenly():
    part = np.full(2, Part.TORSO)
    points = points_of(*sample_surface(SQUARE, FACES, part), FACES)
    assert 0.8 < len(points) / (0.2 / SPACING_M[Part.TORSO]) ** 2 < 1.2
    counts, *_ = np.histogram2d(points[:, 0], points[:, 1], bins=5)
    assert counts.min() > 0.7 * counts.mean()


def test_the_head_is_sampled_more_finely_than_the_torso():
    head, torso = (
        len(sample_surface(SQUARE, FACES, np.full(2, part))[0]) for part in (Part.HEAD, Part.TORSO)
    )
    assert head > 3 * torso


def test_what_faces_away_is_left_out():
    triangle, _ = sample_surface(
        SQUARE, np.concatenate([FACES, FACES[:, ::-1]]), np.full(4, Part.HEAD)
    )
    assert set(triangle.tolist()) == {0, 1}


def test_the_same_seed_gives_the_same_samples():
    part = np.full(2, Part.TORSO)
    first, second = (sample_surface(SQUARE, FACES, part, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])
