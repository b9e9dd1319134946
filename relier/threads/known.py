"""The kinds that rooms have today."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relier.deliberation.models import Decision, Question
from relier.inquiry.models import Problem, Testimony
from relier.resources.models import Resource

from .kinds import Kind, register

LONGEST = 300


def said(testimony: Testimony) -> str:
    """Nothing once it is taken back."""
    return Truncator(" ".join(testimony.words.split())).chars(LONGEST)


def asked(row: Question | Decision) -> str:
    return row.words


def titled(row: Problem | Resource) -> str:
    return row.title


register(
    Kind(
        "testimony",
        "inquiry.Testimony",
        label=_("a testimony"),
        title=said,
        address=lambda row: reverse("inquiry:testimony", args=[row.pk]),
        day="given_on",
    )
)
register(
    Kind(
        "problem",
        "inquiry.Problem",
        label=_("a problem"),
        title=titled,
        address=lambda row: reverse("inquiry:problem", args=[row.pk]),
        day="written_on",
    )
)
register(
    Kind(
        "question",
        "deliberation.Question",
        label=_("a question"),
        title=asked,
        address=lambda row: reverse("deliberation:question", args=[row.pk]),
        day="opened_on",
        begin=lambda problem: reverse("threads:question_new", args=[problem.pk]),
    )
)
register(
    Kind(
        "decision",
        "deliberation.Decision",
        label=_("a decision"),
        title=asked,
        address=lambda row: reverse("deliberation:decision", args=[row.pk]),
        day="decided_on",
    )
)
register(
    Kind(
        "resource",
        "resources.Resource",
        label=_("a practical sheet"),
        title=titled,
        address=lambda row: reverse("resources:sheet", args=[row.pk]),
        day="revised_on",
    )
)
