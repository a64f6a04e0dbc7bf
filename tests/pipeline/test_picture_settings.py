from pathlib import Path

import pytest

from pipeline.errors import UserError
from pipeline.picture_settings import PictureSettings


def test_a_background_is_a_colour_or_a_picture_or_neither():
    assert PictureSettings("#10C8fe").colour == (16, 200, 254)
    assert PictureSettings("#10C8fe").picture is None
    assert PictureSettings("office.png").picture == Path("office.png")
    for name in ("original", "blur"):
        assert PictureSettings(name).colour is None
        assert PictureSettings(name).picture is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"background": "#12345"}, "six digits"),
        ({"framing": "wide"}, "framing"),
        ({"zoom": 2.5}, "zoom"),
        ({"zoom": float("nan")}, "zoom"),
        ({"label": "middle"}, "label"),
    ],
)
def test_what_is_unknown_is_told_in_a_sentence(wrong, words):
    with pytest.raises(UserError, match=words):
        PictureSettings(**wrong)
