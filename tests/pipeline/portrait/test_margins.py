import numpy as np
import pytest

from pipeline.portrait.bust import draw_bust
from pipeline.portrait.framing import Face
from pipeline.portrait.margins import extend
from tests.pipeline.portrait.imported import imported, landmarks, pixels

FACE = landmarks()
EYES = (Face.of(FACE).centre, Face.of(FACE).eyes_px)


@pytest.fixture(scope="module")
def person():
    return imported().layers.matte.astype(np.float32) / 255


def cropped(person, rows=slice(None), columns=slice(None)):
    """Leon of whom only a part is known, continued."""
    known = np.zeros((768, 512), bool)
    known[rows, columns] = True
    shown = np.where(known[..., None], pixels(), 0).astype(np.uint8)
    whole = extend(shown, None, known, person * known, EYES)
    filled = whole.pixels
    assert whole.alpha is None
    np.testing.assert_array_equal(filled[known], pixels()[known])
    return filled, known


def test_the_background_goes_on_with_its_colour(person):
    filled, known = cropped(person, columns=slice(60, 512))
    wall = ~known & (person < 0.01)
    wall[300:] = False
    apart = np.median(filled[wall].astype(int) - pixels()[wall], axis=0)
    assert np.abs(apart).max() < 25


def test_no_edge_shows_where_the_picture_ends(person):
    filled, _ = cropped(person, columns=slice(60, 512))
    across = np.abs(filled[:200, 59].astype(int) - filled[:200, 60]).mean()
    within = np.abs(pixels()[:200, 60].astype(int) - pixels()[:200, 61]).mean()
    assert across < within + 3


def test_clothes_go_on_downwards(person):
    filled, _ = cropped(person, rows=slice(0, 560))
    chest = (slice(600, 760), slice(150, 360))
    cloth = np.median(pixels()[480:540, 150:360].reshape(-1, 3), axis=0)
    assert np.abs(np.median(filled[chest].reshape(-1, 3), axis=0) - cloth).max() < 30
    assert np.ptp(filled[chest].reshape(-1, 3), axis=0).max() < 120


def test_shoulders_are_made_up_where_the_picture_ends_at_the_neck(person):
    filled, known = cropped(person, rows=slice(0, 300))
    bust = draw_bust(*EYES)
    body = bust.person & ~known
    wall = ~bust.person & ~known
    wall[:, 60:450] = False
    wall[420:] = False
    body_colour, wall_colour = (np.median(filled[where], axis=0) for where in (body, wall))
    assert np.linalg.norm(body_colour - wall_colour) > 20
    red, _, blue = filled[335, round(float(EYES[0][0]))].astype(float)
    assert red > blue + 15, "between chin and neckline there is skin"


def test_hair_that_was_cut_off_is_continued_as_hair(person):
    top = int(EYES[0][1] - 1.3 * EYES[1])
    filled, _ = cropped(person, rows=slice(top, 768))
    column = round(float(EYES[0][0]))
    made_up = filled[top - 12 : top - 4, column - 8 : column + 8].mean((0, 1))
    wall = filled[10:30, 20:60].mean((0, 1))
    assert made_up.mean() < wall.mean() - 10, "Leon's hair is dark, and so is what was made up"


def test_the_grain_of_the_picture_goes_on(person):
    noise = np.random.default_rng(0).normal(0, 9, pixels().shape[:2])[..., None]
    noisy = np.clip(pixels() + noise, 0, 255).astype(np.uint8)
    known = np.zeros((768, 512), bool)
    known[:560] = True
    filled = extend(noisy, None, known, person * known, EYES).pixels

    def grain(rows):
        part = filled[rows, 180:330].mean(-1)
        return np.diff(part, axis=1).std()

    assert 0.4 < grain(slice(680, 750)) / grain(slice(440, 520)) < 2.0


def test_the_alpha_of_a_cut_out_follows_the_body(person):
    known = np.zeros((768, 512), bool)
    known[:250] = True
    alpha = np.round(person * 255).astype(np.uint8) * known
    extended = extend(pixels(), alpha, known, person * known, EYES).alpha
    assert extended is not None
    np.testing.assert_array_equal(extended[known], alpha[known])
    assert extended[740, 256] > 250
    assert extended[300, 5] < 5


def test_a_known_picture_of_the_head_alone_is_enough(person):
    row, column = round(float(EYES[0][1])), round(float(EYES[0][0]))
    filled, known = cropped(person, slice(row - 60, row + 110), slice(column - 90, column + 90))
    assert np.isfinite(filled).all()
    assert filled[~known].std() > 3


def test_skin_goes_on_without_a_step_where_the_picture_ends_at_the_neck(person):
    end = round(float(EYES[0][1] + 1.9 * EYES[1]))
    filled, _ = cropped(person, rows=slice(0, end))
    column = round(float(EYES[0][0]))
    columns = slice(column - 12, column + 12)

    def change(rows_px):
        rows = [slice(end - rows_px, end), slice(end, end + rows_px)]
        above, below = (filled[part, columns].mean((0, 1)) for part in rows)
        return np.abs(above - below).max()

    assert change(1) < 5
    assert change(4) < 18


def test_the_made_up_body_is_told(person):
    known = np.zeros((768, 512), bool)
    known[:330] = True
    body = extend(pixels(), None, known, person * known, EYES).body
    assert body[700, 150:360].min() == 1
    assert body[400, 5] == 0
