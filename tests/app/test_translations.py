import re
import string
from collections import Counter

import pytest
from PySide6.QtCore import QTranslator

from app.language import LANGUAGES, TRANSLATIONS
from app.translations import (
    compile_translations,
    find_sentences,
    find_texts,
    read_translations,
    write_translations,
)
from app.words import CONTEXT

TRANSLATED = [code for code, _ in LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values_and_has_at_most_one_key(language):
    known = read_translations(TRANSLATIONS / f"chatanyone_{language}.ts")
    assert len(known) > 150
    for source, translation in known.items():
        assert values_in(source) == values_in(translation), source
        assert source.count("&") == translation.count("&"), source


def values_in(text):
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_file_is_that_of_the_texts(language):
    translator = QTranslator()
    assert translator.load(f"chatanyone_{language}", str(TRANSLATIONS))
    known = read_translations(TRANSLATIONS / f"chatanyone_{language}.ts")
    compiled = {source: translator.translate(CONTEXT, source) for source in known}
    assert compiled == known


def test_texts_are_compiled(tmp_path):
    path = tmp_path / "chatanyone_de.ts"
    write_translations(path, "de", {"One": "a.py"}, {"One": "Eins"})
    compile_translations(path)
    translator = QTranslator()
    assert translator.load("chatanyone_de", str(tmp_path))
    assert translator.translate(CONTEXT, "One") == "Eins"


def test_texts_are_found_in_the_code(tmp_path):
    (tmp_path / "a.py").write_text('tr("One {x}", x=1); other("No")\nWORDS = mark("Two" " halves")')
    (tmp_path / "b.py").write_text("tr(WORDS); tr('One {x}', x=2)")
    assert find_texts(tmp_path) == {"One {x}": "a.py", "Two halves": "a.py"}


def test_a_text_that_is_put_together_at_run_time_is_refused(tmp_path):
    (tmp_path / "a.py").write_text('tr(f"Hello {name}")')
    with pytest.raises(ValueError, match=re.escape("a.py:1")):
        find_texts(tmp_path)


def test_what_was_translated_stays_and_what_is_gone_is_dropped(tmp_path):
    path = tmp_path / "chatanyone_de.ts"
    write_translations(path, "de", {"One": "a.py", "Old": "a.py"}, {"One": "Eins", "Old": "Alt"})
    known = read_translations(path)
    assert known == {"One": "Eins", "Old": "Alt"}
    write_translations(path, "de", {"One": "a.py", "New & <b>": "b.py"}, known)
    assert read_translations(path) == {"One": "Eins"}
    assert 'type="unfinished"' in path.read_text(encoding="utf-8")
    assert read_translations(tmp_path / "none.ts") == {}


def test_sentences_of_the_pipeline_are_found(tmp_path):
    (tmp_path / "a.py").write_text(
        'GONE = "{name} is gone."\n'
        "raise CameraError(GONE, name=name)\n"
        'raise MediaError("The disk is full.") from error\n'
        'Finding("code", "It is dark." if dark else "It is bright.", "Use another one.")\n'
        'notices.tell(CHOICE, Sentence("{reason} It stays.", reason=Sentence("No.")))\n'
        'raise ValueError("for programmers"); raise ModelError(f"{path} is put together.")\n'
    )
    assert set(find_sentences(tmp_path)) == {
        "{name} is gone.", "The disk is full.", "It is dark.", "It is bright.",
        "Use another one.", "{reason} It stays.", "No.",
    }  # fmt: skip
