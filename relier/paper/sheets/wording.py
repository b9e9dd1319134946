"""A declared sheet in the words of one language.

A wording that has no translation stands in English; the words that every sheet carries exist in
all the languages of `LANGUAGES` (the tests hold them to it).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.utils import translation
from django.utils.translation import gettext, pgettext

from relier.paper.pictures import pictures
from relier.paper.typeset import Language
from relier.paper.worded import (
    RATHER_NOT_KEY,
    Worded,
    WordedChoice,
    WordedQuestion,
    WordedRow,
    WordedTable,
)

from .declared import (
    NO,
    YES,
    Choice,
    Date,
    Hours,
    Line,
    NotASheet,
    Number,
    OneChoice,
    Question,
    Several,
    Sheet,
    Signature,
    Table,
    YesNo,
)

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en", "ar")


def worded(sheet: Sheet, language: Language) -> Worded:
    """Raises NotASheet for a language that sheets do not speak, or a wording that is empty."""
    if language not in LANGUAGES:
        raise NotASheet(f"{sheet.name}: sheets speak {', '.join(LANGUAGES)}, not {language!r}.")
    with translation.override(language):
        questions = tuple(_question(sheet, question) for question in sheet.questions)
        title = str(sheet.title).strip()
        if not title or not all(question.wording.strip() for question in questions):
            raise NotASheet(f"{sheet.name}: a wording is empty in {language!r}.")
        return Worded(
            name=sheet.name,
            version=sheet.version,
            language=language,
            title=title,
            introduction=tuple(str(paragraph) for paragraph in sheet.introduction),
            questions=questions,
            words=printed_words(),
            drawings=pictures(*sorted(_drawn(questions) | _drawn_in(sheet.table))),
            table=_table(sheet.table) if sheet.table else None,
            keep=tuple(str(line) for line in sheet.keep),
        )


def _table(table: Table) -> WordedTable:
    return WordedTable(
        heads=tuple(str(head) for head in table.heads),
        rows=tuple(
            WordedRow(str(row.label), tuple(one.key for one in row.questions), row.pictogram)
            for row in table.rows
        ),
        tall=table.tall,
    )


def printed_words() -> dict[str, str]:
    """What stands on every printed sheet, in the language in force."""
    return {
        "page": pgettext("person", "Page %(page)s of %(pages)s"),
        "tick": pgettext("person", "Put a cross in the box you choose."),
        "correct": pgettext("person", "To correct: blacken the box, then cross another one."),
        "number": pgettext("person", "Your number to check:"),
        "day": pgettext("date on paper", "DD"),
        "month": pgettext("date on paper", "MM"),
        "year": pgettext("date on paper", "YYYY"),
        "hours": pgettext("hours on paper", "h"),
        "minutes": pgettext("hours on paper", "min"),
    }


def list_words() -> dict[str, str]:
    """What stands on the list that goes with a batch, for `printing.print_list`, in the language
    in force."""
    return {
        "title": gettext("Who has which sheet"),
        "note": gettext("This list stays at the centre. The sheets themselves carry no name."),
        "who": pgettext("list of sheets", "Who"),
        "code": pgettext("list of sheets", "Code of each page"),
        "given": pgettext("list of sheets", "Given"),
        "back": pgettext("list of sheets", "Back"),
        "page": gettext("Page %(page)s of %(pages)s"),
    }


def _question(sheet: Sheet, question: Question) -> WordedQuestion:
    plain = WordedQuestion(
        key=question.key,
        kind="line",
        wording=str(question.wording),
        hint=str(question.hint),
        pictogram=question.pictogram,
        by_ink=question.by_ink,
    )
    asked = _ASKED[type(question)](plain, question)
    if asked.is_boxed and sheet.offers_rather_not(question):
        return replace(asked, choices=(*asked.choices, rather_not()))
    return asked


def rather_not() -> WordedChoice:
    return WordedChoice(RATHER_NOT_KEY, pgettext("person", "I'd rather not answer"))


def _one(plain: WordedQuestion, question: OneChoice) -> WordedQuestion:
    return replace(plain, kind="one", choices=_choices(question.choices))


def _several(plain: WordedQuestion, question: Several) -> WordedQuestion:
    hint = plain.hint or pgettext("person", "You may choose more than one answer.")
    return replace(plain, kind="several", hint=hint, choices=_choices(question.choices))


def _yes_no(plain: WordedQuestion, _question: YesNo) -> WordedQuestion:
    yes, no = pgettext("person", "Yes"), pgettext("person", "No")
    return replace(plain, kind="one", choices=(WordedChoice(YES, yes), WordedChoice(NO, no)))


def _number(plain: WordedQuestion, question: Number) -> WordedQuestion:
    return replace(plain, kind="number", digits=question.digits)


def _hours(plain: WordedQuestion, _question: Hours) -> WordedQuestion:
    return replace(plain, kind="hours")


def _date(plain: WordedQuestion, _question: Date) -> WordedQuestion:
    return replace(plain, kind="date")


def _line(plain: WordedQuestion, question: Line) -> WordedQuestion:
    return replace(plain, kind="line", lines=question.lines)


def _signature(plain: WordedQuestion, question: Signature) -> WordedQuestion:
    return replace(plain, kind="signature", who=str(question.who))


def _choices(choices: tuple[Choice, ...]) -> tuple[WordedChoice, ...]:
    return tuple(
        WordedChoice(one.key, str(one.wording), str(one.hint), one.pictogram) for one in choices
    )


_ASKED: dict[type[Question], Callable[..., WordedQuestion]] = {
    OneChoice: _one,
    Several: _several,
    YesNo: _yes_no,
    Number: _number,
    Hours: _hours,
    Date: _date,
    Line: _line,
    Signature: _signature,
}


def _drawn_in(table: Table | None) -> set[str]:
    return {row.pictogram for row in table.rows} - {""} if table else set()


def _drawn(questions: tuple[WordedQuestion, ...]) -> set[str]:
    names = {question.pictogram for question in questions}
    return (names | {one.pictogram for question in questions for one in question.choices}) - {""}
