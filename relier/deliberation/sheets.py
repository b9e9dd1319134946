"""The statements of a round as a sheet: printed on ballots, said aloud. One declaration, so that
paper and voice ask the same thing in the same words (`relier.paper.sheets`).

All that a sheet is made of stands in its occasion: the words as they were that day.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import pgettext, pgettext_lazy

from relier.accounts.actors import Actor
from relier.paper.sheets import (
    Answered,
    Apart,
    Choice,
    NotASheet,
    OneBallot,
    OneChoice,
    Pile,
    Row,
    Sheet,
    Table,
    register,
)
from relier.paper.typeset import Language
from relier.ui import dates

from . import access
from .actions import papers
from .languages import spoken
from .models import KindOfVoice, Question, Statement

NAME = "deliberation.voices"
CHOICES = (
    Choice("agree", pgettext_lazy("person", "I agree"), pictogram="can"),
    Choice("disagree", pgettext_lazy("person", "I disagree"), pictogram="refuse"),
    Choice("pass", pgettext_lazy("person", "I don’t know"), pictogram="question"),
    Choice("unclear", pgettext_lazy("person", "I don’t understand"), pictogram="ask-first"),
)


def key_of(number: int) -> str:
    return f"s{number}"


def number_of(key: str) -> int:
    return int(key.removeprefix("s"))


def asked(statements: Iterable[tuple[int, str]]) -> tuple[OneChoice, ...]:
    """A question for each statement: its number, its words."""
    return tuple(
        OneChoice(key_of(number), words, choices=CHOICES, rather_not=False)
        for number, words in statements
    )


def voices_sheet(
    question: str = "", round: str = "", kind: str = "", words: str = "", until: str = "",
    **said: str,
) -> Sheet:  # fmt: skip
    """`said`: s1, s2… the words of statements; p1, p2… their pictograms. Raises NotASheet."""
    numbers = sorted(number_of(key) for key in said if key.startswith("s"))
    if not numbers or not words:
        raise NotASheet("There is no statement to vote on.")
    questions = asked((number, said[key_of(number)]) for number in numbers)
    rows = tuple(
        Row(f"{number}. {said[key_of(number)]}", (one,), said.get(f"p{number}", ""))
        for number, one in zip(numbers, questions, strict=True)
    )
    return Sheet(
        name=NAME,
        version="1",
        title=words,
        introduction=(
            lazy(_for_whom, str)(kind, until),
            pgettext_lazy("person", "Nobody knows which sheet is yours. Do not write your name."),
            pgettext_lazy("person", "Read each sentence. You can leave a line empty."),
        ),
        questions=questions,
        table=Table((pgettext_lazy("person", "Sentences"), ""), rows, tall=True),
        kind="ballot",
        keeps="ballot",
        keep=(
            pgettext_lazy("person", "Cut here. Keep this part."),
            pgettext_lazy(
                "person",
                "When everything is counted, you find your number in the list "
                "of results. So you know that your sheet is counted.",
            ),
        ),
    )


def _for_whom(kind: str, until: str) -> str:
    whom = (
        pgettext("person", "Sheet of a worker.")
        if kind == KindOfVoice.WORKER
        else pgettext("person", "Sheet of someone who comes here.")
    )
    if not until:
        return whom
    return f"{whom} {pgettext('person', 'Give it back before %(day)s is over.') % {'day': until}}"


def statements_in(question: Question, language: str) -> list[tuple[Statement, str]]:
    """Those put to the vote, each with its words in this language, or its first ones."""
    shown = question.statements.shown().prefetch_related("wordings")
    return [(one, one.in_language(language)[0]) for one in shown]


# --- what is done with a pile ---------------------------------------------------------------------


def offer(about: UUID, by: Actor) -> Pile:
    question = _question(about, by)
    papers.to_print(question, by=by)
    return Pile(
        title=question.words,
        kinds=[(str(value), str(label)) for value, label in KindOfVoice.choices],
        languages=[cast(Language, code) for code in spoken()],
        back=reverse("deliberation:question", args=[question.pk]),
    )


def occasion(about: UUID, kind: str, language: str, by: Actor) -> Mapping[str, str]:
    question = _question(about, by)
    with translation.override(language):
        day = dates.day(question.closes_on)
    said = {
        "question": str(question.pk), "round": str(question.round), "kind": kind,
        "words": question.words, "until": day,
    }  # fmt: skip
    for statement, words in statements_in(question, language):
        number = statement.number or 0
        said[key_of(number)] = words
        if statement.pictogram:
            said[f"p{number}"] = statement.pictogram
    return said


def _question(about: UUID, by: Actor) -> Question:
    return access.one_or_404(Question.objects.visible_to(by), pk=about)


def draw(occasion: Mapping[str, str], count: UUID, copies: int, by: Actor) -> Sequence[str]:
    return papers.draw_pile(
        UUID(occasion["question"]), kind=occasion["kind"], count=count, copies=copies, by=by
    )


def take(
    _occasion: Mapping[str, str], count: UUID, ballots: Sequence[OneBallot], _by: Actor
) -> None:
    papers.take_pile(count, [(one.receipt, said_by(one)) for one in ballots])


def said_by(one: OneBallot) -> dict[int, str]:
    return {number_of(key): keys[0] for key, keys in one.says.items() if keys}


def leave(_occasion: Mapping[str, str], count: UUID) -> None:
    papers.leave_pile(count)


# --- for whoever prints every sheet of the house --------------------------------------------------


def example() -> Sheet:
    return voices_sheet(
        kind=KindOfVoice.ACCOMPANIED, words="What helps us?", until="11/12/2026",
        s1="The room is too cold.", p1="place", s2="We need one more computer.", p2="computer",
    )  # fmt: skip


def receive(_totals: Answered, _by: Actor) -> Mapping[str, str]:
    """Never by this way: sheets are rows, and `take` has them."""
    return {}


register(
    NAME,
    build=voices_sheet,
    receive=receive,
    example=example,
    occasions=lambda _by, _subject: [],
    apart=Apart(offer, occasion, draw, take, leave),
)
