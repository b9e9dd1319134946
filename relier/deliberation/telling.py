"""A question and its decisions in one sentence each, for whoever follows the path of a problem.
What is told of voices is read in the last release, and nothing is worked out here."""

from collections.abc import Iterable
from html import unescape
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relier.ui import dates

from . import languages
from .models import Decision, News, Outcome, Question, Release
from .opinions.page import Told
from .rules import telling


def found_in_words(questions: Iterable[Question]) -> dict[UUID, str]:
    """Of each: where it stands, and what people think in one sentence. One query, however many."""
    rows = list(questions)
    latest = Release.objects.filter(question=OuterRef("question"), round=OuterRef("round"))
    last = latest.order_by("-number").values("pk")[:1]
    releases = Release.objects.filter(
        question__in=[one.pk for one in rows], round=F("question__round"), pk=Subquery(last)
    )
    by_question = {one.question_id: one for one in releases}
    return {one.pk: _found(one, by_question.get(one.pk)) for one in rows}


def _found(question: Question, release: Release | None) -> str:
    if question.is_prepared:
        return _("In preparation: nobody is asked yet.")
    if release is None:
        return _("Nothing can be told of the voices yet.")
    document: dict[str, Any] = telling.published(release.document)
    told = Told(languages.of_page((get_language() or "fr")[:2]))
    verdict = told(
        document["verdict"], groups=len(document["groups"]), least=document["smallest_group"]
    )
    voices = ngettext("%(n)s voice.", "%(n)s voices.", release.voices) % {"n": release.voices}
    return f"{voices} {unescape(verdict)}"


def decision_in_words(decision: Decision) -> str:
    """What is decided, and when it is looked at again."""
    if decision.outcome == Outcome.NOTHING:
        return _("Nothing is decided: %(words)s") % {"words": decision.words}
    if decision.outcome == Outcome.DECISION or decision.until is None:
        return _("Decided: %(words)s") % {"words": decision.words}
    until = {"words": decision.words, "day": dates.day(decision.until)}
    if decision.reopened_on is not None:
        return _("Tried until %(day)s, then asked again: %(words)s") % until
    return _("Tried until %(day)s, when it is looked at again: %(words)s") % until


def decisions_of(questions: Iterable[UUID]) -> list[Decision]:
    rows = Decision.objects.filter(question__in=list(questions))
    return list(rows.order_by("decided_on", "pk"))


def news_of(decisions: Iterable[UUID]) -> list[News]:
    """The latest thing told of how far each is, and all that it changed, in order. One query."""
    rows = News.objects.filter(decision__in=list(decisions)).order_by("on", "pk")
    latest: dict[UUID, News] = {}
    changed = []
    for one in rows:
        if one.state == News.State.CHANGED:
            changed.append(one)
        else:
            latest[one.decision_id] = one
    return [*latest.values(), *changed]
