"""Writing a problem, writing it again, taking up an opening question or putting it aside."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.inquiry import access
from relier.inquiry.models import Problem, PutAside, Version
from relier.inquiry.opening import OPENINGS
from relier.journal import actions as journal
from relier.journal.once import once


@transaction.atomic
def write(
    title: str, words: str = "", *, opening: str = "", form_key: UUID | None = None, by: Actor
) -> Problem:
    access.require(access.is_member(by))

    def keep(key: UUID) -> Problem:
        problem = Problem(
            centre_id=by.own_centre,
            title=title,
            words=words,
            written_on=timezone.localdate(),
            opening=opening,
            form_key=key,
        )
        problem.full_clean(exclude=["form_key"])
        problem.save()
        _add_version(problem, by)
        journal.record("inquiry.problem_written", problem, by=by)
        return problem

    said = {"title": title, "words": words}
    return once(Problem.objects.visible_to(by), form_key, keep, said=said)


@transaction.atomic
def rewrite(
    problem: Problem, title: str, words: str, *, expected: int | None = None, by: Actor
) -> Problem:
    """What it said before stays. `expected`: the version that was on the page of whoever writes; a
    colleague who wrote meanwhile is not written over. Raises ValidationError."""
    access.require(access.may_write(by, problem))
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if expected is not None and expected != _last(problem):
        raise ValidationError(
            _("A colleague rewrote it meanwhile. Read what it says now, then keep yours again.")
        )
    if (title, words) == (problem.title, problem.words):
        return problem
    problem.title, problem.words = title, words
    problem.full_clean(exclude=["form_key"])
    problem.save(update_fields=["title", "words"])
    _add_version(problem, by)
    journal.record("inquiry.problem_rewritten", problem, by=by)
    return problem


@transaction.atomic
def go_back(problem: Problem, number: int, *, by: Actor) -> Problem:
    """To what an earlier version said: it becomes a new one."""
    access.require(access.may_write(by, problem))
    version = access.one_or_404(problem.versions.all(), number=number)
    return rewrite(problem, version.title, version.words, by=by)


@transaction.atomic
def take_up(opening: str, *, by: Actor) -> Problem:
    """An opening question becomes a problem of the centre, in the language in force."""
    access.require(access.is_member(by) and opening in OPENINGS)
    known = Problem.objects.visible_to(by).filter(opening=opening).first()
    if known is not None:
        return known
    PutAside.objects.filter(centre=by.centre, opening=opening).delete()
    one = OPENINGS[opening]
    return write(str(one.title), str(one.words), opening=opening, by=by)


@transaction.atomic
def put_aside(opening: str, *, by: Actor) -> PutAside:
    access.require(access.is_member(by) and opening in OPENINGS)
    row, made = PutAside.objects.get_or_create(
        centre_id=by.own_centre,
        opening=opening,
        defaults={"by_id": by.id, "on": timezone.localdate()},
    )
    if made:
        journal.record("inquiry.question_put_aside", row, by=by, centre=row.centre_id)
    return row


@transaction.atomic
def bring_back(opening: str, *, by: Actor) -> None:
    access.require(access.is_member(by) and opening in OPENINGS)
    row = PutAside.objects.filter(centre=by.centre, opening=opening).first()
    if row is not None:
        journal.record("inquiry.question_brought_back", row, by=by, centre=row.centre_id)
        row.delete()


def _last(problem: Problem) -> int:
    known = problem.versions.order_by("-number").values_list("number", flat=True).first()
    return known or 0


def _add_version(problem: Problem, by: Actor) -> Version:
    return Version.objects.create(
        problem=problem,
        number=_last(problem) + 1,
        title=problem.title,
        words=problem.words,
        author_id=by.id,
        written_on=timezone.localdate(),
    )
