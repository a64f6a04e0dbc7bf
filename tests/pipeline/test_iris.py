"""Finding and completing an iris."""

import numpy as np

from pipeline.iris import completed_iris, completed_white, find_iris

CENTRE, RADIUS = np.array([30.4, 24.7]), 9.0
WHITE, IRIS = (210.0, 205.0, 200.0), (80.0, 60.0, 45.0)


def drawn_eye():
    """Picture (48, 60, 3), what is seen of the eye well inside the lids, and distance from the
    limbus; the upper third of the iris is under a lid of skin."""
    rows, columns = np.indices((48, 60)).astype(np.float32)
    beyond = np.hypot(columns - CENTRE[0], rows - CENTRE[1]) - RADIUS
    disc = np.clip(0.5 - beyond, 0, 1)[..., None]
    picture = np.array(WHITE) * (1 - disc) + np.array(IRIS) * disc
    opening = ((rows > 20) & (rows < 36)).astype(np.float32)
    picture[opening == 0] = (220, 170, 150)
    clean = ((rows > 22) & (rows < 35)).astype(np.float32)
    return picture.astype(np.float32), clean, beyond


def test_an_iris_is_found_beside_the_guess():
    picture, opening, _ = drawn_eye()
    centre, radius = find_iris(picture, opening, CENTRE + np.array([1.6, -0.7]), 10.5)
    assert abs(centre[0] - CENTRE[0]) < 0.8
    assert abs(radius - RADIUS) < 1.0


def test_a_hidden_part_of_the_iris_is_completed():
    picture, opening, beyond = drawn_eye()
    iris, glint = completed_iris(picture, opening, CENTRE, beyond, RADIUS)
    hidden = (beyond < -2) & (opening == 0)
    np.testing.assert_allclose(iris[hidden], np.broadcast_to(IRIS, (hidden.sum(), 3)), atol=12)
    assert glint.max() < 1


def test_a_highlight_is_taken_off_the_iris():
    picture, opening, beyond = drawn_eye()
    picture[24:27, 28:31] = 250
    iris, glint = completed_iris(picture, opening, CENTRE, beyond, RADIUS)
    assert iris[25, 29].max() < 110
    assert glint[25, 29].min() > 100


def test_the_white_goes_on_under_the_iris():
    picture, opening, beyond = drawn_eye()
    white = completed_white(picture, opening, beyond, np.array([220.0, 170, 150]))
    under = (beyond < -3) & (opening > 0)
    np.testing.assert_allclose(white[under], np.broadcast_to(WHITE, (under.sum(), 3)), atol=15)


def test_an_eye_without_visible_white_gets_a_plausible_one():
    picture, opening, beyond = drawn_eye()
    skin = np.array([120.0, 80, 60])
    white = completed_white(picture, opening * 0, beyond, skin)
    assert np.ptp(white[0, 0]) < np.ptp(skin)
