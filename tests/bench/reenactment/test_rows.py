from pathlib import Path

import numpy as np
import pytest

from bench.faces import face
from bench.puppet import Puppet
from bench.reenactment.rows import EXPLICIT, FULL, LITE, NAMES, StillPicture, chosen_names, rows
from bench.reenactment.weights import Weights
from pipeline.avatar import GALLERY, read_avatar
from pipeline.errors import ModelError, UserError

RUN = Weights(Path("average.safetensors"))


class _Nothing(Weights):
    @property
    def exist(self) -> bool:
        return False


def test_all_rows_are_chosen_unless_some_are_named():
    assert chosen_names([], RUN) == [*(row.name for row in EXPLICIT), LITE, *FULL] == list(NAMES)
    assert chosen_names(["full", "explicit"], RUN) == ["explicit", "full"]


def test_without_networks_there_are_the_explicit_rows():
    assert chosen_names([], _Nothing()) == ["still portrait", "explicit"]
    assert [row.name for row in rows(["explicit"], _Nothing())] == ["explicit"]
    with pytest.raises(ModelError, match="'full' do not ship yet; give those"):
        chosen_names(["explicit", "full"], _Nothing())


def test_a_row_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UserError, match=r"no row 'best'; choose from: .*explicit"):
        chosen_names(["best"], RUN)


def test_a_puppet_shows_what_the_injected_renderer_draws():
    avatar = read_avatar(GALLERY / "maya")
    picture = Puppet(avatar, StillPicture).picture(face(yaw_deg=10))
    assert (picture == avatar.portrait).all()
    assert not np.shares_memory(picture, avatar.portrait)
