import numpy as np
import pytest

from pipeline.label import draw_pill, placeholder_card


def test_the_pill_is_anti_aliased_text_on_a_dark_ground():
    pill = draw_pill()
    assert pill.dtype == np.uint8
    assert pill.shape[2] == 4
    assert pill.shape[0] % 2 == pill.shape[1] % 2 == 0
    centre = pill[pill.shape[0] // 2]
    assert centre[:, :3].max() > 240
    assert 150 < np.median(pill[..., 3]) < 210
    assert pill[0, 0, 3] == 0
    assert len(np.unique(pill[..., 3])) > 20


def test_the_pill_grows_with_its_text():
    assert draw_pill("AI avatar of somebody").shape[1] > draw_pill("AI").shape[1]


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (512, 768)])
def test_the_card_is_dark_with_a_light_text(width, height):
    card = placeholder_card(width, height)
    assert card.shape == (height, width, 3)
    assert card.dtype == np.uint8
    assert 15 < np.median(card) < 60
    text = card[round(height * 0.6) : round(height * 0.68)]
    assert (text.min(axis=2) > 200).sum() > 100


def test_the_text_of_the_card_can_be_chosen():
    assert not np.array_equal(placeholder_card(640, 360), placeholder_card(640, 360, "Paused"))
