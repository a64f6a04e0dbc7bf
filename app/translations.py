"""Brings the translations up to date with the code.

    python -m app.translations

Finds every `tr("…")` and `mark("…")` of the application and the sentences that the pipeline tells
the user, adds what is new to the .ts files of `resources/translations` (for Qt Linguist, or any
editor), drops what is gone, compiles the .qm files, and prints what still waits for a translation.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from app.language import LANGUAGES, SOURCE_LANGUAGE, TRANSLATIONS
from app.words import CONTEXT
from pipeline import errors
from pipeline.portrait.consent import STATEMENT

SOURCES = Path(__file__).resolve().parent
PIPELINE = SOURCES.parent / "pipeline"
CALLS = {"tr", "mark"}
# What is told to the user, by the argument from which on it stands.
SENTENCES = {"Sentence": 0, "Finding": 1, "SpeakerError": 0} | {
    name: 0
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.UserError)
}
# Shown by the window, but defined where no Qt is known.
FROM_ELSEWHERE = {STATEMENT: "consent.py"}
HEADER = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def main() -> int:
    """Update all; 1 where a translation is missing."""
    texts = find_texts(SOURCES) | find_sentences(PIPELINE) | FROM_ELSEWHERE
    missing = 0
    for language, _ in LANGUAGES:
        if language == SOURCE_LANGUAGE:
            continue
        path = TRANSLATIONS / f"chatanyone_{language}.ts"
        known = read_translations(path)
        write_translations(path, language, texts, known)
        waiting = sorted(text for text in texts if not known.get(text))
        missing += len(waiting)
        for text in waiting:
            print(f"{language}: {text}")
        compile_translations(path)
        print(f"{path.name}: {len(texts) - len(waiting)} of {len(texts)} texts")
    return 1 if missing else 0


def find_texts(folder: Path) -> dict[str, str]:
    """What has to be translated, and the file in which it was found first.

    Raises ValueError where `tr` or `mark` is given a literal that is put together at run time.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for name, node in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            if name not in CALLS or not node.args:
                continue
            if isinstance(node.args[0], ast.JoinedStr):
                raise ValueError(f"{path.name}:{node.lineno}: give the values by name, no f-string")
            if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                found.setdefault(node.args[0].value, path.name)
    return {text: name for text, name in found.items() if text}


def find_sentences(folder: Path) -> dict[str, str]:
    """What the pipeline tells the user, and the file in which it was found first.

    Literals, and names of them defined in the same file; what is put together at run time without
    a template stays in English.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for name, node in _calls(tree):
            for given in node.args[SENTENCES.get(name, len(node.args)) :]:
                either = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
                for text in either:
                    literal = named.get(text.id) if isinstance(text, ast.Name) else text
                    if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                        found.setdefault(literal.value, path.name)
    return {text: name for text, name in found.items() if text}


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def read_translations(path: Path) -> dict[str, str]:
    """Finished translations of a .ts file by their source; empty where there is no file yet."""
    if not path.is_file():
        return {}
    messages = ElementTree.parse(path).iter("message")
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in messages
        if message.find("translation[@type='unfinished']") is None
    }


def write_translations(
    path: Path, language: str, texts: dict[str, str], known: dict[str, str]
) -> None:
    """Write a .ts file with these texts, ordered by file and text."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, name in sorted(texts.items(), key=lambda entry: (entry[1], entry[0])):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=name)
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "  ")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + ElementTree.tostring(root, "unicode") + "\n", encoding="utf-8")


def compile_translations(path: Path) -> None:
    """Make the .qm file beside a .ts file. Raises CalledProcessError where Qt's tool fails."""
    tool = next(Path(*PySide6.__path__).glob("lrelease*"))
    subprocess.run([tool, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)


if __name__ == "__main__":
    sys.exit(main())
