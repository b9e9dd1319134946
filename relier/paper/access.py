"""Who may do what with printed sheets and with pages that came back (docs/walls.md).

What a member may read stands with each table, in its `visible_to` (`models/walls.py`); here is
what they may do.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from relier.accounts.actors import Actor, Kind
from relier.centres.access import (
    Refused,
    is_member,
    may_steer,
    may_write_names,
    one_or_404,
    require,
)
from relier.centres.models import Member
from relier.privacy.models import Subject

from .models import BallotCount, Copy, Pile, PrintedSheet, Printing, Scan
from .models.walls import Wall, of_those_reached, reached_by, say_wall

__all__ = [
    "Refused",
    "Wall",
    "is_member",
    "may_answer_for",
    "may_assign",
    "may_count",
    "may_open_count",
    "may_print_again",
    "may_print_for",
    "may_put_into",
    "may_read_waiting",
    "may_receive",
    "may_see",
    "may_see_copy",
    "may_see_count",
    "needs_two",
    "one_or_404",
    "possible_readers",
    "reached_by",
    "reaches",
    "require",
    "say_wall",
]


COUNTED = ("number", "hours")


def reaches(actor: Actor | None, subjects: Iterable[UUID]) -> bool:
    """Whether every one of them is within reach of this member."""
    wanted = set(subjects)
    if not actor or not actor.in_a_centre:
        return False
    theirs = Subject.objects.filter(of_those_reached(actor, "pk"), centre=actor.centre)
    return not wanted or theirs.filter(pk__in=wanted).count() == len(wanted)


def may_answer_for(actor: Actor | None, subject: UUID | None) -> bool:
    """On screen or by voice: for someone, whoever reaches them; for nobody yet, whoever writes
    names. The room whose sheet it is says the rest."""
    return reaches(actor, [subject]) if subject else may_write_names(actor)


def may_print_for(actor: Actor | None, subjects: Iterable[UUID]) -> bool:
    """Blank copies: whoever works with people; for someone: who reaches them as well."""
    return may_write_names(actor) and reaches(actor, subjects)


def may_print_again(actor: Actor | None, batch: Printing) -> bool:
    """The same pages once more, and the list of who has which: whoever printed them, as long as
    they reach everyone of them, and those who see every copy."""
    if not actor or actor.centre != batch.centre_id or not is_member(actor):
        return False
    copies = Copy.objects.filter(printing=batch)
    if batch.by_id == actor.id:
        known = copies.exclude(subject=None).order_by().values_list("subject", flat=True)
        return reaches(actor, known)
    return not copies.exclude(pk__in=Copy.objects.visible_to(actor).values("pk")).exists()


def may_receive(actor: Actor | None) -> bool:
    """Whoever works with people brings pages back."""
    return may_write_names(actor)


def may_put_into(actor: Actor | None, pile: Pile) -> bool:
    """Whoever began a pile adds to it."""
    return bool(is_member(actor) and actor and pile.by_id == actor.id)


def may_read_waiting(actor: Actor | None, centre: UUID) -> bool:
    """Pages are read by the machine, and nothing of them is shown: any member of the centre may
    have it done, and Relier by itself."""
    return bool(actor and (actor.kind is Kind.SYSTEM or actor.centre == centre))


def may_see(actor: Actor | None, scan: Scan) -> bool:
    return Scan.objects.visible_to(actor).filter(pk=scan.pk).exists()


def may_see_copy(actor: Actor | None, copy: Copy) -> bool:
    return Copy.objects.visible_to(actor).filter(pk=copy.pk).exists()


def may_assign(actor: Actor | None, copy: Copy, subject: Subject) -> bool:
    return may_see_copy(actor, copy) and reaches(actor, [subject.pk])


def needs_two(sheet: PrintedSheet, kind: str, centre: UUID) -> bool:
    """Counts and quantities that a worker wrote are read by two members, each by themself. Where
    the centre has one member, nobody could ever close the page: one is enough there."""
    if kind not in COUNTED or sheet.audience != "worker":
        return False
    return Member.objects.active().of_centre(centre).count() > 1


# --- ballots -------------------------------------------------------------------------------------


def may_open_count(actor: Actor | None) -> bool:
    """Those who coordinate: they print ballots, and name who reads them."""
    return may_steer(actor)


def may_see_count(actor: Actor | None, count: BallotCount) -> bool:
    return BallotCount.objects.visible_to(actor).filter(pk=count.pk).exists()


def may_count(actor: Actor | None, count: BallotCount) -> bool:
    """Its two readers, once they promised, while it is open."""
    place = count.place_of(actor)
    return bool(place) and count.is_open and bool(getattr(count, f"{place}_swore"))


def possible_readers(actor: Actor | None) -> QuerySet[Member]:
    """Any member of the centre."""
    here = Member.objects.active().of_centre(actor.centre if actor else None)
    return here.select_related("user").order_by("user__name", "pk")
