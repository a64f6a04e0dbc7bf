"""What the user reads, in the language chosen.

Every text of the window stands in the code as `tr("…")`, in English; `mark("…")` where it is
defined at import and translated later, by `tr(that)`.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = "ChatAnyone"


def tr(text: str, **values: object) -> str:
    """The text in the user's language, each {name} in it replaced by `values[name]`."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """The text itself, found by the list of what has to be translated."""
    return text
