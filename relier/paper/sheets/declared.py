"""What a sheet asks, declared once: a title, an introduction, and questions in an order.

    Sheet(
        name="support.request",
        version="1",
        title=pgettext_lazy("person", "Your request"),
        questions=(
            OneChoice("reply", pgettext_lazy("person", "How do we answer you?"), choices=(…)),
            Line("words", pgettext_lazy("person", "Tell us, in your words"), lines=4),
        ),
    )

Nothing is compulsory: there is no way to declare a question that must be answered. What cannot
work is refused as it is declared. A sheet that changes gets a new version: what was printed with
the old one is still read with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.functional import Promise

from relier.paper.worded import RATHER_NOT_KEY
from relier.ui.pictograms import WORDS

Text = str | Promise
Audience = Literal["person", "worker"]
SheetKind = Literal["ordinary", "ballot"]
# How long the images of a filled sheet are kept: a working copy, until some days after it is
# closed; what is signed, by the term of its kind; a ballot, until the count is closed.
Keeps = Literal["working", "signed", "ballot"]

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")
MOST_DIGITS = 9
MOST_LINES = 12
YES, NO = "yes", "no"
FORM_KEY = "form_key"  # what lets a form be kept once has this name already


class NotASheet(ValueError):  # noqa: N818 — said as a sentence
    """What was declared cannot be asked: which sheet or question, and why."""


@dataclass(frozen=True)
class Choice:
    """An answer to tick. `pictogram`: a name of `relier.ui.pictograms`."""

    key: str
    wording: Text
    hint: Text = ""
    pictogram: str = ""


@dataclass(frozen=True)
class Question:
    """What all questions have. `rather_not`: whether "I'd rather not answer" stands among the
    answers; None: where a person answers, and not where a worker does. `by_ink`: most leave it
    blank, or only sign there: nobody is asked to look where there is surely no ink, nor where a
    signature surely is."""

    key: str
    wording: Text
    hint: Text = ""
    pictogram: str = ""
    rather_not: bool | None = None
    by_ink: bool = False

    def check(self) -> None:
        """Raises NotASheet."""
        if not KEY.fullmatch(self.key) or self.key == FORM_KEY:
            raise NotASheet(
                f"The key {self.key!r}: small letters, figures and _, 40 at most, a letter first."
            )
        if isinstance(self.wording, str) and not self.wording.strip():
            raise NotASheet(f"The question {self.key!r} has no wording.")
        _check_pictogram(self.pictogram, self.key)


@dataclass(frozen=True)
class _Ticked(Question):
    choices: tuple[Choice, ...] = ()
    least_choices = 1

    def check(self) -> None:
        super().check()
        keys = [choice.key for choice in self.choices]
        if len(keys) < self.least_choices:
            raise NotASheet(f"The question {self.key!r} has too few choices: {len(keys)}.")
        if repeated := _repeated(keys):
            raise NotASheet(f"The question {self.key!r} has the choice {repeated!r} twice.")
        if RATHER_NOT_KEY in keys and self.rather_not is not False:
            raise NotASheet(f"{self.key}: {RATHER_NOT_KEY!r} is added by itself.")
        for choice in self.choices:
            if not KEY.fullmatch(choice.key):
                raise NotASheet(f"{self.key}: the choice {choice.key!r} is no key.")
            if isinstance(choice.wording, str) and not choice.wording.strip():
                raise NotASheet(f"{self.key}: the choice {choice.key!r} has no wording.")
            _check_pictogram(choice.pictogram, self.key)


@dataclass(frozen=True)
class OneChoice(_Ticked):
    """One answer among several: the key of a choice."""

    least_choices = 2


@dataclass(frozen=True)
class Several(_Ticked):
    """Any number of answers: the keys of choices, in their order."""


@dataclass(frozen=True)
class YesNo(Question):
    """Yes or no: True or False."""


@dataclass(frozen=True)
class Number(Question):
    """A whole number of at most `digits` figures, from `least` to `most` included (None: as many
    as the figures allow)."""

    digits: int = 2
    least: int = 0
    most: int | None = None

    @property
    def highest(self) -> int:
        written: int = 10**self.digits - 1
        return written if self.most is None else self.most

    def check(self) -> None:
        super().check()
        if not 1 <= self.digits <= MOST_DIGITS:
            raise NotASheet(f"{self.key}: a number has 1 to {MOST_DIGITS} figures.")
        if not 0 <= self.least <= self.highest < 10**self.digits:
            raise NotASheet(f"{self.key}: from {self.least} to {self.highest} cannot be written.")


@dataclass(frozen=True)
class Hours(Question):
    """How long, in hours and minutes: whole minutes, `most` included."""

    most: int = 24 * 60

    def check(self) -> None:
        super().check()
        if not 0 < self.most <= 24 * 60:
            raise NotASheet(f"{self.key}: a length of time is at most a day.")


@dataclass(frozen=True)
class Date(Question):
    """A day, from `first` to `last` included where they are given."""

    first: date | None = None
    last: date | None = None

    def check(self) -> None:
        super().check()
        if self.first and self.last and self.last < self.first:
            raise NotASheet(f"{self.key}: its last day comes before its first.")


@dataclass(frozen=True)
class Line(Question):
    """Words, on `lines` lines of paper, `longest` characters at most."""

    lines: int = 1
    longest: int = 1000

    def check(self) -> None:
        super().check()
        if not 1 <= self.lines <= MOST_LINES:
            raise NotASheet(f"{self.key}: 1 to {MOST_LINES} lines to write on.")
        if self.longest < 1:
            raise NotASheet(f"{self.key}: there is no room for a word.")


@dataclass(frozen=True)
class Signature(Question):
    """Whether it is signed: True. `who` signs stands under the room for it."""

    who: Text = ""


@dataclass(frozen=True)
class Row:
    """A line of a table. `label` stands before its questions; "": the first of them stands there
    (room for a name that nobody foresaw)."""

    label: Text
    questions: tuple[Question, ...]
    pictogram: str = ""


@dataclass(frozen=True)
class Table:
    """A list with a line for each person or thing, and the same columns on every line. `heads`:
    above the labels, then above each column; boxes bear the words of their choices. `tall`: labels
    are whole sentences, and each line is as high as its own."""

    heads: tuple[Text, ...]
    rows: tuple[Row, ...]
    tall: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for row in self.rows for question in row.questions)

    def check(self) -> None:
        """Raises NotASheet."""
        for row in self.rows:
            _check_pictogram(row.pictogram, str(row.label))
            kinds = [type(question) for question in row.questions]
            named = kinds if row.label else kinds[1:]
            if not row.label and kinds[:1] != [Line]:
                raise NotASheet("A line of a table has a label, or room to write one.")
            if len(named) != len(self.heads) - 1 or Several in kinds or Date in kinds:
                raise NotASheet("The lines of a table have the columns of its heads.")


@dataclass(frozen=True)
class Sheet:
    """`name`: the room, a dot, its own name. `introduction`: paragraphs. `table`: a list, whose
    questions are the first ones of the sheet. `keep`: of a ballot whose sheets are told apart, the
    lines of a part to cut off at the foot of each page, beside a number. Raises NotASheet."""

    name: str
    version: str
    title: Text
    questions: tuple[Question, ...]
    introduction: tuple[Text, ...] = ()
    audience: Audience = "person"
    kind: SheetKind = "ordinary"
    keeps: Keeps = "working"
    table: Table | None = None
    keep: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise NotASheet(f"{self.name!r} is no name of a sheet: as in 'support.request'.")
        if not VERSION.fullmatch(self.version):
            raise NotASheet(f"{self.name}: {self.version!r} is no version: as in '1' or '2026-11'.")
        if isinstance(self.title, str) and not self.title.strip():
            raise NotASheet(f"{self.name} has no title.")
        if not self.questions:
            raise NotASheet(f"{self.name} asks nothing.")
        for question in self.questions:
            question.check()
        if repeated := _repeated(question.key for question in self.questions):
            raise NotASheet(f"{self.name} has the question {repeated!r} twice.")
        self._check_table()
        self._check_what_is_kept()

    def _check_table(self) -> None:
        if self.table is None:
            return
        self.table.check()
        first = self.table.questions
        if not first or self.questions[: len(first)] != first:
            raise NotASheet(f"{self.name}: its questions begin with those of its table.")

    def _check_what_is_kept(self) -> None:
        kinds = {type(question) for question in self.questions}
        if Signature in kinds and self.keeps != "signed":
            raise NotASheet(f"{self.name} is signed: it keeps='signed'.")
        if (self.kind == "ballot") != (self.keeps == "ballot"):
            raise NotASheet(f"{self.name}: a ballot, and nothing else, keeps='ballot'.")
        if self.kind == "ballot" and kinds & {Line, Signature}:
            raise NotASheet(f"{self.name}: a ballot holds no handwriting, which names its author.")
        if self.keep and self.kind != "ballot":
            raise NotASheet(f"{self.name}: only a ballot has a part to cut off.")

    def question(self, key: str) -> Question:
        """Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    def offers_rather_not(self, question: Question) -> bool:
        if question.rather_not is None:
            return self.audience == "person" and not isinstance(question, Signature)
        return question.rather_not


def _check_pictogram(name: str, key: str) -> None:
    if name and name not in WORDS:
        raise NotASheet(f"{key}: no pictogram named {name!r}; see relier/ui/pictograms.py.")


def _repeated(keys: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None
