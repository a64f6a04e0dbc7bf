import hashlib
import json
import os

import numpy as np
import pytest

from pipeline.avatar import GALLERY, list_avatars, load_avatar, read_avatar
from pipeline.errors import AvatarError
from pipeline.portrait import saved_avatar
from pipeline.portrait.avatar_name import check_name
from pipeline.portrait.consent import STATEMENT, Consent
from pipeline.portrait.saved_avatar import remove_avatar, save
from tests.pipeline.portrait.imported import PORTRAIT, imported

CONSENT = Consent.given_now(imported().picture.sha256)


@pytest.fixture
def saved(tmp_path):
    folder = tmp_path / "avatars"
    save(imported(), "Me", CONSENT, folder)
    return folder


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_saved_avatar_is_read_back_as_it_was_imported(saved):
    avatar = load_avatar("Me", (saved,))
    np.testing.assert_array_equal(avatar.portrait, imported().framed.pixels)
    np.testing.assert_array_equal(avatar.matte, imported().layers.matte)
    np.testing.assert_array_equal(avatar.background, imported().layers.background)
    np.testing.assert_array_equal(avatar.regions, imported().layers.regions)
    np.testing.assert_allclose(avatar.identity, imported().fit.identity, atol=1e-6)
    np.testing.assert_allclose(avatar.correction, imported().fit.correction, atol=2e-5)
    np.testing.assert_allclose(avatar.camera.centre_px, imported().fit.camera.centre_px)
    assert avatar.long_sleeves == imported().layers.long_sleeves


def test_consent_picture_and_label_are_noted(saved):
    description = json.loads((saved / "Me" / "avatar.json").read_text(encoding="utf-8"))
    assert description["synthetic"] is False
    assert description["label"] == "AI avatar"
    assert description["label_on"] is True
    consent = description["consent"]
    assert consent["picture_sha256"] == hashlib.sha256(PORTRAIT.read_bytes()).hexdigest()
    assert consent["statement"] == STATEMENT
    assert consent["date"].endswith("+00:00")
    assert description["made_with"]
    assert STATEMENT in (saved / "Me" / "licence.txt").read_text(encoding="utf-8")


def test_every_array_of_the_gallery_is_there(saved):
    with np.load(saved / "Me" / "fit.npz") as own, np.load(GALLERY / "maya" / "fit.npz") as maya:
        assert set(own.files) == set(maya.files) | {"correction"}
        assert own["correction"].dtype == np.float16
        assert own["joint_rotation"].shape == maya["joint_rotation"].shape


@pytest.mark.parametrize(
    "name",
    ["", " ", "../x", "a/b", "Ärger", "x" * 65, "con", "nul.txt", "me.png", "me.", "-x", "maya"],
)
def test_names_that_would_not_work_everywhere_are_refused(tmp_path, name):
    with pytest.raises(AvatarError):
        check_name(name, tmp_path)


@pytest.mark.parametrize("name", ["Me", "me 2", "Anna-Lena_3", "7"])
def test_ordinary_names_are_taken(tmp_path, name):
    check_name(name, tmp_path)


@pytest.mark.parametrize("name", ["Me", "ME", "me"])
def test_a_taken_name_is_refused_whatever_its_case(saved, name):
    before = files_in(saved)
    with pytest.raises(AvatarError, match="named 'Me' already"):
        save(imported(), name, CONSENT, saved)
    assert files_in(saved) == before


def test_an_avatar_can_be_replaced(saved):
    (saved / "Me" / "mark").write_text("old")
    save(imported(), "me", CONSENT, saved, replace=True)
    assert [entry.name for entry in list_avatars((saved,))] == ["me"]
    assert not (saved / "me" / "mark").exists()
    read_avatar(saved / "me")
    assert not [path for path in saved.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["write_avatar", "_exchange"])
def test_nothing_is_left_behind_where_saving_fails(tmp_path, monkeypatch, fault, step):
    real = getattr(saved_avatar, step)

    def fail(*arguments):
        if step == "write_avatar":
            real(*arguments)
        raise fault

    monkeypatch.setattr(saved_avatar, step, fail)
    expected = AvatarError if isinstance(fault, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        save(imported(), "Me", CONSENT, tmp_path)
    assert files_in(tmp_path) == []


def test_a_failed_replacement_keeps_the_former_avatar(saved, monkeypatch):
    real = os.replace

    def fail(source, target):
        if str(target) == str(saved / "Me") and "fresh" in str(source):
            raise OSError(5, "Input/output error")
        real(source, target)

    before = files_in(saved)
    monkeypatch.setattr(saved_avatar.os, "replace", fail)
    with pytest.raises(AvatarError, match="input/output error"):
        save(imported(), "Me", CONSENT, saved, replace=True)
    monkeypatch.undo()
    assert files_in(saved) == before
    read_avatar(saved / "Me")


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path):
    (tmp_path / "avatars").write_text("a file")
    with pytest.raises(AvatarError, match="cannot be changed"):
        save(imported(), "Me", CONSENT, tmp_path / "avatars")


def test_an_own_avatar_is_removed(saved):
    remove_avatar("Me", saved)
    assert files_in(saved) == []


def test_gallery_avatars_and_strangers_are_not_removed(saved):
    with pytest.raises(AvatarError, match="gallery"):
        remove_avatar("maya", saved)
    with pytest.raises(AvatarError, match="your own: Me"):
        remove_avatar("nobody", saved)
    with pytest.raises(AvatarError):
        remove_avatar("../avatars/Me", saved)
    assert (GALLERY / "maya" / "avatar.json").is_file()
