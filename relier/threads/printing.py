"""A thread for the wall of the centre: one or two pages, in the language in force."""

from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relier.inquiry.models import Problem
from relier.paper.typeset import DOCUMENT, typeset
from relier.ui import dates

from .telling import Knot, Stage

# What two pages hold, whatever there is in the thread.
MOST, LONGEST, LONGEST_PROBLEM = 4, 140, 400
# More letters than this, and large print would need a third page.
LARGE = 1200


def printed(problem: Problem, stages: list[Stage]) -> bytes:
    now = timezone.localtime()
    paragraphs: list[object] = []
    if problem.words:
        paragraphs.append(Truncator(problem.words).chars(LONGEST_PROBLEM))
    for stage in stages:
        paragraphs += [{"heading": stage.title}, *_body(stage)]
    data = {
        "title": problem.title,
        "reader": "person" if len(str(paragraphs)) < LARGE else "worker",
        "centre": {"name": problem.centre.name, "phone": problem.centre.phone},
        "date": capfirst(dates.day(now)),
        "paragraphs": paragraphs,
        "labels": {"page": _("Page %(page)s of %(pages)s")},
    }
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    return typeset(DOCUMENT, data, language=language, made_at=now)  # type: ignore[arg-type]


def _body(stage: Stage) -> list[object]:
    if not stage.knots:
        return [stage.missing]
    points = [_said(knot) for knot in stage.knots[:MOST]]
    more = len(stage.knots) - MOST
    if more > 0:
        points.append(
            ngettext("and %(count)s other", "and %(count)s others", more) % {"count": more}
        )
    return [{"points": points}]


def _said(knot: Knot) -> str:
    words = Truncator(knot.words).chars(LONGEST)
    return _("“%(words)s”") % {"words": words} if knot.is_quoted else words
