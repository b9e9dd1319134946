"""From what was ticked, typed, read from paper or said, to the same checked answers.

    answers = cleaned(sheet, {"reply": "phone", "day": "24/11/2026"})   # or raises ValidationError
    kept(answers)   # what the room receives: {"reply": "phone", "day": date(2026, 11, 24), …}

One function for the three channels, so that they give the same data and refuse with the same
sentences. What is left blank is None; nothing is compulsory.
"""

import enum
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from relier.paper.worded import RATHER_NOT_KEY
from relier.ui.dates import day

from .declared import (
    NO,
    YES,
    Date,
    Hours,
    Line,
    Number,
    OneChoice,
    Question,
    Several,
    Sheet,
    Signature,
    YesNo,
)


class RatherNot(enum.Enum):
    """ "I'd rather not answer", while the answers are being given: no trace of it is kept."""

    RATHER_NOT = "rather_not"


RATHER_NOT: Final = RatherNot.RATHER_NOT
SIGNED: Final = "signed"

Answer = str | tuple[str, ...] | bool | int | date | RatherNot | None
Raw = Mapping[str, str | Sequence[str]]

_DAY_FIRST = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SQUARES = re.compile(r"(\d\d)(\d\d)(\d{4})")
# « 1h30 », « 1:30 », « 2h »; the four figures of a comb; fewer figures are minutes.
_HOURS = re.compile(r"(\d{1,2}) ?[h:u] ?(\d{1,2})?(?: ?min)?|(\d\d)(\d\d)", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,3})(?: ?min)?", re.IGNORECASE)


def cleaned(sheet: Sheet, raw: Raw) -> dict[str, Answer]:
    """The answer to every question of the sheet, in its order.

    `raw`: question -> what was given: the key of a choice, or of several; "yes", "no"; a number;
    how long (1h30, 1:30, 90, or the four figures of a comb); a day (2026-11-24, 24/11/2026, or the
    eight figures of a comb); words; "signed"; `RATHER_NOT_KEY` for any question that offers it.
    Raises ValidationError, with one sentence for each question that is wrong, in the language in
    force. Keys that the sheet does not ask are left out.
    """
    answers: dict[str, Answer] = {}
    wrong: dict[str, ValidationError] = {}
    for question in sheet.questions:
        try:
            answers[question.key] = answer_of(sheet, question, raw.get(question.key, ""))
        except ValidationError as refused:
            wrong[question.key] = refused
    if wrong:
        raise ValidationError(wrong)  # type: ignore[arg-type]
    return answers


def kept(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The answers as a room receives them: what someone would rather not say was not said."""
    return {key: None if value is RATHER_NOT else value for key, value in answers.items()}


def answer_of(sheet: Sheet, question: Question, raw: str | Sequence[str]) -> Answer:
    """One answer, checked. Raises ValidationError."""
    given = [text for text in ([raw] if isinstance(raw, str) else raw) if text.strip()]
    if not given:
        return None
    if RATHER_NOT_KEY in given and sheet.offers_rather_not(question):
        if len(set(given)) > 1:
            raise ValidationError(
                pgettext(
                    "person",
                    "You chose an answer, and also “I'd rather not answer”. Keep only one.",
                )
            )
        return RATHER_NOT
    if isinstance(question, Several):
        return _several(question, given)
    if len(set(given)) > 1:
        raise ValidationError(pgettext("person", "Choose only one answer."))
    return _READERS[type(question)](question, given[0])


def _several(question: Several, given: Sequence[str]) -> tuple[str, ...]:
    keys = [choice.key for choice in question.choices]
    if not set(given) <= set(keys):
        raise _unknown()
    return tuple(key for key in keys if key in given)


def _one(question: OneChoice, given: str) -> str:
    if given not in {choice.key for choice in question.choices}:
        raise _unknown()
    return given


def _yes_no(_question: YesNo, given: str) -> bool:
    if given not in (YES, NO):
        raise _unknown()
    return given == YES


def _unknown() -> ValidationError:
    return ValidationError(pgettext("person", "This answer is not in the list. Choose another."))


def _number(question: Number, given: str) -> int:
    figures = _plain(given).replace(" ", "")
    if not figures.isdecimal() or len(figures) > question.digits:
        raise ValidationError(
            pgettext("person", "Write a number, in figures (%(digits)s at most)."),
            params={"digits": question.digits},
        )
    number = int(figures)
    if not question.least <= number <= question.highest:
        raise ValidationError(
            pgettext("person", "Write a number from %(least)s to %(most)s."),
            params={"least": question.least, "most": question.highest},
        )
    return number


def _hours(question: Hours, given: str) -> int:
    text = _plain(given)
    minutes = -1
    if found := _HOURS.fullmatch(text):
        hours, rest = int(found[1] or found[3]), int(found[2] or found[4] or 0)
        minutes = hours * 60 + rest if rest < 60 else -1
    elif found := _MINUTES.fullmatch(text):
        minutes = int(found[1])
    if minutes < 0:
        raise ValidationError(pgettext("person", "Write how long as 1h30, 1:30 or 90."))
    if minutes > question.most:
        raise ValidationError(
            pgettext("person", "At most %(hours)s hours and %(minutes)s minutes."),
            params=dict(zip(("hours", "minutes"), divmod(question.most, 60), strict=True)),
        )
    return minutes


def _date(question: Date, given: str) -> date:
    text = _plain(given)
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            read = date(*map(int, found.groups()))
        elif found := _DAY_FIRST.fullmatch(text) or _SQUARES.fullmatch(text):
            day_of_month, month, year = map(int, found.groups())
            read = date(year, month, day_of_month)
        else:
            raise ValueError(text)
    except ValueError:
        message = pgettext("person", "Write a day that exists: day, month, year.")
        raise ValidationError(message) from None
    if question.first and read < question.first:
        raise ValidationError(
            pgettext("person", "Write a day from %(first)s on."),
            params={"first": day(question.first)},
        )
    if question.last and read > question.last:
        raise ValidationError(
            pgettext("person", "Write a day up to %(last)s."), params={"last": day(question.last)}
        )
    return read


def _line(question: Line, given: str) -> str | None:
    text = _plain(given)
    if len(text) > question.longest:
        raise ValidationError(
            pgettext("person", "Write less: at most %(longest)s letters."),
            params={"longest": question.longest},
        )
    return text or None


def _signature(_question: Signature, given: str) -> bool:
    if given != SIGNED:
        raise _unknown()
    return True


def _plain(text: str) -> str:
    """Without what nobody typed on purpose: control signs, spaces at the ends of the whole."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = (
        char for char in lined if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return "".join(visible).strip()


_READERS: dict[type[Question], Any] = {
    OneChoice: _one,
    YesNo: _yes_no,
    Number: _number,
    Hours: _hours,
    Date: _date,
    Line: _line,
    Signature: _signature,
}


def as_given(sheet: Sheet, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """The answers as a form or a reader gives them: `cleaned` makes the same answers of it."""
    return {
        question.key: _as_given(question, answers.get(question.key)) for question in sheet.questions
    }


def _as_given(question: Question, answer: Answer) -> list[str]:
    if answer is None:
        return []
    if answer is RATHER_NOT:
        return [RATHER_NOT_KEY]
    if isinstance(question, Signature):
        return [SIGNED]
    if isinstance(answer, bool):
        return [YES if answer else NO]
    if isinstance(answer, tuple):
        return list(answer)
    if isinstance(answer, date):
        return [answer.isoformat()]
    if isinstance(question, Hours) and isinstance(answer, int):
        return ["{}:{:02}".format(*divmod(answer, 60))]
    return [str(answer)]
