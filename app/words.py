"""What the user reads, in the language chosen.

Every text of the window stands in the code as `tr("…")`, in English; `mark("…")` where it is
defined at import and translated later, by `tr(that)`.
"""

from PySide6.QtCore import QCoreApplication

from pipeline.sentence import Sentence

CONTEXT = "ChatAnyone"


def tr(text: str, **values: object) -> str:
    """The text in the user's language, each {name} in it replaced by `values[name]`."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """The text itself, found by the list of what has to be translated."""
    return text


def say(sentence: str) -> str:
    """A sentence of the pipeline in the user's language; in English where it is not known."""
    if not isinstance(sentence, Sentence):
        return tr(sentence) if sentence else ""
    values = {
        name: say(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return tr(sentence.template, **values)
