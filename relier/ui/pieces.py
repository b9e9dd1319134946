"""The shapes that components take: a fact, an entry of a story. Tuples of the same order do too."""

from datetime import date, datetime
from typing import NamedTuple


class Fact(NamedTuple):
    """One short fact with its date: a line of `{% facts %}`."""

    term: str
    value: object
    on: date | None = None
    pictogram: str = ""


class Entry(NamedTuple):
    """One thing that happened: a line of `{% thread %}`. `readers` as for `{% readers %}`."""

    at: date | datetime
    words: str
    author: str = ""
    title: str = ""
    pictogram: str = ""
    readers: str = ""
    url: str = ""
