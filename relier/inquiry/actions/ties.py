"""Founding a problem on a passage of a testimony, linking it to another; and undoing both."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.inquiry import access
from relier.inquiry.models import Link, Passage, Problem, Testimony
from relier.inquiry.rules import passages
from relier.inquiry.rules.links import BOTH_WAYS
from relier.journal import actions as journal


@transaction.atomic
def found(problem: Problem, testimony: Testimony, piece: str = "", *, by: Actor) -> Passage:
    """On a piece of the testimony, or on all of it. Raises ValidationError for words that are not
    in it."""
    access.require(access.may_found(by, problem, testimony))
    place = passages.find(testimony.words, piece)
    if place is None:
        raise ValidationError(_("These words are not in the testimony: copy them as they stand."))
    passage, made = Passage.objects.get_or_create(
        problem=problem,
        testimony=testimony,
        begins=place[0],
        ends=place[1],
        defaults={"tied_by_id": by.id, "tied_on": timezone.localdate()},
    )
    if made:
        journal.record("inquiry.problem_founded", problem, by=by)
    return passage


@transaction.atomic
def found_no_more(passage: Passage, *, by: Actor) -> None:
    access.require(access.may_write(by, passage.problem))
    journal.record("inquiry.passage_untied", passage.problem, by=by)
    passage.delete()


@transaction.atomic
def link(problem: Problem, other: Problem, kind: str, *, by: Actor) -> Link:
    """Raises ValidationError for a link to itself. Made once already, it is that one."""
    access.require(access.may_write(by, problem) and access.may_write(by, other))
    if kind in BOTH_WAYS and other.pk < problem.pk:
        problem, other = other, problem
    known = Link.objects.filter(problem=problem, other=other, kind=kind).first()
    if known is not None:
        return known
    made = Link(
        problem=problem, other=other, kind=kind, tied_by_id=by.id, tied_on=timezone.localdate()
    )
    made.full_clean()
    made.save()
    journal.record("inquiry.problems_linked", problem, by=by, linked_as=kind)
    return made


@transaction.atomic
def unlink(made: Link, *, by: Actor) -> None:
    access.require(access.may_write(by, made.problem))
    journal.record("inquiry.problems_unlinked", made.problem, by=by, linked_as=made.kind)
    made.delete()
