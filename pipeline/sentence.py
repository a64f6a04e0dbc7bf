"""Sentences to the user that remember how they were put together."""


class Sentence(str):
    """An English sentence which whoever shows it can put together in another language.

    template: the text, with a {name} for each of `values`, which may be sentences themselves
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        """A template without values is taken as it is, braces included."""
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made
