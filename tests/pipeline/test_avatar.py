import json
import shutil

import cv2
import numpy as np
import pytest

from pipeline.avatar import GALLERY, list_avatars, load_avatar, read_avatar
from pipeline.errors import AvatarError
from pipeline.names import BODY_JOINTS
from pipeline.template import load_template


@pytest.fixture
def own_folder(tmp_path):
    """A folder with a copy of the first avatar of the gallery."""
    shutil.copytree(list_avatars((GALLERY,))[0].folder, tmp_path / "copy")
    return tmp_path


@pytest.mark.parametrize("entry", list_avatars((GALLERY,)), ids=lambda entry: entry.name)
def test_every_avatar_of_the_gallery_loads_and_fits_the_template(entry):
    avatar = read_avatar(entry.folder)
    assert avatar.portrait.shape == avatar.background.shape == (768, 512, 3)
    assert avatar.matte.shape == (768, 512)
    assert avatar.identity.shape == (len(load_template().identity_names),)
    assert avatar.source.joint_rotation.shape == (len(BODY_JOINTS), 3)
    np.testing.assert_allclose(
        avatar.camera.rotation @ avatar.camera.rotation.T, np.eye(3), atol=1e-5
    )
    assert (entry.folder / "licence.txt").read_text(encoding="utf-8").strip()
    assert (
        json.loads((entry.folder / "avatar.json").read_text(encoding="utf-8"))["synthetic"] is True
    )


def test_the_first_of_the_gallery_is_the_default():
    assert load_avatar().name == list_avatars()[0].name


def test_an_unknown_avatar_lists_the_known_ones():
    with pytest.raises(AvatarError, match=list_avatars()[0].name):
        load_avatar("nobody")


@pytest.mark.parametrize("name", ["../maya", "a/b", "", "..", "a\0b", "C:\\x"])
def test_names_with_path_tricks_are_refused(name):
    with pytest.raises(AvatarError, match="choose one of"):
        load_avatar(name)


def test_a_picture_file_gets_its_own_sentence():
    with pytest.raises(AvatarError, match="avatar import"):
        load_avatar("me.jpg")


def test_an_avatar_is_found_by_the_path_of_its_folder(own_folder):
    assert load_avatar(str(own_folder / "copy")).folder == own_folder / "copy"


@pytest.mark.parametrize("missing", ["portrait.png", "matte.png", "background.png", "fit.npz"])
def test_a_missing_file_is_named(own_folder, missing):
    (own_folder / "copy" / missing).unlink()
    with pytest.raises(AvatarError, match=missing):
        load_avatar("copy", (own_folder,))


def test_a_damaged_fit_is_named(own_folder):
    (own_folder / "copy" / "fit.npz").write_bytes(b"PK\3\4 but no archive")
    with pytest.raises(AvatarError, match="damaged"):
        load_avatar("copy", (own_folder,))


def test_a_portrait_of_another_size_is_refused(own_folder):
    cv2.imwrite(str(own_folder / "copy" / "portrait.png"), np.zeros((10, 10, 3), np.uint8))
    with pytest.raises(AvatarError, match="512x768"):
        load_avatar("copy", (own_folder,))


def test_an_empty_gallery_says_what_to_do(tmp_path):
    with pytest.raises(AvatarError, match="install"):
        load_avatar(None, (tmp_path,))


@pytest.mark.parametrize("text", ["{", "[1]", ""])
def test_a_damaged_description_hides_no_other_avatar(tmp_path, text):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "avatar.json").write_text(text, encoding="utf-8")
    assert [entry.name for entry in list_avatars((GALLERY, tmp_path))][-1] == "broken"
    with pytest.raises(AvatarError, match="'broken' is damaged"):
        load_avatar("broken", (GALLERY, tmp_path))


def test_a_drawing_says_its_ink_and_a_photograph_has_none():
    ink = load_avatar("hugo", (GALLERY,)).ink
    assert ink is not None
    assert ink.shape == (3,)
    assert ink.max() < 0.3
    assert load_avatar("maya", (GALLERY,)).ink is None
