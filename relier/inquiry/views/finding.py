"""Rows of inquiry, limited to what their reader may see."""

from uuid import UUID

from relier.accounts.actors import Actor
from relier.inquiry import access
from relier.inquiry.models import Draft, Link, Passage, Problem, Testimony


def problem_or_404(actor: Actor, pk: UUID) -> Problem:
    return access.one_or_404(Problem.objects.visible_to(actor), pk=pk)


def testimony_or_404(actor: Actor, pk: UUID | None) -> Testimony:
    rows = Testimony.objects.visible_to(actor).select_related("signed_by__user")
    return access.one_or_404(rows, pk=pk)


def draft_or_404(actor: Actor, pk: UUID) -> Draft:
    return access.one_or_404(Draft.objects.visible_to(actor), pk=pk)


def passage_or_404(actor: Actor, pk: int) -> Passage:
    problems = Problem.objects.visible_to(actor)
    rows = Passage.objects.filter(problem__in=problems).select_related("problem")
    return access.one_or_404(rows, pk=pk)


def link_or_404(actor: Actor, pk: int) -> Link:
    problems = Problem.objects.visible_to(actor)
    rows = Link.objects.filter(problem__in=problems).select_related("problem", "other")
    return access.one_or_404(rows, pk=pk)
