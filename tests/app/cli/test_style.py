"""Styles on the command line."""

import json

import pytest

from pipeline.rates import FPS
from pipeline.style import load_style
from tests.pipeline.recitals import recital
from tests.pipeline.sounds import write_silent_video


@pytest.fixture(scope="module")
def motion(tmp_path_factory):
    path = tmp_path_factory.mktemp("motion") / "m.npz"
    recital(load_style("energetic"), 12 * FPS).save(path)
    return path


def test_a_learnt_style_is_listed_and_can_be_removed(command, motion):
    learnt = command("style", "learn", motion, "--name", "me", "--title", "Just me", "--json")
    assert learnt.code == 0, learnt.err
    assert learnt.answer["told"]["smile"] == pytest.approx(0.6, abs=0.25)
    assert {"name": "me", "title": "Just me"} in command("style", "list", "--json").answer["styles"]
    assert command("style", "remove", "me").code == 0
    assert "me " not in command("style", "list").out


def test_a_taken_name_is_refused_before_any_work(command, motion, tmp_path):
    for name in ("natural", "No Name"):
        outcome = command("style", "learn", tmp_path / "missing.npz", "--name", name)
        assert outcome.code == 2
        assert "missing.npz" not in outcome.err
    assert command("style", "learn", motion, "--name", "me").code == 0
    again = command("style", "learn", motion, "--name", "me")
    assert again.code == 2
    assert "--replace" in again.err
    assert command("style", "learn", motion, "--name", "me", "--replace").code == 0


@pytest.mark.parametrize("title", ["", "x" * 61, "a\nb"])
def test_an_unusable_title_is_a_sentence(command, motion, title):
    outcome = command("style", "learn", motion, "--name", "me", "--title", title)
    assert outcome.code == 2
    assert "title of a style" in outcome.err


def test_what_is_no_clip_is_a_sentence(command, tmp_path):
    path = tmp_path / "clip.npz"
    outcome = command("style", "learn", path, "--name", "me")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    path.write_text("no motion")
    assert command("style", "learn", path, "--name", "me").code == 2
    assert command("style", "remove", "me").code == 2


def test_a_damaged_style_is_named_and_the_others_are_listed(command, motion):
    learnt = command("style", "learn", motion, "--name", "me", "--json").answer
    with open(learnt["file"], "w") as file:
        json.dump({"title": "Broken"}, file)
    outcome = command("style", "list", "--json")
    assert outcome.code == 0
    assert "me.json" in outcome.err
    assert "me" not in [style["name"] for style in outcome.answer["styles"]]


def test_a_video_without_a_face_is_a_sentence(command, tmp_path):
    path = write_silent_video(tmp_path / "grey.mp4", 40)
    outcome = command("style", "learn", path, "--name", "me")
    assert outcome.code == 2
    assert outcome.err.startswith("No face is to be seen in grey.mp4")
    assert "me " not in command("style", "list").out
