"""Style presets and their strict loading."""

import json
import math

import pytest

from pipeline.errors import StyleError
from pipeline.knobs import KNOB_INDEX, KNOBS
from pipeline.style import BUILT_IN_STYLES, Style, list_styles, load_style
from tests.pipeline.test_former_style import ENERGETIC

SHIPPED = (
    "natural", "calm", "energetic", "friendly", "presenter", "serious", "shy", "storyteller",
)  # fmt: skip

FORMER_ENERGETIC = {"title": "Energetic", "vector": [0] * 8} | ENERGETIC


def entries(name="natural"):
    return json.loads((BUILT_IN_STYLES / f"{name}.json").read_text())


def write(folder, name, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / f"{name}.json").write_text(text)


def changed(**knobs):
    content = entries()
    return content | {"knobs": content["knobs"] | knobs}


def test_the_shipped_styles_are_listed_with_the_default_first(tmp_path):
    assert list_styles([BUILT_IN_STYLES, tmp_path]) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_style_loads(name):
    style = load_style(name)
    assert style.name == name
    assert style.title == name.capitalize()
    assert len(style.knobs) == len(KNOBS)


def test_shipped_styles_differ_in_what_they_promise():
    calm, natural, energetic = (load_style(name) for name in ("calm", "natural", "energetic"))
    for knob in ("gesture_rate", "gesture_extent", "head_energy", "blink_rate", "tempo"):
        values = [style.knobs[KNOB_INDEX[knob]] for style in (calm, natural, energetic)]
        assert values == sorted(values)
        assert len(set(values)) == 3


def test_no_two_shipped_styles_are_near_to_each_other():
    styles = [load_style(name) for name in SHIPPED]
    for index, one in enumerate(styles):
        for other in styles[:index]:
            assert math.dist(one.knobs, other.knobs) > 0.4


@pytest.mark.parametrize(
    "knobs", [(0.5,) * 13, (0.5,) * 13 + (1.1,), (0.5,) * 13 + (math.nan,), (True,) * 14]
)
def test_a_style_has_fourteen_numbers_from_0_to_1(knobs):
    with pytest.raises(StyleError, match="knob"):
        Style("mine", "Mine", knobs)


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
    ("content", "sentence"),
    [
        (entries() | {"blink": 3}, "unknown entry 'blink'"),
        (entries() | {"name": "x"}, "unknown entry 'name'"),
        (entries() | {"knobs": [0.5] * 14}, "'knobs' .* must be a JSON object"),
        (changed(wink=0.5), "unknown knob 'wink'"),
        (changed(smile=-0.1), "'smile' .* from 0 to 1"),
        (changed(smile=1.01), "'smile' .* from 0 to 1"),
        (changed(smile="much"), "'smile' .* must be a number"),
        (changed(smile=None), "'smile' .* must be a number"),
        (changed(smile=True), "'smile' .* must be a number"),
        (changed(tempo=float("nan")), "'tempo' .* must be a number"),
        (changed(tempo=10**400), "'tempo' .* must be a number"),
        (entries() | {"title": ""}, "title .* 1 to 60 characters"),
        (entries() | {"title": "a\nb"}, "title .* 1 to 60 characters"),
        ({"title": "Mine"}, "lacks the entry 'knobs'"),
        ({"knobs": entries()["knobs"]}, "lacks the entry 'title'"),
        ({"title": "Mine", "knobs": {"smile": 0.5}}, "lacks the knob 'articulation'"),
    ],
)
def test_a_damaged_style_says_what_is_wrong(content, sentence, tmp_path):
    write(tmp_path, "mine", content)
    with pytest.raises(StyleError, match=sentence):
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


def test_a_style_of_the_first_version_still_loads(tmp_path):
    write(tmp_path, "mine", FORMER_ENERGETIC | {"title": "From before"})
    style = load_style("mine", [tmp_path])
    assert style.title == "From before"
    assert style.knobs[KNOB_INDEX["gesture_rate"]] == 0.9


def test_a_damaged_style_of_the_first_version_is_a_sentence(tmp_path):
    write(tmp_path, "mine", FORMER_ENERGETIC | {"smile": "much"})
    with pytest.raises(StyleError, match="of the first version and its entry 'smile' is damaged"):
        load_style("mine", [tmp_path])
    write(tmp_path, "mine", {k: v for k, v in FORMER_ENERGETIC.items() if k != "title"})
    with pytest.raises(StyleError, match="title"):
        load_style("mine", [tmp_path])
