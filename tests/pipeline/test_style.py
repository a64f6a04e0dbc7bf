"""Style presets and their strict loading."""

import json

import pytest

from pipeline.errors import StyleError
from pipeline.style import BUILT_IN_STYLES, STYLE_VECTOR_SIZE, list_styles, load_style


def entries(name="natural"):
    return json.loads((BUILT_IN_STYLES / f"{name}.json").read_text())


def write(folder, name, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / f"{name}.json").write_text(text)


def test_the_shipped_styles_are_listed_with_the_default_first(tmp_path):
    assert list_styles([BUILT_IN_STYLES, tmp_path]) == (
        "natural",
        "calm",
        "energetic",
        "friendly",
    )


@pytest.mark.parametrize("name", ["natural", "calm", "energetic", "friendly"])
def test_every_shipped_style_loads(name):
    style = load_style(name)
    assert style.name == name
    assert style.title
    assert len(style.vector) == STYLE_VECTOR_SIZE


def test_natural_is_the_origin_of_the_style_space():
    assert set(load_style("natural").vector) == {0.0}


def test_shipped_styles_differ_in_what_they_promise():
    calm, natural, energetic = (load_style(name) for name in ("calm", "natural", "energetic"))
    for quantity in ("gesture_rate", "gesture_size", "head_drift_deg", "blink_rate_per_min"):
        values = [getattr(style, quantity) for style in (calm, natural, energetic)]
        assert values == sorted(values)
        assert len(set(values)) == 3


def test_an_unknown_style_lists_the_known_ones():
    with pytest.raises(StyleError, match=r"no style named 'angry'.*natural, calm, energetic"):
        load_style("angry")


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../natural", "..\\natural", "/etc/passwd", "natural.json", "a/b"),
        *("na tural", "natural\n", "natural\0", "-x", "ä", "x" * 65, None, 7),
    ],
)
def test_names_with_path_tricks_are_unknown_styles(name, tmp_path):
    outside = tmp_path / "styles"
    outside.mkdir()
    write(tmp_path, "natural", entries())
    with pytest.raises(StyleError, match="There is no style named"):
        load_style(name, [outside])


def test_a_style_of_the_users_is_found_second(tmp_path):
    write(tmp_path, "mine", entries() | {"title": "My own"})
    folders = [BUILT_IN_STYLES, tmp_path]
    assert list_styles(folders)[-1] == "mine"
    assert load_style("mine", folders).title == "My own"


def test_the_users_folder_cannot_shadow_a_shipped_style(tmp_path):
    write(tmp_path, "natural", entries() | {"title": "Shadow"})
    assert load_style("natural", [BUILT_IN_STYLES, tmp_path]).title == "Natural"


def test_files_whose_names_are_no_style_names_are_not_listed(tmp_path):
    for name in ("ok", "Not OK", ".hidden"):
        write(tmp_path, name, entries())
    assert list_styles([tmp_path]) == ("ok",)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"blink": 3}, "unknown entry 'blink'"),
        ({"name": "x"}, "unknown entry 'name'"),
        ({"smile": -0.1}, "'smile' .* from 0 to 0.6"),
        ({"smile": "much"}, "'smile' .* must be a number"),
        ({"smile": None}, "'smile' .* must be a number"),
        ({"smile": True}, "'smile' .* must be a number"),
        ({"breath_rate_hz": float("nan")}, "'breath_rate_hz' .* must be a number"),
        ({"vector": [0] * 7}, "must hold 8 numbers"),
        ({"vector": "00000000"}, "must hold 8 numbers"),
        ({"vector": [0] * 7 + [2]}, "'vector' .* from -1 to 1"),
        ({"title": ""}, "title .* 1 to 60 characters"),
        ({"title": "a\nb"}, "title .* 1 to 60 characters"),
    ],
)
def test_a_damaged_style_says_what_is_wrong(change, sentence, tmp_path):
    write(tmp_path, "mine", entries() | change)
    with pytest.raises(StyleError, match=sentence):
        load_style("mine", [tmp_path])


def test_a_missing_entry_is_named(tmp_path):
    content = entries()
    del content["nod_gain"]
    write(tmp_path, "mine", content)
    with pytest.raises(StyleError, match="lacks the entry 'nod_gain'"):
        load_style("mine", [tmp_path])


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "\ud800".encode("utf-8", "replace").decode()])
def test_a_file_that_is_no_json_object_is_refused(text, tmp_path):
    write(tmp_path, "mine", text)
    with pytest.raises(StyleError, match=r"style file mine\.json"):
        load_style("mine", [tmp_path])


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "mine.json").write_bytes(b"\xff\xfe\x00\x81" * 9)
    with pytest.raises(StyleError, match="cannot be read as JSON"):
        load_style("mine", [tmp_path])
