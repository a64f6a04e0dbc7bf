import cv2
import numpy as np
import pytest

from app.cli import own_picture
from pipeline.avatar import GALLERY, load_avatar
from tests.pipeline.portrait.imported import imported

PICTURE = GALLERY / "maya" / "portrait.png"


def test_importing_needs_consent_and_says_to_what(command, tmp_path):
    outcome = command("avatar", "import", PICTURE, "--name", "Me")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "--consent" in outcome.err
    assert "right to use" in outcome.err
    assert not list((tmp_path / "home").rglob("avatar.json"))


def test_an_avatar_is_imported_listed_and_removed(command, tmp_path):
    outcome = command("avatar", "import", PICTURE, "--name", "Me", "--consent", "--json")
    assert outcome.code == 0, outcome.err
    assert outcome.answer["name"] == "Me"
    assert outcome.answer["faces"] == 1
    assert outcome.answer["findings"] == []
    listed = command("avatar", "list", "--json").answer["avatars"]
    assert [avatar["name"] for avatar in listed if avatar["own"]] == ["Me"]
    again = command("avatar", "import", PICTURE, "--name", "me", "--consent")
    assert again.code == 2
    assert "already" in again.err
    assert command("avatar", "remove", "Me").code == 0
    assert not list((tmp_path / "home").rglob("avatar.json"))
    assert command("avatar", "remove", "Me").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.png", "--name", "Me"], "There is no picture"),
        ([GALLERY, "--name", "Me"], "is a folder"),
        ([GALLERY / "maya" / "fit.npz", "--name", "Me"], "is not a picture"),
        ([PICTURE, "--name", "maya"], "gallery"),
        ([PICTURE, "--name", "a/b"], "cannot be the name"),
        ([PICTURE, "--name", "Me", "--points", "1,2 3,4"], "four points"),
        ([PICTURE, "--name", "Me", "--points", "1,2 3,4 5,6 7,9999"], "outside"),
        ([PICTURE, "--name", "Me", "--face", "2"], "has no face 2"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing_behind(command, tmp_path, arguments, words):
    outcome = command("avatar", "import", *arguments, "--consent")
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
    assert not list((tmp_path / "home").rglob("avatar*"))


def test_gallery_avatars_stay(command):
    outcome = command("avatar", "remove", "maya")
    assert outcome.code == 2
    assert "gallery" in outcome.err


def test_a_picture_can_be_shown_for_one_run(capfd, monkeypatch, tmp_path):
    monkeypatch.setattr(own_picture.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(own_picture, "import_with_progress", lambda path: imported())
    with own_picture.usable_avatar(str(PICTURE)) as name:
        avatar = load_avatar(name)
        np.testing.assert_array_equal(avatar.portrait, imported().framed.pixels)
        assert avatar.folder.is_relative_to(tmp_path)
    assert "right to use" in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_names_are_left_alone():
    with own_picture.usable_avatar("maya") as name:
        assert name == "maya"
    with own_picture.usable_avatar("") as name:
        assert name == ""


@pytest.mark.parametrize("where", ["render", "live"])
def test_render_and_live_refuse_a_picture_without_a_face(command, tmp_path, where):
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((300, 200, 3), 99, np.uint8))
    extra = ("--out", tmp_path / "v.mp4", "--audio", "tests/data/go_forward.flac")
    if where == "live":
        extra = ("--camera", "none", "--mic", "tests/data/go_forward.flac")
    outcome = command(where, "--avatar", tmp_path / "wall.png", *extra)
    assert outcome.code == 2
    assert "No face was found" in outcome.err
