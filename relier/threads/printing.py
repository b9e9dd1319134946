"""A thread for the wall of the centre: one or two pages, in the language in force."""

from contextlib import closing

from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relier.inquiry.models import Problem
from relier.paper.typeset import DOCUMENT, typeset
from relier.ui import dates

from .telling import Knot, Stage

LONGEST, LONGEST_PROBLEM = 140, 400
MOST_PAGES = 2
# Tried in turn until it holds: in which print, and how many things of each stage.
WAYS = (("person", 4), ("worker", 4), ("worker", 3), ("worker", 2), ("worker", 1))


def printed(problem: Problem, stages: list[Stage]) -> bytes:
    pdf = b""
    for reader, most in WAYS:
        pdf = _typeset(problem, stages, reader, most)
        if _pages(pdf) <= MOST_PAGES:
            break
    return pdf


def _typeset(problem: Problem, stages: list[Stage], reader: str, most: int) -> bytes:
    now = timezone.localtime()
    paragraphs: list[object] = []
    if problem.words:
        paragraphs.append(Truncator(problem.words).chars(LONGEST_PROBLEM))
    for stage in stages:
        paragraphs += [{"heading": stage.title}, *_body(stage, most)]
    data = {
        "title": problem.title,
        "reader": reader,
        "centre": {"name": problem.centre.name, "phone": problem.centre.phone},
        "date": capfirst(dates.day(now)),
        "paragraphs": paragraphs,
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    return typeset(DOCUMENT, data, language=language, made_at=now)  # type: ignore[arg-type]


def _pages(pdf: bytes) -> int:
    import pypdfium2  # here: each worker of the web would hold it for ever

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)


def _body(stage: Stage, most: int) -> list[object]:
    if not stage.knots:
        return [stage.missing]
    points = [_said(knot) for knot in stage.knots[:most]]
    more = len(stage.knots) - most
    if more > 0:
        points.append(
            ngettext("and %(count)s other", "and %(count)s others", more) % {"count": more}
        )
    return [{"points": points}]


def _said(knot: Knot) -> str:
    words = Truncator(knot.words).chars(LONGEST)
    if knot.is_quoted:
        return _("“%(words)s”") % {"words": words}
    return " ".join([words, *(Truncator(one).chars(LONGEST) for one in knot.notes)])
