"""A file of votes that cannot be read, told to the person who chose it."""


class UnreadableVotes(ValueError):  # noqa: N818 — said as a sentence
    """Why a file was refused, on which line, and what to do.

    `template` holds the words with named gaps, so that they can be translated; `values` fills them.
    `line` is None for what concerns the whole file.
    """

    def __init__(self, template: str, line: int | None = None, **values: object) -> None:
        self.template, self.line, self.values = template, line, values
        said = template % values if values else template
        super().__init__(said if line is None else f"line {line}: {said}")
