import numpy as np
import pytest

from bench.faces import face
from bench.puppet import Puppet
from bench.reenactment.rows import ROWS, StillPicture, chosen_rows
from pipeline.avatar import GALLERY, read_avatar
from pipeline.errors import UserError


def test_all_rows_are_chosen_unless_some_are_named():
    assert chosen_rows([]) == list(ROWS)
    assert [row.name for row in chosen_rows(["explicit"])] == ["explicit"]


def test_a_row_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UserError, match=r"no row 'best'; choose from: .*explicit"):
        chosen_rows(["best"])


def test_a_puppet_shows_what_the_injected_renderer_draws():
    avatar = read_avatar(GALLERY / "maya")
    picture = Puppet(avatar, StillPicture).picture(face(yaw_deg=10))
    assert (picture == avatar.portrait).all()
    assert not np.shares_memory(picture, avatar.portrait)
