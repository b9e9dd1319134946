"""A decision on one page, for the wall and for those without a screen: what was asked, what was
decided, by which rule, until when, who sees to it, what was said against, what we answer, when it
is looked at again. In the language in force.
"""

from contextlib import closing
from typing import cast

from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, npgettext, pgettext

from relier.paper.typeset import DOCUMENT, Language, typeset
from relier.ui import dates

from . import languages, minutes
from .models import Decision, Objection, Outcome

# Tried in turn until it holds on a page: in which print, how many objections and how many points,
# how many letters of each.
WAYS = (
    ("person", 4, 260),
    ("worker", 6, 400),
    ("worker", 4, 220),
    ("worker", 3, 140),
    ("worker", 2, 90),
    ("worker", 1, 60),
)


def notice(decision: Decision) -> bytes:
    pdf = b""
    for reader, most, letters in WAYS:
        pdf = _typeset(decision, reader, most, letters)
        if _pages(pdf) == 1:
            break
    return pdf


def _typeset(decision: Decision, reader: str, most: int, letters: int) -> bytes:
    now, centre = timezone.localtime(), decision.question.centre
    data = {
        "title": pgettext("person", "What we decided"),
        "reader": reader,
        "centre": {"name": centre.name, "phone": centre.phone},
        "date": capfirst(dates.day(decision.decided_on)),
        "paragraphs": _parts(decision, most, letters),
        "labels": {"page": pgettext("person", "Page %(page)s of %(pages)s")},
    }
    language = cast(Language, languages.of_page((get_language() or "fr")[:2]))
    return typeset(DOCUMENT, data, language=language, made_at=now)


def _pages(pdf: bytes) -> int:
    import pypdfium2  # here: each worker of the web would hold it for ever

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)


def _parts(decision: Decision, most: int, letters: int) -> list[object]:
    question = decision.question
    rule = [minutes.rule_in_words(question, decision.how), *minutes.how_in_words(decision.how)]
    parts: list[object] = [
        {"heading": pgettext("person", "We asked:")}, question.words,
        {"heading": minutes.outcome_in_words(decision)}, decision.words,
    ]  # fmt: skip
    if decision.owner is not None:
        parts.append(
            pgettext("person", "%(name)s takes care of it.") % {"name": decision.owner.name}
        )
    parts += [{"heading": pgettext("person", "How we decided")}, " ".join(rule)]
    against = _against(decision, letters)
    if against:
        parts.append({"heading": pgettext("person", "Some people see it otherwise")})
        parts += _points(against, most)
    answers = [_answer(one.point, one.words, letters // 2) for one in decision.answers.all()]
    if answers:
        parts.append({"heading": pgettext("person", "What was said, and what we answer")})
        parts += _points(answers, most)
    again = minutes.again_in_words(decision)
    if again:
        parts += [{"heading": pgettext("person", "And then?")}, again]
    elif decision.outcome == Outcome.NOTHING:
        parts += [
            {"heading": pgettext("person", "And then?")},
            pgettext("person", "Do you have an idea? Tell us at the centre."),
        ]
    return parts


def _short(words: str, letters: int) -> str:
    return Truncator(" ".join(words.split())).chars(letters)


def _against(decision: Decision, letters: int) -> list[str]:
    """Objections with what was answered, then the words of the minority."""
    put = minutes.put_of(decision.proposal) if decision.proposal else None
    said = [_objection(one, letters // 2) for one in (put.objections if put else ())]
    return [*said, *([_short(decision.minority, letters)] if decision.minority else [])]


def _objection(objection: Objection, letters: int) -> str:
    """`letters`: of the objection, and of what we answer; neither hides the other."""
    words = pgettext("person", "“%(words)s”") % {"words": _short(objection.words, letters)}
    if objection.state == Objection.State.TREATED:
        return pgettext("person", "%(words)s We answer: %(answer)s") % {
            "words": words, "answer": _short(objection.treated, letters),
        }  # fmt: skip
    if objection.state == Objection.State.WITHDRAWN:
        return pgettext("person", "%(words)s It was taken back.") % {"words": words}
    return pgettext("person", "%(words)s There is no answer yet.") % {"words": words}


def _answer(point: str, words: str, letters: int) -> str:
    point, answer = _short(point, letters), _short(words, letters)
    answer = answer or pgettext("person", "we do not know yet.")
    return pgettext("person", "%(point)s: %(answer)s") % {"point": point, "answer": answer}


def _points(every: list[str], most: int) -> list[object]:
    points, more = every[:most], len(every) - most
    if more > 0:
        words = npgettext(
            "person",
            "There is %(n)s other. Ask us to read it.",
            "There are %(n)s others. Ask us to read them.",
            more,
        )
        points.append(words % {"n": more})
    return [{"points": points}]
