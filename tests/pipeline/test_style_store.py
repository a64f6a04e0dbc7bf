"""Styles of the user's own, on disk."""

from dataclasses import replace

import pytest

from pipeline.errors import StyleError
from pipeline.knobs import KNOBS
from pipeline.style import Style, load_style
from pipeline.style_store import check_style_name, remove_style, save_style


@pytest.fixture
def mine():
    return Style("mine", "My style", (0.125,) * len(KNOBS))


def louder(style):
    return replace(style, knobs=(0.875, *style.knobs[1:]))


def test_a_saved_style_is_loaded_again_as_it_was(mine, tmp_path):
    save_style(mine, folder=tmp_path / "styles")
    assert load_style("mine", [tmp_path / "styles"]) == mine
    assert [path.name for path in (tmp_path / "styles").iterdir()] == ["mine.json"]


def test_a_taken_name_needs_replace(mine, tmp_path):
    save_style(mine, folder=tmp_path)
    with pytest.raises(StyleError, match=r"a style 'mine' already.*--replace"):
        save_style(louder(mine), folder=tmp_path)
    assert load_style("mine", [tmp_path]) == mine
    save_style(louder(mine), replace=True, folder=tmp_path)
    assert load_style("mine", [tmp_path]) == louder(mine)


@pytest.mark.parametrize("replaced", [False, True])
def test_shipped_styles_are_never_written_or_removed(mine, replaced, tmp_path):
    with pytest.raises(StyleError, match="'calm' is one that ships"):
        save_style(replace(mine, name="calm"), replaced, tmp_path)
    with pytest.raises(StyleError, match="'calm' is one that ships"):
        remove_style("calm", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["", "..", "a/b", "Mine", "-x", "x" * 65, "ä", "a.json", "a b"])
def test_names_that_are_no_file_names_are_refused(name, tmp_path):
    with pytest.raises(StyleError, match="cannot name a style"):
        check_style_name(name, folder=tmp_path)
    with pytest.raises(StyleError, match="There is no style named"):
        remove_style(name, tmp_path)


def test_a_place_that_cannot_be_written_is_a_sentence(mine, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StyleError, match="cannot be written"):
        save_style(mine, folder=tmp_path / "file")
    (tmp_path / "mine.json").mkdir()
    with pytest.raises(StyleError, match="cannot be written"):
        save_style(mine, replace=True, folder=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine.json"]


def test_removing_takes_damaged_styles_too(mine, tmp_path):
    (tmp_path / "mine.json").write_text("{")
    remove_style("mine", tmp_path)
    assert not list(tmp_path.iterdir())
    with pytest.raises(StyleError, match="no style named 'mine'; your own: none"):
        remove_style("mine", tmp_path)
    save_style(mine, folder=tmp_path)
    with pytest.raises(StyleError, match="no style named 'other'; your own: mine"):
        remove_style("other", tmp_path)
