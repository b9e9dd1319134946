"""What a problem is linked to, said from its side."""

from typing import NamedTuple

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Link, Problem
from .rules.links import BOTH_WAYS, Picture, picture

Kind = Link.Kind
# How it is said from the other side.
THE_OTHER_WAY: dict[str, str | Promise] = {
    Kind.CONSEQUENCE: _("is a consequence of"),
    Kind.WORSENS: _("is made worse by"),
    Kind.DEPENDS: _("is needed by"),
    Kind.FACE: _("is another face of"),
}


class Linked(NamedTuple):
    """`how` this problem is linked to `other`. `towards`: it is said from here to there."""

    link: Link
    how: str
    other: Problem
    towards: bool


def of_problem(problem: Problem) -> list[Linked]:
    """Its links, those from it first. One query."""
    rows = Link.objects.filter(Q(problem=problem) | Q(other=problem))
    found = []
    for link in rows.select_related("problem", "other"):
        towards = link.problem_id == problem.pk
        how = link.get_kind_display() if towards else THE_OTHER_WAY[link.kind]
        found.append(Linked(link, str(how), link.other if towards else link.problem, towards))
    return sorted(found, key=lambda one: not one.towards)


def drawn(problem: Problem, linked: list[Linked]) -> Picture:
    told = [(one.how, one.other.title, one.towards, one.link.kind in BOTH_WAYS) for one in linked]
    return picture(problem.title, told)
